package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
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
      Node masked = config.snapshot().get(path).masked();
      return Nodes.toJava(masked == null ? Scalar.string("none") : masked);
    }
  }

  private static final String KEYS =
      """
      db: {user: u, password: p, apiKey: 7, key: k}
      tokens: [a, [b, null]]
      token: {ttl: 5, value: v}
      credentials: [{user: u, secret: s}, c]
      users: [{name: n, secret: true}]
      """;

  @Test
  void masked_ofATree_hidesScalarsAndListsByTheirOwnKeys() {
    assertEquals(
        Map.of(
            "db",
            Map.of("user", "u", "password", "***", "apiKey", "***", "key", "k"),
            "tokens",
            "***",
            "token",
            Map.of("ttl", 5L, "value", "v"),
            "credentials",
            List.of(Map.of("user", "u", "secret", "***"), "***"),
            "users",
            List.of(Map.of("name", "n", "secret", "***"))),
        masked("", KEYS));
  }

  @Test
  void masked_ofElements_hasTheKeyOfTheList() {
    assertEquals("***", masked("tokens", KEYS));
    assertEquals("***", masked("tokens[0]", KEYS));
    assertEquals("***", masked("tokens[1]", KEYS));
    assertEquals("***", masked("tokens[1][0]", KEYS));
    assertEquals("***", masked("credentials[1]", KEYS));
    assertEquals("u", masked("credentials[0].user", KEYS));
    assertEquals("***", masked("credentials[0].secret", KEYS));
    assertEquals("5", String.valueOf(masked("token.ttl", KEYS)));
    assertEquals("***", masked("users[0].secret", KEYS));
    assertEquals("n", masked("users[0].name", KEYS));
  }

  @Test
  void masked_ofAPlaceholder_hidesASecretThatItStandsFor() {
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
