package dev.gimbal.testing;

import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class PropertiesCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return Objects.requireNonNull(Formats.installed(List.of()).find("properties"));
  }

  @Override
  protected String example() {
    return """
    # a comment
    name = caf\\u00e9 \\
           x
    db.port: 5432
    db.hosts[0]=a
    db.hosts[1]=b
    empty
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "name",
        "caf\u00e9 x",
        "db",
        Map.of("port", "5432", "hosts", List.of("a", "b")),
        "empty",
        "");
  }

  @Override
  protected List<String> malformed() {
    return List.of("a=\\u12", "a=\\uxyz1", "a=1\nb=\\u");
  }

  @Override
  protected String nested(int depth) {
    return "a" + ".a".repeat(depth - 1) + "=1";
  }

  /** Of strings, since numbers and booleans come back as strings. */
  @Override
  protected ObjectNode writable(RandomTrees trees) {
    Map<String, Node> children = new HashMap<>();
    children.put("a" + trees.text(), Scalar.string(trees.text(), Scalar.Template.ALL));
    children.put(
        "b", ObjectNode.of(Map.of(trees.text(), Scalar.string(trees.text(), Scalar.Template.ALL))));
    return ObjectNode.of(children);
  }
}
