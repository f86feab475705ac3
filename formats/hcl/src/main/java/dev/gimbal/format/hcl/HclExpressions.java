package dev.gimbal.format.hcl;

import dev.gimbal.format.hcl.HclNode.Kind;

/**
 * Reads expressions: a value where an expression is a literal, otherwise where it begins and ends.
 * Which operator binds first changes neither, so that operators are a flat chain here. Used by one
 * thread.
 */
final class HclExpressions {

  /** The place of an index that is part of a text. */
  private static final HclPlace NOWHERE = new HclPlace(0, 0);

  private final HclScanner scanner;
  private final HclTemplates templates;
  private final HclCollections collections;

  /** How many expressions around this one become text, so that their values count for nothing. */
  private int asText;

  HclExpressions(HclScanner scanner) {
    this.scanner = scanner;
    this.templates = new HclTemplates(scanner, this);
    this.collections = new HclCollections(scanner, this);
  }

  /** An expression that is a value, or part of one. */
  HclNode expression() {
    scanner.peek();
    scanner.enter();
    int from = scanner.at;
    HclNode first = operand();
    boolean alone = true;
    while (true) {
      while (acceptOperator()) {
        operand();
        alone = false;
      }
      if (!scanner.accept('?')) {
        break;
      }
      part();
      scanner.expect(':', "':' of the conditional");
      operand();
      alone = false;
    }
    scanner.leave();
    return alone ? first : text(Kind.EXPRESSION, first.place(), from);
  }

  /** An expression inside one that becomes text. */
  void part() {
    asText++;
    expression();
    asText--;
  }

  /** An expression that is an element or a member. */
  HclNode item() {
    if (asText == 0) {
      scanner.count();
    }
    return expression();
  }

  private boolean acceptOperator() {
    switch (scanner.peek()) {
      case '+', '-', '*', '/', '%' -> {
        return scanner.accept((char) scanner.peek());
      }
      case '<', '>' -> {
        scanner.accept((char) scanner.peek());
        if (scanner.charAt(scanner.at) == '=') {
          scanner.accept('=');
        }
        return true;
      }
      case '=' -> {
        return scanner.accept("==");
      }
      case '!' -> {
        return scanner.accept("!=");
      }
      case '&' -> {
        return scanner.accept("&&");
      }
      case '|' -> {
        return scanner.accept("||");
      }
      default -> {
        return false;
      }
    }
  }

  /** A term with the signs before it and the steps after it. */
  private HclNode operand() {
    HclPlace place = scanner.place();
    int from = scanner.at;
    int signs = 0;
    while (scanner.accept('-') || scanner.accept('!')) {
      signs++;
    }
    HclNode term = term(place);
    int termEnd = scanner.end;
    boolean names = steps();
    boolean alone = scanner.end == termEnd;
    if (signs == 0 && alone) {
      return term;
    }
    if (signs == 1 && alone && term.kind() == Kind.NUMBER && scanner.text.charAt(from) == '-') {
      return term.negative();
    }
    boolean dotted = signs == 0 && names && term.kind() == Kind.NAME;
    return text(dotted ? Kind.NAME : Kind.EXPRESSION, place, from);
  }

  /** A node that ends where the last sign did. */
  private HclNode text(Kind kind, HclPlace place, int from) {
    return HclNode.of(kind, place, from, scanner.end);
  }

  /** The attributes, indexes and splats after a term; true if they are nothing but names. */
  private boolean steps() {
    boolean names = true;
    while (true) {
      if (scanner.peek() == '[') {
        index();
        names = false;
      } else if (scanner.peek() == '.' && !scanner.isNext("...")) {
        scanner.accept('.');
        names &= scanner.isName();
        step();
      } else {
        return names;
      }
    }
  }

  private void step() {
    int c = scanner.peek();
    if (HclScanner.isDigit(c)) {
      int from = scanner.at;
      number(NOWHERE);
      if (scanner.text.substring(from, scanner.at).indexOf('.') >= 0) {
        throw scanner.malformed(
            from, "an index after another with a dot between, expected brackets: [0][1]");
      }
    } else if (!scanner.accept('*')) {
      scanner.name("a name, an index or '*' after the dot");
    }
  }

  private void index() {
    scanner.accept('[');
    if (scanner.accept('*')) {
      scanner.expect(']', "']' after the '*'");
      return;
    }
    boolean breaks = scanner.breaks;
    scanner.breaks = false;
    part();
    scanner.expect(']', "']' of the index");
    scanner.breaks = breaks;
  }

  /** A value without signs and steps; its place is that of the operand. */
  private HclNode term(HclPlace place) {
    int c = scanner.peek();
    if (HclScanner.isDigit(c)) {
      return number(place);
    }
    if (scanner.isName()) {
      return word(place);
    }
    switch (c) {
      case '"' -> {
        return templates.quoted();
      }
      case '[' -> {
        return collections.tuple(place);
      }
      case '{' -> {
        return collections.object(place);
      }
      case '(' -> {
        return parentheses(place);
      }
      default -> {
        if (scanner.isNext("<<")) {
          return templates.heredoc();
        }
        throw scanner.unexpected("a value");
      }
    }
  }

  private HclNode number(HclPlace place) {
    int from = scanner.at;
    int i = from;
    if (scanner.charAt(i) == '0' && (scanner.charAt(i + 1) | 0x20) == 'x') {
      i = hexDigits(i + 2);
      if (i == from + 2) {
        throw scanner.unexpectedAt(i, "a hex digit");
      }
    } else {
      i = digits(i);
      if (scanner.charAt(i) == '.' && HclScanner.isDigit(scanner.charAt(i + 1))) {
        i = digits(i + 1);
      }
      int c = scanner.charAt(i);
      if (c == 'e' || c == 'E') {
        int sign = scanner.charAt(i + 1);
        int digits = sign == '+' || sign == '-' ? i + 2 : i + 1;
        i = digits(digits);
        if (i == digits) {
          throw scanner.unexpectedAt(i, "a digit of the exponent");
        }
      }
    }
    int c = scanner.charAt(i);
    boolean point = c == '.' && HclScanner.isDigit(scanner.charAt(i + 1));
    if (point
        || (c != HclScanner.END
            && HclScanner.isNamePart(scanner.text.codePointAt(i))
            && c != '-')) {
      throw scanner.unexpectedAt(i, "the end of the number (text stands in quotes)");
    }
    scanner.checkLength(from, i);
    scanner.at = i;
    scanner.end = i;
    return text(Kind.NUMBER, place, from);
  }

  private int digits(int from) {
    int i = from;
    while (HclScanner.isDigit(scanner.charAt(i))) {
      i++;
    }
    return i;
  }

  private int hexDigits(int from) {
    int i = from;
    while (HclTemplates.isHexDigit(scanner.charAt(i))) {
      i++;
    }
    return i;
  }

  private HclNode word(HclPlace place) {
    int from = scanner.at;
    String word = scanner.name("a name");
    if (scanner.isNext("::") || scanner.peek() == '(') {
      call();
      return text(Kind.EXPRESSION, place, from);
    }
    return switch (word) {
      case "true", "false" -> text(Kind.BOOL, place, from);
      case "null" -> text(Kind.NULL, place, from);
      default -> text(Kind.NAME, place, from);
    };
  }

  /** A function's name after its first part, and its arguments. */
  private void call() {
    while (scanner.accept("::")) {
      scanner.name("a name after ::");
    }
    scanner.expect('(', "'(' of the function call");
    boolean breaks = scanner.breaks;
    scanner.breaks = false;
    while (scanner.peek() != ')') {
      part();
      if (scanner.accept("...") || !scanner.accept(',')) {
        break;
      }
    }
    scanner.expect(')', "',' or ')' of the function call");
    scanner.breaks = breaks;
  }

  private HclNode parentheses(HclPlace place) {
    int from = scanner.at;
    scanner.accept('(');
    boolean breaks = scanner.breaks;
    scanner.breaks = false;
    part();
    scanner.expect(')', "')'");
    scanner.breaks = breaks;
    return text(Kind.EXPRESSION, place, from);
  }

  /** A for expression after its bracket, up to the one that closes it. */
  void forEach(char close) {
    header();
    scanner.expect(':', "':' before what each gives");
    part();
    if (close == '}') {
      if (!scanner.accept("=>")) {
        throw scanner.unexpected("=> and a value");
      }
      part();
      scanner.accept("...");
    }
    if (scanner.acceptName("if")) {
      part();
    }
    scanner.expect(close, "'" + close + "' of the for expression");
  }

  /** {@code for name in list}, or {@code for key, value in map}. */
  void header() {
    scanner.acceptName("for");
    scanner.name("a name after for");
    if (scanner.accept(',')) {
      scanner.name("a name after the comma");
    }
    if (!scanner.acceptName("in")) {
      throw scanner.unexpected("'in'");
    }
    part();
  }
}
