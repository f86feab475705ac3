package dev.gimbal.format.hocon;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class HoconCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new HoconFormat();
  }

  @Override
  protected String example() {
    return """
    name = "caf\u00e9 \\"x\\""   # a comment
    on-air: true
    db.port = 5432
    db {
      hosts = [a, b
        null]
      empty {}
      url = jdbc":"${name}/${?nothing}x
    }
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
        Map.of(
            "port",
            5432L,
            "hosts",
            Arrays.asList("a", "b", null),
            "empty",
            Map.of(),
            "url",
            "jdbc:caf\u00e9 \"x\"/x"),
        "none",
        List.of());
  }

  @Override
  protected List<String> malformed() {
    return List.of("a: [", "a: {", "a: b: c", "a", "a: ${b}", "a: ${a}", "a: \"x", "a: x @ y");
  }

  @Override
  protected String nested(int depth) {
    return "a: " + "[".repeat(depth - 1) + "]".repeat(depth - 1);
  }
}
