package dev.gimbal.testing.example;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import dev.gimbal.testing.RandomTrees;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;

class PairsFormatTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new PairsFormat();
  }

  @Override
  protected String example() {
    return "host db.example\n\ngreeting  hello world\n";
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of("host", "db.example", "greeting", " hello world");
  }

  @Override
  protected List<String> malformed() {
    return List.of("host", "host a\n port 80", "host a\nhost b");
  }

  @Override
  protected String nested(int depth) {
    return null; // nothing nests
  }

  @Override
  protected ObjectNode writable(RandomTrees trees) {
    Scalar text = Scalar.string(trees.text(), Scalar.Template.ALL);
    return ObjectNode.of(Map.of("k" + trees.text(), text));
  }
}
