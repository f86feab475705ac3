package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PropertiesWriterTest {

  private static String write(Node tree) {
    return Formats.installed(List.of()).get("properties").write(tree);
  }

  private static String write(Map<String, Object> tree) {
    return write(Nodes.of(tree, Scalar.Template.NONE));
  }

  @Test
  void write_pathsInOrderWithEscapes() {
    Map<String, Object> tree =
        Map.of(
            "b",
            List.of("x", Map.of("c", 1)),
            "a.b",
            " lead and tail ",
            "a",
            Map.of("", true, "k=:# k", "#v=1:2!"),
            "#c",
            "line\nend\\");
    assertEquals(
        """
        \\#c=line\\nend\\\\
        a.""=true
        a.k\\=\\:#\\ k=#v=1:2!
        "a.b"=\\ lead and tail\\\s
        b[0]=x
        b[1].c=1
        """,
        write(tree));
  }

  @Test
  void write_emptyRoot_isEmpty() {
    assertEquals("", write(ObjectNode.EMPTY));
  }

  @Test
  void write_whatHasNoForm_namesEachPath() {
    Map<String, Object> tree =
        Map.of("a", Map.of(), "b", List.of(), "c", Arrays.asList("x", null), "d", "fine");
    ConfigException e = assertThrows(ConfigException.class, () -> write(tree));
    String problems =
        e.problems().stream()
            .map(p -> p.code().id() + " " + p.path() + ": " + p.message())
            .collect(Collectors.joining("\n"));
    assertEquals(
        """
        GIM-019 a: properties cannot express an empty object
        GIM-019 b: properties cannot express an empty list
        GIM-019 c[1]: properties cannot express null""",
        problems);
  }

  @Test
  void write_rootThatIsNoObject_isRefused() {
    ConfigException list =
        assertThrows(ConfigException.class, () -> write(ListNode.of(List.of(Scalar.string("x")))));
    assertEquals(
        "properties cannot express a root that is no object", list.problems().get(0).message());
    assertThrows(ConfigException.class, () -> write(Scalar.string("x")));
  }

  @Test
  void write_randomTree_readsBackEqual() {
    RandomTrees trees = new RandomTrees(11);
    int cases = 0;
    for (int i = 0; i < 4000; i++) {
      ObjectNode tree = trees.object(4);
      String text = write(tree);
      Document read = Parsing.properties(text);
      assertEquals(tree, read.tree(), text);
      assertEquals(List.of(), read.warnings());
      cases++;
    }
    assertEquals(4000, cases);
  }
}
