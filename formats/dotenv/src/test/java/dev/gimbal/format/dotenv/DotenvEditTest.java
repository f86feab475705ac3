package dev.gimbal.format.dotenv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotenvEditTest {

  private static final List<String> VALUES =
      List.of(
          "",
          "1",
          "plain text",
          "'single'",
          "\"double \\\" \\n\"",
          "`back`",
          "${A:-b}",
          "'two\u0000lines'",
          "\"${A}\u0000x\"",
          "#no",
          "a#b");

  private static final List<Scalar> NEW =
      List.of(
          Scalar.string("new"),
          Scalar.string(""),
          Scalar.string("two words # x"),
          Scalar.string("it's \"so\" `\\"),
          Scalar.string("one\ntwo"),
          Scalar.string("a\r\tb"),
          Scalar.string("${X:1}", Scalar.Template.ALL),
          Scalar.string("${X:-1}", Scalar.Template.ALL),
          Scalar.string("${X}"),
          Scalar.number("42"),
          Scalar.bool(true));

  private record Line(ConfigPath path, int line, int begin, int end, int next) {}

  private final DocumentEditor editor = new DotenvFormat().editor().orElseThrow();
  private final Map<String, Integer> refused = new TreeMap<>();
  private int edits;

  @Test
  void everyPath_ofRandomDocuments_changesAlone() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      List<Line> lines = new ArrayList<>();
      String text = document(random, lines);
      ObjectNode tree = read(text);
      for (Line line : lines) {
        Scalar value = NEW.get(random.nextInt(NEW.size()));
        String set = edited(text, tree, line.path, value);
        if (set != null) {
          assertTrue(set.startsWith(text.substring(0, line.begin)), set);
          assertTrue(set.endsWith(text.substring(line.end)), set);
        }
        String unset = edited(text, tree, line.path, null);
        if (unset != null) {
          assertEquals(text.substring(0, line.line) + text.substring(line.next), unset);
        }
      }
      Scalar value = NEW.get(random.nextInt(NEW.size()));
      for (String path : List.of("NEW", "db.new", "\"a b\".c", "l[2]")) {
        String added = edited(text, tree, ConfigPath.parse(path), value);
        assertTrue(added.startsWith(text), added);
        String line = added.substring(text.length());
        assertTrue(line.matches("(?s)\\R?(export )?" + Pattern.quote(path) + "=.*"), line);
      }
    }
    assertEquals(
        Map.of(
            "nothing would be left of what holds the value",
            853,
            "only the last element of a list can be taken away",
            3000),
        refused);
    assertEquals(48_834, edits);
  }

  private static String document(Random random, List<Line> lines) {
    String lineBreak = random.nextInt(3) == 0 ? "\r\n" : "\n";
    StringBuilder out = new StringBuilder();
    List<String> keys = List.of("A", "DB_URL", "db.host", "db.port", "\"x y\"", "l[0]", "l[1]");
    for (String key : keys) {
      while (random.nextInt(3) == 0) {
        out.append(List.of("", "# c=1", "  # x", "\t").get(random.nextInt(4))).append(lineBreak);
      }
      if (random.nextInt(6) == 0 && !key.startsWith("l")) {
        continue;
      }
      int line = out.length();
      out.append(List.of("", "", " ", "\t", "export ", "export\t").get(random.nextInt(6)));
      out.append(key).append(List.of("=", "=", " =", ": ").get(random.nextInt(4)));
      String value = VALUES.get(random.nextInt(VALUES.size())).replace("\0", lineBreak);
      boolean commented = random.nextInt(3) == 0;
      int separated = out.length();
      out.append(!value.isEmpty() && !value.startsWith("#") && random.nextInt(4) == 0 ? " " : "");
      if (value.startsWith("#") && Character.isWhitespace(out.charAt(separated - 1))) {
        value = "x" + value;
      }
      int begin = out.length() - (value.isEmpty() && out.charAt(separated - 1) == ' ' ? 1 : 0);
      out.append(value);
      int end = value.isEmpty() ? begin : out.length();
      out.append(commented ? " # why" : "").append(lineBreak);
      lines.add(new Line(ConfigPath.parse(key), line, begin, end, out.length()));
    }
    if (random.nextInt(3) == 0 && !lines.isEmpty()) {
      Line last = lines.remove(lines.size() - 1);
      int length = out.length() - lineBreak.length();
      if (last.next == out.length()) {
        last = new Line(last.path, last.line, last.begin, Math.min(last.end, length), length);
      }
      lines.add(last);
      out.setLength(length);
    }
    return out.toString();
  }

  private String edited(String text, ObjectNode tree, ConfigPath path, Scalar value) {
    edits++;
    String result;
    try {
      result = value == null ? editor.unset(text, path) : editor.set(text, path, value);
    } catch (ConfigException e) {
      refused.merge(e.problems().get(0).message(), 1, Integer::sum);
      return null;
    }
    Node wanted =
        value == null
            ? Nodes.remove(tree, path)
            : Nodes.set(tree, path, Scalar.string(value.text(), value.template()));
    String what = path + "\n" + text + "\n=>\n" + result;
    assertEquals(Nodes.toJava(wanted), Nodes.toJava(read(result)), what);
    assertEquals(wanted, read(result), what);
    return result;
  }

  private static ObjectNode read(String text) {
    TreeBuilder out = new TreeBuilder("file", "app", ReadOptions.DEFAULT);
    new DotenvFormat().read(text, out);
    return out.finish().tree();
  }

  private String set(String text, String path, String value) {
    return editor.set(text, ConfigPath.parse(path), Scalar.string(value));
  }

  private static String refusal(Runnable edit) {
    Problem problem = assertThrows(ConfigException.class, edit::run).problems().get(0);
    return problem.code().id() + " " + problem.origin() + " " + problem.message();
  }

  @Test
  void set_keepsQuotesAndComments() {
    assertEquals("export A='b c' # d\n", set("export A='x' # d\n", "A", "b c"));
    assertEquals("A=\"b\"\n", set("A=\"x\"\n", "A", "b"));
    assertEquals("A=`b`\n", set("A=`x`\n", "A", "b"));
    assertEquals("A=b # d\n", set("A= # d\n", "A", "b"));
    assertEquals("A: b\n", set("A:\n", "A", "b"));
  }

  @Test
  void set_newKey_standsAtTheEnd_exportedIfAllAre() {
    assertEquals("export A=1\nexport B=b", set("export A=1", "B", "b"));
    assertEquals("A=1\r\n# c\r\nB=b\r\n", set("A=1\r\n# c\r\n", "B", "b"));
    ObjectNode object = ObjectNode.of(Map.of("x", Scalar.number("1"), "y", Scalar.number("2")));
    assertEquals("b.x=1\nb.y=2\n", editor.set("", ConfigPath.of("b"), object));
  }

  @Test
  void aValueBesideKeysBelowIt_isAPartOfTheirObject() {
    String both = "a=1 # c\na.b=2\na.c=3\n";
    assertEquals("a=x # c\na.b=2\na.c=3\n", set(both, "a.\"\"", "x"));
    assertEquals("a=1 # c\na.b=x\na.c=3\n", set(both, "a.b", "x"));
    assertEquals(both + "a.d=x\n", set(both, "a.d", "x"));
    assertEquals("a.b=2\na.c=3\n", editor.unset(both, ConfigPath.parse("a.\"\"")));
    assertEquals("a=1 # c\na.c=3\n", editor.unset(both, ConfigPath.parse("a.b")));
    assertEquals(
        "GIM-028 document:2:1 this value would take the place of the object that holds it",
        refusal(() -> editor.unset("a.b=1\na=2\n", ConfigPath.parse("a.b"))));
  }

  @Test
  void whatLinesCannotSay_isRefused() {
    assertEquals(
        "GIM-028 document:2:1 the key stands twice", refusal(() -> set("A=1\nA=2\n", "A", "3")));
    assertEquals(
        "GIM-028 document:1:1 this key would stand beside the one that is set",
        refusal(() -> set("a.b=1\n", "a", "3")));
    assertEquals(
        "GIM-028 document:1:1 nothing would be left of what holds the value",
        refusal(() -> editor.unset("a.b=1\n", ConfigPath.parse("a.b"))));
    assertEquals(
        "GIM-028 document:2:1 only the last element of a list can be taken away",
        refusal(() -> editor.unset("a[0]=1\na[1]=2\n", ConfigPath.parse("a[0]"))));
  }
}
