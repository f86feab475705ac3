package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MaskingTest {

  private static final Node TREE =
      Nodes.of(
          Map.of(
              "db", Map.of("user", "u", "password", "p", "apiKey", 7, "key", "k"),
              "tokens", List.of("a", "b"),
              "credentials", Map.of("user", "u"),
              "users", List.of(Map.of("name", "n", "secret", true))),
          Scalar.Template.NONE);

  private static Object masked(String path) {
    ConfigPath at = ConfigPath.parse(path);
    Node node = Nodes.at(TREE, at);
    return Nodes.toJava(Masking.mask(node == null ? Scalar.string("none") : node, at));
  }

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
        masked(""));
  }

  @Test
  void mask_belowASecretKey_hidesTheValue() {
    assertEquals("***", masked("tokens[0]"));
    assertEquals("***", masked("credentials.user"));
    assertEquals("***", masked("users[0].secret"));
    assertEquals("n", masked("users[0].name"));
  }
}
