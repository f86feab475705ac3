package dev.gimbal.format;

import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * Java properties: the lines of {@link java.util.Properties}, in UTF-8, with keys that are paths.
 * Keeps no state; used by many threads. {@code docs/spec/formats.md} has the rules.
 */
final class PropertiesFormat implements Format {

  @Override
  public String name() {
    return "properties";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("properties");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    new PropertiesReader(text, out).read();
  }

  @Override
  public String write(Node tree) {
    return new PropertiesWriter().write(tree);
  }

  @Override
  public Optional<DocumentEditor> editor() {
    return Optional.of(new PropertiesEditor());
  }
}
