package dev.gimbal.format.xml;

import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Set;

/**
 * XML 1.0 with namespaces. A document type is refused, so nothing is ever opened or expanded.
 * {@code docs/spec/formats.md} has the rules by which elements and attributes are values.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class XmlFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public XmlFormat() {}

  @Override
  public String name() {
    return "xml";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("xml");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    new XmlEmitter(out).root(new XmlParser(text, out).parse());
  }

  /**
   * Writes a tree with an object at its root as the content of an element {@code config}, without
   * attributes, indented by two spaces, keys sorted.
   */
  @Override
  public String write(Node tree) {
    return new XmlWriter().write(tree);
  }
}
