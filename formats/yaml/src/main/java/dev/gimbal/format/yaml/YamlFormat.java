package dev.gimbal.format.yaml;

import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * YAML 1.2, core schema. {@code docs/spec/formats.md} has the rules.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 *
 * @since 0.1.0
 */
public final class YamlFormat implements Format {

  /** For {@link java.util.ServiceLoader} and for builders. */
  public YamlFormat() {}

  @Override
  public String name() {
    return "yaml";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("yaml", "yml");
  }

  @Override
  public boolean hasDocuments() {
    return true;
  }

  @Override
  public void read(String text, TreeBuilder out) {
    if (out.options().documents().areAll()) {
      readAll(text, out);
      return;
    }
    if (text.indexOf('&') < 0 && !text.contains("<<")) {
      new YamlParser(text, out, new YamlDirect(out)).run();
      return;
    }
    YamlComposer composer = new YamlComposer(out);
    new YamlParser(text, out, composer).run();
    YamlNode root = composer.root();
    if (root != null) {
      YamlEmitter.emit(root, out);
    }
  }

  private static void readAll(String text, TreeBuilder out) {
    YamlDocuments documents = new YamlDocuments(out);
    new YamlParser(text, out, documents).run();
    YamlNode root = documents.merged();
    if (root != null) {
      YamlEmitter.emit(root, out);
    }
  }

  /** Writes any node in block style, keys sorted, with a line break at the end. */
  @Override
  public String write(Node tree) {
    return new YamlWriter().write(tree);
  }

  /** Changes block and flow style alike; {@code docs/editing.md} says what it refuses. */
  @Override
  public Optional<DocumentEditor> editor() {
    return Optional.of(new YamlEditor());
  }
}
