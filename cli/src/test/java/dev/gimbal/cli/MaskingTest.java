package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MaskingTest {

  private static Object masked(String path, String yaml) {
    try (Config config = Config.builder().source(Sources.string("s", "yaml", yaml)).build()) {
      Snapshot snapshot = config.snapshot();
      Node node = snapshot.get(path).node();
      return Nodes.toJava(
          new Masking(snapshot)
              .mask(node == null ? Scalar.string("none") : node, ConfigPath.parse(path)));
    }
  }

  private static final String KEYS =
      """
      db: {user: u, password: p, apiKey: 7, key: k}
      tokens: [a, b]
      credentials: {user: u}
      users: [{name: n, secret: true}]
      """;

  @Test
  void mask_ofATree_hidesAllBelowSecretKeys() {
    assertEquals(
        Map.of(
            "db",
            Map.of("user", "u", "password", "***", "apiKey", "***", "key", "k"),
            "tokens",
            "***",
            "credentials",
            "***",
            "users",
            List.of(Map.of("name", "n", "secret", "***"))),
        masked("", KEYS));
  }

  @Test
  void mask_belowASecretKey_hidesTheValue() {
    assertEquals("***", masked("tokens[0]", KEYS));
    assertEquals("***", masked("credentials.user", KEYS));
    assertEquals("***", masked("users[0].secret", KEYS));
    assertEquals("n", masked("users[0].name", KEYS));
  }

  @Test
  void mask_ofAPlaceholder_hidesASecretThatItStandsFor() {
    String yaml =
        """
        db: {user: u, password: p}
        plain: ${db.user}
        alias: ${db.password}
        second: ${alias}
        urls: ["http://${db.user}:${db.password}@h", "http://${db.user}@h"]
        copy: ${db}
        """;

    assertEquals(
        Map.of(
            "db",
            Map.of("user", "u", "password", "***"),
            "plain",
            "u",
            "alias",
            "***",
            "second",
            "***",
            "urls",
            List.of("***", "http://u@h"),
            "copy",
            Map.of("user", "u", "password", "***")),
        masked("", yaml));
    assertEquals("***", masked("urls[0]", yaml));
  }
}
