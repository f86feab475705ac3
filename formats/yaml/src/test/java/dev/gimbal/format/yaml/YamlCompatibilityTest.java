package dev.gimbal.format.yaml;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class YamlCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new YamlFormat();
  }

  @Override
  protected String example() {
    return """
    name: "caf\u00e9 \\"x\\""
    on-air: true  # a comment
    db:
      port: 5432
      hosts: [a, b, ~]
      empty: {}
    text: |
      one
      two
    none: []
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "name",
        "caf\u00e9 \"x\"",
        "on-air",
        true,
        "db",
        Map.of("port", 5432L, "hosts", Arrays.asList("a", "b", null), "empty", Map.of()),
        "text",
        "one\ntwo\n",
        "none",
        List.of());
  }

  @Override
  protected List<String> malformed() {
    return List.of("a: [", "a: b: c", "- a", "a: *x", "a: 1\n\tb: 2");
  }

  @Override
  protected String nested(int depth) {
    return "a: " + "[".repeat(depth - 1) + "]".repeat(depth - 1);
  }
}
