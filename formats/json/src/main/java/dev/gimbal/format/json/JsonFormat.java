package dev.gimbal.format.json;

import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * JSON, strictly as RFC 8259 has it. {@code docs/spec/formats.md} has the rules.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class JsonFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public JsonFormat() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("json");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    new JsonReader(text, out, false).read();
  }

  /** Writes any node, indented by two spaces, keys sorted, with a line break at the end. */
  @Override
  public String write(Node tree) {
    return new JsonWriter(true).write(tree);
  }

  /** Writes any node in one line without spaces, keys sorted, without a line break at the end. */
  public String writeCompact(Node tree) {
    return new JsonWriter(false).write(tree);
  }

  @Override
  public Optional<DocumentEditor> editor() {
    return Optional.of(new JsonEditor());
  }
}
