package dev.gimbal.format.hcl;

import dev.gimbal.format.hcl.HclNode.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads lists and objects. Used by one thread. */
final class HclCollections {

  private final HclScanner scanner;
  private final HclExpressions expressions;

  HclCollections(HclScanner scanner, HclExpressions expressions) {
    this.scanner = scanner;
    this.expressions = expressions;
  }

  /** A list, or a for expression that makes one. */
  HclNode tuple(HclPlace place) {
    int from = scanner.at;
    scanner.accept('[');
    boolean breaks = scanner.breaks;
    scanner.breaks = false;
    boolean each = isFor();
    List<HclNode> items = new ArrayList<>();
    if (each) {
      expressions.forEach(']');
    } else {
      String close = "']' of the list that begins at " + place;
      while (scanner.peek() != ']') {
        if (scanner.peek() == HclScanner.END) {
          throw scanner.unexpected("a value or " + close, place);
        }
        items.add(expressions.item());
        if (!scanner.accept(',')) {
          break;
        }
      }
      scanner.expect(']', "',' or " + close, place);
    }
    scanner.breaks = breaks;
    return each
        ? HclNode.of(Kind.EXPRESSION, place, from, scanner.end)
        : HclNode.of(Kind.TUPLE, place, items);
  }

  /** An object, or a for expression that makes one. */
  HclNode object(HclPlace place) {
    int from = scanner.at;
    scanner.accept('{');
    boolean breaks = scanner.breaks;
    scanner.breaks = false;
    boolean each = isFor();
    List<HclNode> items = new ArrayList<>();
    if (each) {
      expressions.forEach('}');
    } else {
      scanner.breaks = true;
      members(items, place);
    }
    scanner.breaks = breaks;
    return each
        ? HclNode.of(Kind.EXPRESSION, place, from, scanner.end)
        : HclNode.of(Kind.OBJECT, place, items);
  }

  private void members(List<HclNode> items, HclPlace begin) {
    String close = "'}' of the object that begins at " + begin;
    while (true) {
      while (scanner.acceptBreak()) {
        // lines without a member
      }
      if (scanner.peek() == '}') {
        break;
      }
      items.add(key("a key or " + close, begin));
      if (!acceptSeparator()) {
        throw scanner.unexpected("'=' or ':' after the key");
      }
      items.add(expressions.item());
      if (!scanner.accept(',') && !scanner.acceptBreak()) {
        break;
      }
    }
    scanner.expect('}', "',', a line break or " + close, begin);
  }

  /** Takes the sign between key and value, which HCL 1 leaves out before an object. */
  private boolean acceptSeparator() {
    return scanner.peek() == '{'
        || scanner.accept(':')
        || (!scanner.isNext("==") && scanner.accept('='));
  }

  private HclNode key(String expected, HclPlace begin) {
    int c = scanner.peek();
    if (c == HclScanner.END || ",=:])".indexOf(c) >= 0) {
      throw scanner.unexpected(expected, begin);
    }
    int from = scanner.at;
    if (scanner.isName("for")) {
      HclPlace place = scanner.place();
      scanner.accept("for"); // a key like others for HCL 1
      return HclNode.of(Kind.NAME, place, from, scanner.end);
    }
    HclNode key = expressions.expression();
    if (key.kind() == Kind.TUPLE || key.kind() == Kind.OBJECT) {
      throw scanner.malformed(from, "the key is a list or an object, expected a name or a string");
    }
    return key;
  }

  /** Whether {@code for} is next, and not as a key. */
  private boolean isFor() {
    if (!scanner.isName("for")) {
      return false;
    }
    int from = scanner.at;
    int end = scanner.end;
    scanner.accept("for");
    boolean key = scanner.peek() == '=' || scanner.peek() == ':';
    scanner.at = from;
    scanner.end = end;
    return !key;
  }
}
