package dev.gimbal.format.json;

import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * JSON as RFC 8259 has it, and besides comments ({@code // to the end of the line}, and those in
 * slashes and asterisks) and a comma behind the last member or element, as editors read their
 * settings. For files that end with {@code .jsonc}, and others on request.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class JsoncFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public JsoncFormat() {}

  @Override
  public String name() {
    return "jsonc";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("jsonc");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    new JsonReader(text, out, true).read();
  }

  /** Writes any node as {@link JsonFormat} does: comments are not part of a tree. */
  @Override
  public String write(Node tree) {
    return new JsonWriter(true).write(tree);
  }

  @Override
  public Optional<DocumentEditor> editor() {
    return Optional.of(new JsonEditor());
  }
}
