package dev.gimbal.format.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TomlEditTest {

  private final DocumentEditor editor = new TomlFormat().editor().orElseThrow();

  private String set(String text, String path, String value) {
    return editor.set(text, ConfigPath.parse(path), Scalar.string(value));
  }

  private String unset(String text, String path) {
    return editor.unset(text, ConfigPath.parse(path));
  }

  private static String refusal(Runnable edit) {
    Problem problem = assertThrows(ConfigException.class, edit::run).problems().get(0);
    return problem.code().id() + " " + problem.origin() + " " + problem.message();
  }

  @Test
  void set_keepsQuotesAndComments() {
    assertEquals("a = 'n' # c\n", set("a = 'o' # c\n", "a", "n"));
    assertEquals("a = \"b\\\\c\"\n", set("a = \"o\"\n", "a", "b\\c"));
    assertEquals("a = '''\nx\ny'''\n", set("a = '''o'''\n", "a", "x\ny"));
    assertEquals("a = { b = \"n\", c = 1 }\n", set("a = { b = 1, c = 1 }\n", "a.b", "n"));
  }

  @Test
  void set_newKey_standsBehindTheLinesOfItsTable() {
    assertEquals(
        "[a]\nb = 1 # c\nd = \"x\"\n\n# e\n[f]\n", set("[a]\nb = 1 # c\n\n# e\n[f]\n", "a.d", "x"));
    assertEquals("a.b = 1\na.c = \"x\"\n[f]\n", set("a.b = 1\n[f]\n", "a.c", "x"));
    assertEquals(
        "[a.b.c]\nz = 9\n[a]\nb.t = 1\nb.n = \"x\"\n",
        set("[a.b.c]\nz = 9\n[a]\nb.t = 1\n", "a.b.n", "x"));
    assertEquals("# c\n\nd = \"x\"\n\n# a\n[a]\n", set("# c\n\n# a\n[a]\n", "d", "x"));
    assertEquals("[a]\nb.c.d = \"x\"\n", set("[a]\n", "a.b.c.d", "x"));
    assertEquals("[a.b]\n\n[a]\nc = \"x\"\n", set("[a.b]\n", "a.c", "x"));
    assertEquals("a = [\n  1, # c\n  \"x\"\n]\n", set("a = [\n  1 # c\n]\n", "a[1]", "x"));
    assertEquals("a = \"x\"\n", set("", "a", "x"));
    assertEquals(
        "a = [{ b.c.d = 1, b.c.e = \"x\" }]\n", set("a = [{ b.c.d = 1 }]\n", "a[0].b.c.e", "x"));
    assertEquals("# c\na = \"x\"", set("# c", "a", "x"));
    assertEquals("[[a]]\nb = 1\nc = \"x\"\n[[a]]\n", set("[[a]]\nb = 1\n[[a]]\n", "a[0].c", "x"));
  }

  @Test
  void set_tableByScalar_takesAllItsLines() {
    assertEquals("a = \"x\"\n\n[b]\n", set("[a]\nc = 1\n[b]\n", "a", "x"));
  }

  @Test
  void unset_takesAllLinesOfATable() {
    assertEquals("# a\n# b\n[b]\n", unset("# a\n[a]\nc = 1\n[a.d]\ne = 1\n# b\n[b]\n", "a"));
    assertEquals("[[a]]\nb = 2\n", unset("[[a]]\nb = 1\n[[a]]\nb = 2\n", "a[0]"));
    assertEquals("b = 1\n", unset("a.x = 1\nb = 1\na.y = 2\n", "a"));
    assertEquals("a = 1\n", unset("a = 1\n", "b"));
    assertEquals("a.b = {} # c\n", unset("a.b.d = 1 # c\n", "a.b.d"));
    assertEquals("a = {}\n", unset("[a.b]\n", "a.b"));
    assertEquals("a = []\n", unset("[[a]]\nb = 1\n", "a[0]"));
    assertEquals("a = { c = 2 }\n", unset("a = { b.x = 1, c = 2, b.y = 3 }\n", "a.b"));
    assertEquals("[[l]]\na = {}\n[[l]]\n", unset("[[l]]\n[l.a.b]\n[[l]]\n", "l[0].a.b"));
  }

  private String set(String text, String path, Node value) {
    return editor.set(text, ConfigPath.parse(path), value);
  }

  @Test
  void set_tableByTable_keepsItsHeader() {
    ObjectNode table =
        ObjectNode.of(Map.of("x", Scalar.number("1"), "y z", ListNode.of(List.of())));
    String lines = "x = 1\n\"y z\" = []\n";
    assertEquals(
        "[a] # c\n" + lines + "\n# b\n[b]\n",
        set("[a] # c\no = 1\n# o\np = 2\n\n# b\n[b]\n", "a", table));
    assertEquals("[a]\n" + lines + "[b]\n", set("[a.q]\n[a]\n[a.r]\n[b]\n", "a", table));
    assertEquals(
        "[[a]]\n" + lines + "[[a]]\nb = 2\n", set("[[a]]\nb = 1\n[[a]]\nb = 2\n", "a[0]", table));
    assertEquals("[a]", set("[a]\nb = 1", "a", ObjectNode.EMPTY));
  }

  @Test
  void set_tableOfAListOfTables_standsBehindTheLast() {
    ObjectNode table = ObjectNode.of(Map.of("x", Scalar.number("1")));
    assertEquals(
        "[[a]]\nb = 1\n\n[[a]]\nx = 1\n\n[c]\n", set("[[a]]\nb = 1\n\n[c]\n", "a[1]", table));
    assertEquals("[[a]]\n[a.b]\n\n[[a]]\nx = 1", set("[[a]]\n[a.b]", "a[1]", table));
    assertEquals(
        "[[a]]\n[[a.b]]\n\n[[a.b]]\nx.y = \"z\"\n[[a]]\n"
            .replace("x.y = \"z\"", "x = { y = \"z\" }"),
        set("[[a]]\n[[a.b]]\n[[a]]\n", "a[0].b[1].x.y", "z"));
    assertEquals(
        "[[a]]\n[a.b.c]\n\n[a.b]\nd = \"x\"\n[[a]]\n",
        set("[[a]]\n[a.b.c]\n[[a]]\n", "a[0].b.d", "x"));
  }

  @Test
  void whatTablesCannotSay_isRefused() {
    assertEquals(
        "GIM-028 document:1:3 only a table can stand in a list of tables",
        refusal(() -> set("[[a]]\n", "a[1]", "x")));
    assertEquals(
        "GIM-028 document:1:3 only a table can stand in a list of tables",
        refusal(() -> set("[[a]]\n", "a[0]", "x")));
    assertEquals(
        "GIM-028 document:1:5 the index is beyond the end of the list",
        refusal(() -> set("a = []\n", "a[1]", "x")));
    assertEquals(
        "GIM-028 document:1:3 no key leads into a list, and no index into a table",
        refusal(() -> set("[[a]]\n", "a.b", "x")));
  }
}
