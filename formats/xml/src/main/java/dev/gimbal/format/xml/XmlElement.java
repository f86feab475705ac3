package dev.gimbal.format.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element while and after it is read. Used by one thread. */
final class XmlElement {

  /** What the prefix {@code xml} stands for. */
  static final String XML = "http://www.w3.org/XML/1998/namespace";

  final @Nullable XmlElement parent;
  final String name;
  final int line;
  final int column;
  final int depth;

  /** Whether white space at the ends of its text counts. */
  boolean preserves;

  private Map<String, Attribute> attributes = Map.of();
  private List<XmlElement> children = List.of();
  private List<XmlText> texts = List.of();

  /** What it declares, by prefix; the empty one for elements without a prefix. */
  private Map<String, String> namespaces = Map.of();

  /** An attribute's name and value. */
  record Attribute(XmlText name, XmlText value) {}

  XmlElement(@Nullable XmlElement parent, String name, int line, int column) {
    this.parent = parent;
    this.name = name;
    this.line = line;
    this.column = column;
    this.depth = parent == null ? 1 : parent.depth + 1;
    this.preserves = parent != null && parent.preserves;
  }

  /** Its attributes by name as written, without what declares namespaces or is for readers. */
  Map<String, Attribute> attributes() {
    return attributes;
  }

  List<XmlElement> children() {
    return children;
  }

  void add(Attribute attribute) {
    attributes = attributes.isEmpty() ? new LinkedHashMap<>() : attributes;
    attributes.put(attribute.name().text(), attribute);
  }

  void add(XmlElement child) {
    children = children.isEmpty() ? new ArrayList<>() : children;
    children.add(child);
  }

  /** Adds the text up to the next child, or to the end. */
  void add(XmlText text) {
    texts = texts.isEmpty() ? new ArrayList<>(1) : texts;
    texts.add(text);
  }

  void declare(String prefix, String namespace) {
    namespaces = namespaces.isEmpty() ? new HashMap<>() : namespaces;
    namespaces.put(prefix, namespace);
  }

  /** What a prefix stands for here, or null. */
  @Nullable String namespace(String prefix) {
    XmlElement element = this;
    while (element != null) {
      String namespace = element.namespaces.get(prefix);
      if (namespace != null) {
        return namespace;
      }
      element = element.parent;
    }
    return prefix.equals("xml") ? XML : null;
  }

  /** Whether it is a text, and not an object. */
  boolean isText() {
    return attributes.isEmpty() && children.isEmpty();
  }

  /** All of its text where it has no children; where there is only white space, it stands here. */
  XmlText text() {
    XmlText all = texts.isEmpty() ? new XmlText("", 0, 0) : texts.get(0);
    XmlText kept = preserves ? all : all.trimmed();
    return all.isBlank() ? new XmlText(kept.text(), line, column) : kept;
  }

  /** Its text beside attributes and children, or null where there is only white space. */
  @Nullable XmlText textBeside() {
    StringBuilder all = new StringBuilder();
    XmlText first = null;
    for (XmlText text : texts) {
      if (!text.isBlank()) {
        if (first != null) {
          all.append(' ');
        }
        first = first == null ? text : first;
        all.append(preserves ? text.text() : text.trimmed().text());
      }
    }
    return first == null ? null : new XmlText(all.toString(), first.line(), first.column());
  }
}
