package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenSecretsTest {

  private static String show(String path, Object value) {
    return new WrittenSecrets(new PlaceholderSecrets(ObjectNode.EMPTY, null))
        .show(ConfigPath.of(path), Nodes.of(value, Scalar.Template.ALL));
  }

  @Test
  void list_isMaskedAsAWhole_unlessAnObjectStandsInIt() {
    assertEquals("***", show("password", List.of("a", List.of("b"))));
    assertEquals("[\"a\",[\"b\"]]", show("words", List.of("a", List.of("b"))));
    assertEquals(
        "[\"***\",{\"token\":\"***\",\"x\":1}]",
        show("password", List.of("a", Map.of("x", 1, "token", "t"))));
  }

  @Test
  void template_isMaskedWhereItsDefaultIs_andAsAWholeWhereItIsNotRead() {
    assertEquals("${db.password:***} $${x}", show("a", "${db.password:${p}} $${x}"));
    assertEquals("${b:${db.password:***}}", show("a", "${b:${db.password:p}}"));
    assertEquals("${db.password} $${x}", show("a", "${db.password} $${x}"));
    assertEquals("***", show("a", "${a:".repeat(65) + "x" + "}".repeat(65)));
  }
}
