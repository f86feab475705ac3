package dev.gimbal.format.dotenv;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import dev.gimbal.testing.RandomTrees;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DotenvCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new DotenvFormat();
  }

  @Override
  protected String example() {
    return """
    # a comment
    NAME = caf\u00e9 x # another
    export DB_PORT=5432
    db.hosts[0]="a b"
    db.hosts[1]='b
    c'
    EMPTY=
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "NAME",
        "caf\u00e9 x",
        "DB_PORT",
        "5432",
        "db",
        Map.of("hosts", List.of("a b", "b\nc")),
        "EMPTY",
        "");
  }

  @Override
  protected List<String> malformed() {
    return List.of("=1", "A B=1", "A=\"x", "A='x' y", "A=1\n`B`=2");
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
    children.put("b", ObjectNode.of(Map.of(trees.text(), Scalar.string(trees.text()))));
    return ObjectNode.of(children);
  }
}
