package dev.gimbal.format.xml;

import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.xml.XmlElement.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of a document, which must be well-formed, its namespaces too. Comments and
 * processing instructions are passed over; a document type is refused. Used by one thread.
 */
final class XmlParser {

  private static final String END = "the end of the document after the root element";

  private final XmlScanner scanner;
  private final TreeBuilder out;
  private int nodes;

  private @Nullable XmlElement root;

  /** The innermost element that is not closed. */
  private @Nullable XmlElement open;

  XmlParser(String source, TreeBuilder out) {
    this.scanner = new XmlScanner(source, out);
    this.out = out;
  }

  /** The root element. */
  XmlElement parse() {
    new XmlDeclaration(scanner).read();
    while (!scanner.isAtEnd()) {
      if (scanner.looksAt("<")) {
        markup();
      } else if (open != null) {
        scanner.text();
      } else if (!scanner.skipBlanks()) {
        throw scanner.unexpected(root == null ? "an element" : END);
      }
    }
    if (open != null) {
      throw scanner.notClosed(closing(open), open.line, open.column);
    }
    if (root == null) {
      throw scanner.unexpected("an element");
    }
    return root;
  }

  private static String closing(XmlElement element) {
    return "</" + brief(element.name) + "> of the element that";
  }

  /** A name, cut where it is long. */
  private static String brief(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "..." : name;
  }

  private void markup() {
    int begin = scanner.at();
    if (scanner.skip("<!--")) {
      scanner.comment(begin);
    } else if (scanner.skip("<?")) {
      scanner.instruction(begin);
    } else if (scanner.looksAt("<!DOCTYPE")) {
      throw scanner.malformed(
          begin, "found a document type (<!DOCTYPE), expected none: it could name other files");
    } else if (open != null && scanner.skip("<![CDATA[")) {
      scanner.characterData(begin);
    } else if (scanner.skip("</")) {
      endTag(begin);
    } else if (open == null && root != null) {
      throw scanner.unexpected(END);
    } else {
      scanner.skip("<");
      startTag(begin);
    }
  }

  private void startTag(int begin) {
    takeText();
    XmlText place = scanner.placed(begin, "");
    String name = scanner.name("the name of an element");
    XmlElement element = new XmlElement(open, name, place.line(), place.column());
    if (element.depth > out.options().limits().maxDepth() + 1) {
      throw out.tooDeep(element.line, element.column);
    }
    count(element.line, element.column);
    List<Attribute> attributes = attributes(element);
    new XmlNamespaces(element, out).take(attributes);
    boolean isEmpty = scanner.skip("/");
    scanner.require(">", isEmpty ? "'>'" : "a blank, '/>' or '>'");
    if (open == null) {
      root = element;
    } else {
      open.add(element);
    }
    if (!isEmpty) {
      open = element;
    }
  }

  private void count(int line, int column) {
    if (++nodes > out.options().limits().maxNodes()) {
      throw out.tooMany(line, column);
    }
  }

  /** The attributes of a tag, those that declare namespaces included. */
  private List<Attribute> attributes(XmlElement element) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    while (scanner.skipBlanks() && !scanner.looksAt("/") && !scanner.looksAt(">")) {
      if (scanner.isAtEnd()) {
        throw scanner.notClosed("'>' of the tag that", element.line, element.column);
      }
      int begin = scanner.at();
      XmlText name = scanner.placed(begin, scanner.name("the name of an attribute, '/>' or '>'"));
      scanner.skipBlanks();
      scanner.require("=", "'=' after the name of an attribute");
      scanner.skipBlanks();
      Attribute attribute = new Attribute(name, scanner.quoted());
      count(name.line(), name.column());
      Attribute first = attributes.putIfAbsent(name.text(), attribute);
      if (first != null) {
        XmlText place = first.name();
        out.twice(name.text(), name.line(), name.column(), place.line(), place.column());
      }
    }
    return List.copyOf(attributes.values());
  }

  private void endTag(int begin) {
    XmlElement element = open;
    if (element == null) {
      throw scanner.malformed(begin, "found an end tag, expected an element");
    }
    takeText();
    if (!scanner.name("the name of an element").equals(element.name)) {
      String message = "found another end tag, expected " + closing(element);
      throw scanner.malformed(begin, message, element.line, element.column);
    }
    scanner.skipBlanks();
    scanner.require(">", "'>'");
    open = element.parent;
  }

  /** Gives the open element the text up to here, unless that is layout. */
  private void takeText() {
    XmlText text = scanner.takeText();
    if (text != null && open != null && (open.isText() || !text.isBlank())) {
      open.add(text);
    }
  }
}
