package dev.gimbal.format.dotenv;

import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * The lines {@code KEY=value} of {@code .env} files, as the tools that read such files agree.
 * {@code docs/spec/formats.md} has the rules.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class DotenvFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public DotenvFormat() {}

  @Override
  public String name() {
    return "dotenv";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("dotenv", "env");
  }

  @Override
  public boolean hasLiterals() {
    return true;
  }

  @Override
  public void read(String text, TreeBuilder out) {
    new DotenvReader(text, out).read();
  }

  /**
   * Writes a line {@code path=value} for each string, number and boolean.
   *
   * @throws dev.gimbal.ConfigException GIM-019 with each path that dotenv cannot express
   */
  @Override
  public String write(Node tree) {
    return new DotenvWriter().write(tree);
  }

  /** Changes lines; {@code docs/editing.md} says what it refuses. */
  @Override
  public Optional<DocumentEditor> editor() {
    return Optional.of(new DotenvEditor());
  }
}
