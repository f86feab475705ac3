package dev.gimbal.format.json;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class JsoncCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new JsoncFormat();
  }

  @Override
  protected String example() {
    return """
    // what an application reads
    {
      /* a comment */ "name": "caf\u00e9 \\"x\\"",
      "on": true,
      "db": {"port": 5432, "hosts": ["a", "b", null], "empty": {}},
      "none": [], // the last comma
    }
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "name",
        "caf\u00e9 \"x\"",
        "on",
        true,
        "db",
        Map.of("port", 5432L, "hosts", Arrays.asList("a", "b", null), "empty", Map.of()),
        "none",
        List.of());
  }

  @Override
  protected List<String> malformed() {
    return List.of("{", "{\"a\": 1,,}", "{\"a\": 'x'}", "{\"a\": 01}", "[1]", "{} {}");
  }

  @Override
  protected String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }
}
