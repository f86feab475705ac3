package dev.gimbal.format.hocon;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Neighbours;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.hocon.HoconScanner.Token;
import dev.gimbal.format.hocon.HoconValue.Container;
import dev.gimbal.format.hocon.HoconValue.Items;
import dev.gimbal.format.hocon.HoconValue.Joined;
import dev.gimbal.format.hocon.HoconValue.Kind;
import dev.gimbal.format.hocon.HoconValue.Members;
import dev.gimbal.format.hocon.HoconValue.Reference;
import dev.gimbal.format.hocon.HoconValue.Slot;
import dev.gimbal.format.hocon.HoconValue.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document's values as they are written. What is assigned to one path is gathered there,
 * and merged where that needs no substitution. Used by one thread.
 */
final class HoconParser {

  private final HoconScanner scanner;
  private final HoconDocuments documents;
  private final @Nullable Neighbours neighbours;

  /** The documents that include each other, the one that is parsed last. */
  private final List<Integer> including;

  /** Where the document was included; none for the one that is read. */
  private final List<String> included;

  /** The keys that lead to the object that is parsed. */
  private final List<String> here;

  /** How many lists are open around it. What is included in one has no path. */
  private int lists;

  HoconParser(String text, TreeBuilder out) {
    this(text, new HoconDocuments(out), out.neighbours(), List.of(0), List.of(), 0);
  }

  private HoconParser(
      String text,
      HoconDocuments documents,
      @Nullable Neighbours neighbours,
      List<Integer> including,
      List<String> included,
      int lists) {
    this.scanner = new HoconScanner(text, including.get(including.size() - 1), documents);
    this.documents = documents;
    this.neighbours = neighbours;
    this.including = including;
    this.included = included;
    this.here = new ArrayList<>(included);
    this.lists = lists;
  }

  HoconDocuments documents() {
    return documents;
  }

  /** The root, which is an object without braces where the document begins with a key. */
  Container parse() {
    return parse(1);
  }

  private Container parse(int depth) {
    scanner.next();
    skipLines();
    switch (scanner.token()) {
      case OPEN_CURLY, OPEN_SQUARE -> {
        Container root = scanner.token() == Token.OPEN_CURLY ? object(depth) : list(depth);
        skipLines();
        if (scanner.token() != Token.END) {
          throw scanner.unexpected("the end of the document after its root");
        }
        return root;
      }
      default -> {
        Members root = new Members(scanner.place());
        members(root, depth, false);
        return root;
      }
    }
  }

  private void skipLines() {
    while (scanner.token() == Token.LINE) {
      scanner.next();
    }
  }

  private void open(int depth) {
    documents.requireDepth(depth, scanner.place());
    count();
  }

  private void count() {
    documents.count(scanner.place());
  }

  private Members object(int depth) {
    open(depth);
    Members object = new Members(scanner.place());
    scanner.next();
    members(object, depth, true);
    return object;
  }

  private void members(Members object, int depth, boolean inBraces) {
    boolean separated = true;
    while (true) {
      skipLines();
      if (inBraces && scanner.token() == Token.CLOSE_CURLY) {
        scanner.next();
        return;
      }
      if (scanner.token() == Token.END) {
        if (inBraces) {
          throw scanner.notClosed("'}' of the object", object.place);
        }
        return;
      }
      if (!separated) {
        Token token = scanner.token();
        boolean quotable = token == Token.COLON || token == Token.EQUALS;
        throw scanner.unexpected(
            (inBraces ? "',', a line break or '}'" : "',' or a line break")
                + (quotable ? " (quote a text that holds it)" : ""));
      }
      member(object, depth);
      separated = isSeparated();
    }
  }

  /** Skips what separates two members or elements: line breaks, a comma. */
  private boolean isSeparated() {
    boolean separated = scanner.token() == Token.LINE;
    skipLines();
    if (scanner.token() == Token.COMMA) {
      scanner.next();
      return true;
    }
    return separated;
  }

  private void member(Members object, int depth) {
    long place = scanner.place();
    if (scanner.token() == Token.UNQUOTED && scanner.text().equals("include")) {
      include(object, depth);
      return;
    }
    List<String> path = path("a key");
    documents.requireDepth(depth + path.size() - 1, place);
    skipLines();
    here.addAll(path);
    Token operator = scanner.token();
    HoconValue value;
    if (operator == Token.OPEN_CURLY) {
      value = object(depth + path.size());
    } else if (operator == Token.COLON
        || operator == Token.EQUALS
        || operator == Token.PLUS_EQUALS) {
      scanner.next();
      value = value(depth + path.size());
    } else {
      throw scanner.unexpected("'=', ':', '+=' or '{' after a key");
    }
    if (operator == Token.PLUS_EQUALS) {
      List<HoconValue> elements = new ArrayList<>();
      elements.add(element(value));
      value = Joined.appending(new Items(elements, value.place));
    }
    here.subList(here.size() - path.size(), here.size()).clear();
    slot(object, path, place).assign(value);
  }

  private void include(Members object, int depth) {
    long place = scanner.place();
    HoconInclude.read(scanner, documents, neighbours)
        .into(
            object,
            (text, document, theirs) -> {
              if (including.contains(document)) {
                throw malformed(place, "found an include that leads back to its own document");
              }
              List<Integer> deeper = new ArrayList<>(including);
              deeper.add(document);
              documents.requireDepth(depth + deeper.size(), place);
              List<String> where = lists == 0 ? List.copyOf(here) : List.of();
              Container root =
                  new HoconParser(text, documents, theirs, deeper, where, lists).parse(depth);
              if (root instanceof Members members) {
                return members;
              }
              throw documents.malformed(root.place, "found a list, expected an object to include");
            });
  }

  private ConfigException malformed(long place, String message) {
    return documents.malformed(place, message);
  }

  /** The slot at a path, with objects on the way to it. */
  private Slot slot(Members object, List<String> path, long place) {
    Members members = object;
    for (String key : path.subList(0, path.size() - 1)) {
      Slot slot = members.slots.computeIfAbsent(key, k -> new Slot(place));
      if (slot.top() instanceof Members below) {
        members = below;
      } else {
        count();
        members = new Members(place);
        slot.assign(members);
      }
    }
    return members.slots.computeIfAbsent(path.get(path.size() - 1), k -> new Slot(place));
  }

  /** The tokens of a key or of what a substitution names. */
  private List<String> path(String expected) {
    if (!scanner.token().isSimple() || scanner.token() == Token.SUBSTITUTION) {
      throw scanner.unexpected(expected);
    }
    long place = scanner.place();
    HoconPath path = new HoconPath();
    boolean first = true;
    while (scanner.token().isSimple() && scanner.token() != Token.SUBSTITUTION) {
      if (!first) {
        path.unquoted(scanner.blanks());
      }
      if (scanner.token() == Token.QUOTED) {
        path.quoted(scanner.text());
      } else {
        path.unquoted(scanner.text());
      }
      first = false;
      scanner.next();
    }
    List<String> keys = path.keys();
    if (keys.isEmpty()) {
      throw malformed(
          place,
          "found a dot at an end of a path, or two together; expected a key there (\"\" is the empty"
              + " one)");
    }
    return keys;
  }

  private Reference reference() {
    long place = scanner.place();
    boolean optional = scanner.isOptional();
    scanner.next();
    List<String> path = path("a path");
    if (scanner.token() != Token.CLOSE_CURLY) {
      throw scanner.unexpected("'}' of the substitution");
    }
    scanner.next();
    return new Reference(path, included, optional, place);
  }

  private Items list(int depth) {
    open(depth);
    Items list = new Items(new ArrayList<>(), scanner.place());
    lists++;
    scanner.next();
    boolean separated = true;
    while (true) {
      skipLines();
      if (scanner.token() == Token.CLOSE_SQUARE) {
        lists--;
        scanner.next();
        return list;
      }
      if (scanner.token() == Token.END) {
        throw scanner.notClosed("']' of the list", list.place);
      }
      if (!separated) {
        throw scanner.unexpected("',', a line break or ']'");
      }
      list.elements.add(element(value(depth + 1)));
      separated = isSeparated();
    }
  }

  private static HoconValue element(HoconValue value) {
    if (value instanceof Reference || value instanceof Joined) {
      Slot slot = new Slot(value.place);
      slot.push(value);
      return slot;
    }
    return value;
  }

  /** What stands side by side in one line, perhaps after line breaks. */
  private HoconValue value(int depth) {
    skipLines();
    List<HoconValue> pieces = new ArrayList<>(1);
    HoconText text = new HoconText();
    boolean afterSimple = false;
    long place = scanner.place();
    while (true) {
      Token token = scanner.token();
      if (token.isSimple() && afterSimple && !scanner.blanks().isEmpty()) {
        text.add(Kind.BLANK, scanner.blanks(), scanner.place());
      }
      afterSimple = token.isSimple();
      if (token == Token.SUBSTITUTION || token == Token.OPEN_CURLY || token == Token.OPEN_SQUARE) {
        add(pieces, text.take());
        add(
            pieces,
            switch (token) {
              case SUBSTITUTION -> reference();
              case OPEN_CURLY -> object(depth);
              default -> list(depth);
            });
      } else if (token.isSimple()) {
        text.add(kind(token), scanner.text(), scanner.place());
        scanner.next();
      } else {
        break;
      }
    }
    add(pieces, text.take());
    return switch (pieces.size()) {
      case 0 -> throw scanner.unexpected("a value");
      case 1 -> pieces.get(0);
      default -> joined(pieces, place);
    };
  }

  private Kind kind(Token token) {
    return switch (token) {
      case NUMBER -> Kind.NUMBER;
      case WORD -> scanner.text().equals("null") ? Kind.NULL : Kind.BOOLEAN;
      default -> Kind.STRING;
    };
  }

  private void add(List<HoconValue> pieces, @Nullable HoconValue piece) {
    if (piece != null) {
      pieces.add(piece);
      if (!(piece instanceof Container)) {
        count(); // those have been counted
      }
    }
  }

  private Joined joined(List<HoconValue> pieces, long place) {
    HoconValue text = null;
    HoconValue container = null;
    for (HoconValue piece : pieces) {
      text = piece instanceof Text t && t.kind != Kind.BLANK ? piece : text;
      container = piece instanceof Container ? piece : container;
    }
    if (text != null && container != null) {
      throw malformed(text.place, HoconResolver.MIXED);
    }
    return new Joined(pieces, place);
  }
}
