package dev.gimbal.format.hcl;

import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Set;

/**
 * HCL: the native syntax of HCL 2, and what files for HCL 1 have beside it in practice. The grammar
 * is that of HashiCorp's specification of the HCL native syntax. Nothing is evaluated: an
 * expression that is no literal becomes the string <code>${source text}</code>. {@code
 * docs/spec/formats.md} has the rules.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class HclFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public HclFormat() {}

  @Override
  public String name() {
    return "hcl";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("hcl", "tf", "tfvars", "nomad");
  }

  @Override
  public boolean hasLiterals() {
    return true;
  }

  @Override
  public void read(String text, TreeBuilder out) {
    HclBody root = new HclReader(new HclScanner(text, out)).read();
    new HclEmitter(text, out).emit(root);
  }

  /**
   * Writes an object as attributes, one a line, keys sorted. Objects below it are object values.
   *
   * @throws dev.gimbal.ConfigException GIM-019 with each path that HCL cannot express: a root that
   *     is no object, a string with placeholders, half of a surrogate pair
   */
  @Override
  public String write(Node tree) {
    return new HclWriter().write(tree);
  }
}
