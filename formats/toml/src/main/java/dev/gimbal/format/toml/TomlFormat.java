package dev.gimbal.format.toml;

import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * TOML as <a href="https://toml.io/en/v1.1.0">version 1.1</a> has it; what is valid in 1.0 means
 * the same. {@code docs/spec/formats.md} has the rules.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class TomlFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public TomlFormat() {}

  @Override
  public String name() {
    return "toml";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("toml");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    new TomlReader(text, out).read();
  }

  /**
   * Writes an object, its tables under headers, keys sorted, in a way that TOML 1.0 reads too.
   *
   * @throws dev.gimbal.ConfigException GIM-019 with each path that TOML cannot express
   */
  @Override
  public String write(Node tree) {
    return new TomlWriter().write(tree);
  }

  /** Changes values and tables; {@code docs/editing.md} says what it refuses. */
  @Override
  public Optional<DocumentEditor> editor() {
    return Optional.of(new TomlEditor());
  }
}
