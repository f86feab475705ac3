package dev.gimbal.format.hcl;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import dev.gimbal.testing.RandomTrees;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class HclCompatibilityTest extends FormatCompatibilityKit {

  private int written;

  @Override
  protected Format format() {
    return new HclFormat();
  }

  @Override
  protected String example() {
    return """
    # a comment
    name = "caf\u00e9 \\"x\\""
    on   = true
    listener "tcp" {
      port  = 80
      hosts = ["a", "b", null]
      empty = {}
    }
    retry {}
    retry {
      delay = -1.50
      text  = <<-EOT
        one
          two
      EOT
    }
    size = var.large ? 2 : 1
    none = []
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "name",
        "caf\u00e9 \"x\"",
        "on",
        true,
        "listener",
        Map.of(
            "tcp", Map.of("port", 80L, "hosts", Arrays.asList("a", "b", null), "empty", Map.of())),
        "retry",
        List.of(Map.of(), Map.of("delay", new BigDecimal("-1.50"), "text", "one\n  two\n")),
        "size",
        "${var.large ? 2 : 1}",
        "none",
        List.of());
  }

  @Override
  protected List<String> malformed() {
    return List.of("a {", "a = ", "a = 1 b = 2", "a = [1", "a = \"x", "a = <<E\nx", "a = b +", "}");
  }

  @Override
  protected String nested(int depth) {
    return "a = " + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "\n";
  }

  /** By turns strings without placeholders, which HCL has, and with them. */
  @Override
  protected ObjectNode writable(RandomTrees trees) {
    ObjectNode tree = trees.object(4);
    return written++ % 2 == 0
        ? tree
        : (ObjectNode) Nodes.of(Nodes.toMap(tree), Scalar.Template.NONE);
  }
}
