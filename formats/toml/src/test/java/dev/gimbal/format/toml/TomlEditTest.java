package dev.gimbal.format.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TomlEditTest {

  private static final List<Node> VALUES =
      List.of(
          Scalar.string("new"),
          Scalar.string(""),
          Scalar.string("it's \"so\" \\ # x"),
          Scalar.string("back\\slash"),
          Scalar.string("one\ntwo\n"),
          Scalar.string("\"\"\"\n'''\r\u0001"),
          Scalar.number("42"),
          Scalar.number("1.10"),
          Scalar.bool(false),
          ListNode.of(List.of(Scalar.number("1"), Scalar.string("x"))),
          ObjectNode.of(Map.of("p", Scalar.number("1"), "q r", ObjectNode.EMPTY)));

  private final DocumentEditor editor = new TomlFormat().editor().orElseThrow();
  private final Map<String, Integer> refused = new TreeMap<>();
  private int edits;

  @Test
  void everyPath_ofRandomDocuments_changesAlone() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomToml toml = new RandomToml(seed);
      Random random = new Random(seed);
      ObjectNode tree = read(toml.text);
      toml.spans.forEach((path, span) -> change(toml.text, tree, path, span, random));
      toml.holders.forEach((path, list) -> add(toml.text, tree, path, list, random));
    }
    assertEquals(Map.of(), refused);
    assertEquals(36_451, edits);
  }

  private void change(
      String text, ObjectNode tree, ConfigPath path, RandomToml.Span span, Random random) {
    String set = edited(text, tree, path, VALUES.get(random.nextInt(VALUES.size())));
    if (set != null) {
      assertTrue(set.startsWith(text.substring(0, span.begin())), set);
      assertTrue(set.endsWith(text.substring(span.end())), set);
    }
    String unset = edited(text, tree, path, null);
    if (unset != null && span.ownLine() >= 0) {
      int next = Math.min(span.next(), text.length());
      String gone = text.substring(0, span.ownLine()) + text.substring(next);
      if (!unset.equals(gone)) { // an empty table stands there
        assertEquals(ObjectNode.EMPTY, Nodes.at(read(unset), path.parent()), unset);
        assertTrue(unset.startsWith(text.substring(0, span.ownLine())), unset);
        assertTrue(unset.endsWith(" = {}" + text.substring(span.end())), unset);
      }
    } else if (unset != null) {
      int eol = text.indexOf('\n', span.end());
      assertTrue(unset.endsWith(eol < 0 ? "" : text.substring(eol + 1)), unset);
    }
  }

  private void add(String text, ObjectNode tree, ConfigPath path, boolean list, Random random) {
    Node value = VALUES.get(random.nextInt(VALUES.size()));
    Node holder = Nodes.at(tree, path);
    ConfigPath child = path.child("new key");
    if (holder instanceof ListNode elements) {
      child = path.child(elements.size());
    } else if (random.nextBoolean()) {
      child = child.child("deep").child("er");
    }
    assertEquals(list, holder instanceof ListNode);
    String result = edited(text, tree, child, value);
    if (result == null) {
      return;
    }
    int prefix = 0;
    while (prefix < text.length() && text.charAt(prefix) == result.charAt(prefix)) {
      prefix++;
    }
    String rest = text.substring(prefix);
    int eol = rest.indexOf('\n');
    boolean comma = list && rest.matches("(?s)[ \t]+(#[^\r\n]*)?\r?\n.*");
    assertTrue(result.endsWith(comma ? rest.substring(eol) : rest), path + "\n" + text + result);
    assertTrue(!comma || result.contains(rest.substring(0, eol)), result);
  }

  /** The text that came out, whose tree is what it should be; null if it was refused. */
  private String edited(String text, ObjectNode tree, ConfigPath path, Node value) {
    edits++;
    String result;
    try {
      result = value == null ? editor.unset(text, path) : editor.set(text, path, value);
    } catch (ConfigException e) {
      refused.merge(e.problems().get(0).message(), 1, Integer::sum);
      return null;
    }
    Node wanted = value == null ? Nodes.remove(tree, path) : Nodes.set(tree, path, value);
    String what = path + "\n" + text + "\n=>\n" + result;
    try {
      assertEquals(Nodes.toJava(wanted), Nodes.toJava(read(result)), what);
      assertEquals(wanted, read(result), what);
    } catch (ConfigException e) {
      throw new AssertionError(what, e);
    }
    return result;
  }

  private static ObjectNode read(String text) {
    TreeBuilder out = new TreeBuilder("file", "app", ReadOptions.DEFAULT);
    new TomlFormat().read(text, out);
    return out.finish().tree();
  }

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
    assertEquals("# c\n\nd = \"x\"\n\n# a\n[a]\n", set("# c\n\n# a\n[a]\n", "d", "x"));
    assertEquals("[a]\nb.c.d = \"x\"\n", set("[a]\n", "a.b.c.d", "x"));
    assertEquals("[a.b]\n\n[a]\nc = \"x\"\n", set("[a.b]\n", "a.c", "x"));
    assertEquals("a = [\n  1, # c\n  \"x\"\n]\n", set("a = [\n  1 # c\n]\n", "a[1]", "x"));
    assertEquals("a = \"x\"\n", set("", "a", "x"));
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
  }

  @Test
  void whatTablesCannotSay_isRefused() {
    assertEquals(
        "GIM-028 document:1:4 nothing would be left of what holds the value",
        refusal(() -> unset("[a.b]\n", "a.b")));
    assertEquals(
        "GIM-028 document:1:3 a table cannot be added to a list of tables",
        refusal(() -> set("[[a]]\n", "a[1]", "x")));
    assertEquals(
        "GIM-028 document:1:5 the index is beyond the end of the list",
        refusal(() -> set("a = []\n", "a[1]", "x")));
  }
}
