package dev.gimbal.format.xml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.xml.XmlElement.Attribute;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Sees that the prefixes of one tag are declared, and gives an element the attributes that are
 * values. Used by one thread.
 */
final class XmlNamespaces {

  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  private final XmlElement element;
  private final TreeBuilder out;

  XmlNamespaces(XmlElement element, TreeBuilder out) {
    this.element = element;
    this.out = out;
  }

  void take(Collection<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      String name = attribute.name().text();
      String value = attribute.value().text();
      if (name.equals("xmlns") || name.startsWith("xmlns:")) {
        declare(attribute, name.equals("xmlns") ? "" : name.substring("xmlns:".length()), value);
      } else if (name.equals("xml:space")) {
        element.preserves = value.equals("preserve");
      } else {
        element.add(attribute);
      }
    }
    namespace(element.name, element.line, element.column);
    Set<String> prefixed = new HashSet<>();
    for (Attribute attribute : element.attributes().values()) {
      XmlText name = attribute.name();
      String namespace = namespace(name.text(), name.line(), name.column());
      int colon = name.text().indexOf(':');
      if (colon > 0 && !prefixed.add(namespace + name.text().substring(colon))) {
        throw malformed(name, "the attribute stands twice, with two prefixes of one namespace");
      }
    }
  }

  private void declare(Attribute attribute, String prefix, String namespace) {
    XmlText at = attribute.name();
    if (prefix.equals("xmlns") || namespace.equals(XMLNS)) {
      throw malformed(at, "the prefix xmlns and its namespace cannot be declared");
    }
    if (prefix.equals("xml") != namespace.equals(XmlElement.XML)) {
      throw malformed(at, "the prefix xml and its namespace belong together");
    }
    if (namespace.isEmpty() && !prefix.isEmpty()) {
      throw malformed(at, "a prefix needs a namespace that is not empty");
    }
    element.declare(prefix, namespace);
  }

  /** What the prefix of a name stands for; empty without one. */
  private String namespace(String name, int line, int column) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return "";
    }
    String namespace = element.namespace(name.substring(0, colon));
    if (namespace == null) {
      throw out.malformed(line, column, "the prefix of the name is not declared by an xmlns");
    }
    return namespace;
  }

  private ConfigException malformed(XmlText at, String message) {
    return out.malformed(at.line(), at.column(), message);
  }
}
