package dev.gimbal.format.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each path of random documents is changed; the text is compared with what should stay of it. */
class TomlEditRandomTest {

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

  private static final Node NEW_VALUE = Scalar.string("new value");

  private static final Node NEW_TABLE =
      ObjectNode.of(Map.of("n1", Scalar.number("1"), "n2", ListNode.of(List.of(ObjectNode.EMPTY))));

  private final DocumentEditor editor = new TomlFormat().editor().orElseThrow();
  private final Map<String, Integer> refused = new TreeMap<>();
  private int edits;

  @Test
  void everyPath_ofRandomDocuments_changesAlone() {
    for (int seed = 0; seed < 250; seed++) {
      RandomToml toml = new RandomToml(seed);
      Random random = new Random(seed);
      ObjectNode tree = read(toml.text);
      toml.spans.forEach((path, span) -> change(toml.text, tree, path, span, random));
      toml.holders.forEach((path, list) -> add(toml.text, tree, path, list, random));
    }
    assertEquals(Map.of(), refused);
    assertEquals(10_861, edits);
  }

  @Test
  void everyTable_ofRandomDocuments_changesAlone() {
    for (int seed = 0; seed < 250; seed++) {
      RandomToml toml = new RandomToml(seed);
      ObjectNode tree = read(toml.text);
      for (ConfigPath path : paths(tree)) {
        if (!toml.spans.containsKey(path)) {
          unsetTable(toml, tree, path);
          setTable(toml, tree, path);
          if (toml.lists.contains(path)) {
            addTable(toml, tree, path);
          } else {
            String text = edited(toml.text, tree, path.child("new").child("key"), NEW_VALUE);
            assertInserted(toml.text, text, "add below " + path);
          }
        }
      }
    }
    assertEquals(Map.of("only a table can stand in a list of tables", 342), refused);
    assertEquals(12_424, edits);
  }

  private static List<ConfigPath> paths(Node tree) {
    List<ConfigPath> paths = new ArrayList<>();
    Deque<ConfigPath> left = new ArrayDeque<>(List.of(ConfigPath.ROOT));
    while (!left.isEmpty()) {
      ConfigPath path = left.pop();
      if (!path.isRoot()) {
        paths.add(path);
      }
      if (Nodes.at(tree, path) instanceof ObjectNode object) {
        object.keys().forEach(key -> left.push(path.child(key)));
      } else if (Nodes.at(tree, path) instanceof ListNode list) {
        for (int i = 0; i < list.size(); i++) {
          left.push(path.child(i));
        }
      }
    }
    return paths;
  }

  /** Whether the table stands in braces, where it has no lines. */
  private static boolean isInBraces(RandomToml toml, ConfigPath path) {
    for (int size = 1; size < path.size(); size++) {
      if (toml.spans.containsKey(path.prefix(size))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text without a table: without its header and all up to its last value, the same of the
   * tables in it, and the lines of dotted keys that lead into it.
   *
   * @param keepsHeader whether its own header stays
   */
  private static String without(RandomToml toml, ConfigPath path, boolean keepsHeader) {
    List<int[]> gone = new ArrayList<>();
    for (RandomToml.Section section : toml.sections) {
      if (section.path().startsWith(path)) {
        boolean keeps = keepsHeader && section.path().equals(path);
        int begin = keeps ? section.header() : section.begin();
        gone.add(new int[] {begin, keeps ? section.end() : next(toml.text, section.end())});
      }
    }
    toml.spans.forEach(
        (pair, span) -> {
          boolean below = pair.startsWith(path) && span.ownLine() >= 0;
          if (below && gone.stream().noneMatch(g -> g[0] <= span.ownLine() && g[1] >= span.end())) {
            gone.add(new int[] {span.ownLine(), next(toml.text, span.end())});
          }
        });
    gone.sort(Comparator.comparingInt(g -> -g[0]));
    StringBuilder out = new StringBuilder(toml.text);
    gone.forEach(g -> out.delete(g[0], Math.min(g[1], out.length())));
    return out.toString();
  }

  private static int next(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private void unsetTable(RandomToml toml, ObjectNode tree, ConfigPath path) {
    String result = edited(toml.text, tree, path, null);
    if (isInBraces(toml, path)) {
      return;
    }
    String without = without(toml, path, false);
    String what = "unset " + path + "\n" + toml.text + "\n=>\n" + result;
    if (read(without).equals(Nodes.remove(tree, path))) {
      assertEquals(without, result, what);
    } else { // what held it is an empty table or list now
      String line = assertInserted(without, result, what);
      assertTrue(line.strip().endsWith("{}") || line.strip().endsWith("[]"), what);
    }
  }

  private void setTable(RandomToml toml, ObjectNode tree, ConfigPath path) {
    for (Node value : List.of(NEW_VALUE, NEW_TABLE)) {
      String result = edited(toml.text, tree, path, value);
      boolean element = path.size() > 1 && toml.lists.contains(path.parent());
      assertEquals(element && value == NEW_VALUE, result == null, path + "\n" + toml.text);
      if (result != null && !isInBraces(toml, path)) {
        boolean header = toml.sections.stream().anyMatch(each -> each.path().equals(path));
        String without = without(toml, path, header && value == NEW_TABLE);
        assertInserted(without, result, "set " + path + "\n" + toml.text + "\n=>\n" + result);
      }
    }
  }

  private void addTable(RandomToml toml, ObjectNode tree, ConfigPath path) {
    ConfigPath element = path.child(((ListNode) Nodes.at(tree, path)).size());
    String result = edited(toml.text, tree, element, NEW_TABLE);
    assertInserted(toml.text, result, "add to " + path + "\n" + result);
    String header = path.size() == 1 ? "\\[\\[list]]" : "\\[\\[list.in]]";
    assertEquals(toml.text.split(header, -1).length + 1, result.split(header, -1).length, result);
  }

  /** All of a text is there, in two parts; what stands between is returned. */
  private static String assertInserted(String text, String result, String what) {
    int prefix = 0;
    while (prefix < text.length() && text.charAt(prefix) == result.charAt(prefix)) {
      prefix++;
    }
    int rest = text.length() - prefix;
    assertEquals(text.substring(prefix), result.substring(result.length() - rest), what);
    return result.substring(prefix, result.length() - rest);
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
  private @Nullable String edited(
      String text, ObjectNode tree, ConfigPath path, @Nullable Node value) {
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
}
