package dev.gimbal.format.xml;

import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what elements and attributes stand for. Used by one thread. */
final class XmlEmitter {

  private final TreeBuilder out;

  XmlEmitter(TreeBuilder out) {
    this.out = out;
  }

  /** Tells the document, which is an object in any case. */
  void root(XmlElement root) {
    object(root);
  }

  private void object(XmlElement element) {
    out.beginObject(element.line, element.column);
    XmlText text = element.textBeside();
    if (text != null) {
      out.key("", text.line(), text.column());
      string(text);
    }
    Map<String, List<XmlElement>> byName = new LinkedHashMap<>();
    element.attributes().keySet().forEach(name -> byName.put(name, new ArrayList<>(0)));
    for (XmlElement child : element.children()) {
      byName.computeIfAbsent(child.name, name -> new ArrayList<>(1)).add(child);
    }
    byName.forEach((name, children) -> member(name, element.attributes().get(name), children));
    out.end();
  }

  /** Tells what has one name: an attribute, then elements; several are a list. */
  private void member(
      String name, XmlElement.@Nullable Attribute attribute, List<XmlElement> children) {
    if (attribute != null) {
      out.key(name, attribute.name().line(), attribute.name().column());
    } else {
      out.key(name, children.get(0).line, children.get(0).column);
    }
    boolean several = children.size() + (attribute == null ? 0 : 1) > 1;
    if (several && attribute != null) {
      out.beginList(attribute.value().line(), attribute.value().column());
    } else if (several) {
      out.beginList(children.get(0).line, children.get(0).column);
    }
    if (attribute != null) {
      string(attribute.value());
    }
    children.forEach(this::element);
    if (several) {
      out.end();
    }
  }

  private void element(XmlElement element) {
    if (element.isText()) {
      string(element.text());
    } else {
      object(element);
    }
  }

  private void string(XmlText text) {
    out.string(text.text(), text.line(), text.column());
  }
}
