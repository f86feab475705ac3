package dev.gimbal.format.toml;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import java.util.List;
import java.util.Map;

class TomlCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new TomlFormat();
  }

  @Override
  protected String example() {
    return """
    name = "caf\u00e9 \\"x\\""
    on = true
    text = '''
    one
    two'''
    since = 1979-05-27T07:32:00Z

    [db]
    port = 5432
    hosts = ["a", "b", 3]
    pool.max = { size = 9 }

    [[routes]]
    path = "/a"

    [[routes]]
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "name",
        "caf\u00e9 \"x\"",
        "on",
        true,
        "text",
        "one\ntwo",
        "since",
        "1979-05-27T07:32:00Z",
        "db",
        Map.of(
            "port",
            5432L,
            "hosts",
            List.of("a", "b", 3L),
            "pool",
            Map.of("max", Map.of("size", 9L))),
        "routes",
        List.of(Map.of("path", "/a"), Map.of()));
  }

  @Override
  protected List<String> malformed() {
    return List.of("a", "a = ", "a = x", "a = [1", "[a", "a = 01", "a = \"\\q\"");
  }

  @Override
  protected String nested(int depth) {
    return "a = " + "[".repeat(depth - 1) + "]".repeat(depth - 1);
  }
}
