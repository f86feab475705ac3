package dev.gimbal.format.hocon;

import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Set;

/**
 * HOCON, as the specification of lightbend/config has it. Substitutions see the document only,
 * never the system's environment; includes lead to what stands beside it, where the source allows
 * that. {@code docs/spec/formats.md} has the rules.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class HoconFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public HoconFormat() {}

  @Override
  public String name() {
    return "hocon";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("hocon", "conf");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    HoconParser parser = new HoconParser(text, out);
    new HoconResolver(parser.parse(), parser.documents(), out.options().limits()).read();
  }

  /**
   * Writes a tree with an object at its root, indented by two spaces, keys sorted, a line break at
   * the end.
   */
  @Override
  public String write(Node tree) {
    return new HoconWriter().write(tree);
  }
}
