package dev.gimbal.format.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each path of random documents is changed; the text is compared, byte by byte, with what should
 * stay of it. What is refused must be shown elsewhere too, or come from there.
 */
class YamlEditPropertyTest {

  private static final int DOCUMENTS = 500;

  private static final List<Node> SCALARS =
      List.of(
          Scalar.string("new"),
          Scalar.string("needs: quotes # x"),
          Scalar.string("a, b]"),
          Scalar.string("one\ntwo\n"),
          Scalar.string("one\ntwo"),
          Scalar.string(""),
          Scalar.string("80"),
          Scalar.string("it's \"so\" \\ \u00e9\t"),
          Scalar.number("42"),
          Scalar.number("1.10"),
          Scalar.bool(false),
          NullNode.NULL);

  private static final Node OBJECT =
      ObjectNode.of(
          Map.of("p", Scalar.number("1"), "q", ListNode.of(List.of(Scalar.string("r, s")))));

  private static final Node LIST =
      ListNode.of(List.of(OBJECT, ListNode.of(List.of(Scalar.bool(true))), Scalar.string("t")));

  private final DocumentEditor editor = new YamlFormat().editor().orElseThrow();
  private final Map<String, Integer> refused = new TreeMap<>();
  private int sets;
  private int unsets;
  private int adds;

  @Test
  void everyPath_ofRandomDocuments_changesAlone() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      everyPath(new RandomYaml(seed, false), new Random(seed));
    }
    assertEquals(
        Map.of(
            "the text before it has no line break at its end",
            10,
            "what follows could become part of the text before",
            16),
        refused);
    assertEquals("4449 4449 2096", sets + " " + unsets + " " + adds);
  }

  @Test
  void everyPath_whereAliasesAndMergeKeysStand_changesAlone() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      RandomYaml yaml = new RandomYaml(seed, true);
      everyPath(yaml, new Random(seed));
      ObjectNode tree = YamlEditor.read(yaml.text);
      for (ConfigPath path : paths(tree)) {
        if (!yaml.spans.containsKey(path)) {
          elsewhere(yaml, tree, path);
        }
      }
    }
    assertEquals(
        Map.of(
            "an alias stands on the way, change it where its anchor stands",
            330,
            "the value comes from a merge key <<, change it where it stands",
            153,
            "the value has an anchor, and the alias at L:C would change with it",
            912,
            "what stands on the way comes from a merge key <<",
            76,
            "without this value, one of a merge key << would stand here",
            13,
            "the text before it has no line break at its end",
            15,
            "what follows could become part of the text before",
            18),
        refused);
    assertEquals("4546 4546 2164", sets + " " + unsets + " " + adds);
  }

  private void everyPath(RandomYaml yaml, Random random) {
    ObjectNode tree = YamlEditor.read(yaml.text);
    yaml.spans.forEach((path, span) -> set(yaml, tree, path, span, random));
    yaml.spans.forEach((path, span) -> unset(yaml, tree, path, span));
    yaml.holders.forEach((path, list) -> add(yaml, tree, path, list, random));
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

  /**
   * Sets a value. What stands before it and behind it stays, byte by byte, with the comment of its
   * key and the comments above its lines.
   */
  private void set(
      RandomYaml yaml, ObjectNode tree, ConfigPath path, RandomYaml.Span span, Random random) {
    String text = yaml.text;
    Node value =
        random.nextInt(5) > 0
            ? SCALARS.get(random.nextInt(SCALARS.size()))
            : random.nextBoolean() ? OBJECT : LIST;
    String result = edited(yaml, tree, path, value);
    sets++;
    if (result == null) {
      return;
    }
    String what = "set " + path + " " + value + changed(text, result);
    boolean scalar = value instanceof Scalar || value == NullNode.NULL;
    if (span.begin() == span.end()) { // behind the colon, or in lines below it and its comment
      String line = text.substring(span.key(), endOfLine(text, span.key()));
      assertAround(text, span.key(), endOfLine(text, span.key()), result, what);
      int comment = line.indexOf('#');
      String first = result.substring(span.key(), endOfLine(result, span.key()));
      assertTrue(comment < 0 || first.endsWith(line.substring(comment)), what);
    } else if (span.kind().equals("text")) {
      assertAround(text, scalar ? span.begin() : span.key(), span.end(), result, what);
      String header = text.substring(span.begin(), endOfLine(text, span.begin()));
      int comment = header.indexOf(" #");
      String first = result.substring(span.begin(), endOfLine(result, span.begin()));
      assertTrue(comment < 0 || first.endsWith(header.substring(comment)), what);
    } else if (span.kind().equals("block") && scalar) {
      collapsed(text, span, result, what);
    } else {
      String properties = text.substring(span.key(), span.begin()).strip();
      int tag = properties.startsWith("!!") ? span.begin() - properties.length() - 1 : span.begin();
      int line = text.lastIndexOf('\n', span.begin()) + 1;
      int lines = text.substring(line, span.begin()).isBlank() ? line : span.begin();
      int from = scalar ? tag : span.kind().equals("block") ? lines : span.key();
      assertAround(text, from, span.end(), result, what);
      boolean anchor = properties.startsWith("&");
      String gap = text.substring(span.key(), span.begin()).stripTrailing();
      assertTrue(!anchor || result.startsWith(gap, span.key()), what);
    }
  }

  /** A scalar behind the key of a map or list, whose lines go. */
  private static void collapsed(String text, RandomYaml.Span span, String result, String what) {
    String gap = text.substring(span.key(), span.begin());
    int key = span.key() + (gap.startsWith(" &") ? gap.split("[ \r\n]")[1].length() + 1 : 0);
    if (text.substring(key, span.begin()).isBlank()) {
      assertAround(text, key, span.end(), result, what);
      return;
    }
    int line = text.lastIndexOf('\n', span.begin()) + 1;
    int eol = endOfLine(text, span.end());
    boolean whole = text.substring(span.end(), eol).isBlank();
    int end = whole ? nextLine(text, eol) : span.end();
    assertAround(text.substring(0, line) + text.substring(end), key, key, result, what);
  }

  /** What stands before and behind a part stays. */
  private static void assertAround(String text, int from, int to, String result, String what) {
    int rest = text.length() - to;
    assertTrue(result.length() >= from + rest, what);
    assertEquals(text.substring(0, from), result.substring(0, from), what);
    assertEquals(text.substring(to), result.substring(result.length() - rest), what);
  }

  private static int endOfLine(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static int nextLine(String text, int at) {
    return text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at) + 1;
  }

  /** Takes a value away: its lines, or what it and a comma take in brackets, and nothing else. */
  private void unset(RandomYaml yaml, ObjectNode tree, ConfigPath path, RandomYaml.Span span) {
    String text = yaml.text;
    String result = edited(yaml, tree, path, null);
    unsets++;
    if (result == null) {
      return;
    }
    String what = "unset " + path + changed(text, result);
    int line = text.lastIndexOf('\n', span.entry() - 1) + 1;
    boolean ownLine = text.substring(line, span.entry()).isBlank();
    NavigableSet<Integer> entries = yaml.entries.get(path.parent());
    Integer next = entries.higher(span.entry());
    Integer before = entries.lower(span.entry());
    StringBuilder wanted = new StringBuilder(text);
    if (span.inFlow()) {
      int behind = span.end();
      while (Character.isWhitespace(text.charAt(behind))) {
        behind++;
      }
      boolean comma = text.charAt(behind) == ',';
      int end = comma ? behind + 1 : span.end();
      int eol = endOfLine(text, end);
      String rest = text.substring(end, eol).strip();
      if (ownLine && line > 0 && (rest.isEmpty() || rest.startsWith("#"))) {
        wanted.delete(line, nextLine(text, end));
      } else if (next != null) {
        wanted.delete(span.entry(), next);
      } else {
        boolean blanks = before != null && !comma;
        wanted.delete(blanks ? text.lastIndexOf(',', span.entry()) : span.entry(), end);
        assertEquals(wanted.toString(), result, what);
        return;
      }
      if (next == null && before != null && !comma) {
        wanted.deleteCharAt(text.lastIndexOf(',', span.entry()));
      }
    } else if (span.alone() && path.size() > 1) {
      collapsed(text, yaml.spans.get(path.parent()), result, what);
      return;
    } else if (ownLine) {
      wanted.delete(line, nextLine(text, span.end()));
    } else {
      boolean joins =
          next != null && text.lastIndexOf('\n', next) + 1 == nextLine(text, span.end());
      wanted.delete(span.entry(), joins ? next : endOfLine(text, span.end()));
    }
    assertEquals(wanted.toString(), result, what);
  }

  /** Adds to a map or list: what is new stands behind the last value, and all else as it was. */
  private void add(RandomYaml yaml, ObjectNode tree, ConfigPath path, boolean list, Random random) {
    String text = yaml.text;
    Node value =
        random.nextInt(3) > 0
            ? SCALARS.get(random.nextInt(SCALARS.size()))
            : random.nextBoolean() ? OBJECT : LIST;
    Node holder = Nodes.at(tree, path);
    ConfigPath child = list ? path.child(((ListNode) holder).size()) : path.child("new: key");
    ConfigPath target = list || random.nextBoolean() ? child : child.child("deep").child("er");
    String result = edited(yaml, tree, target, value);
    adds++;
    if (result != null) {
      assertAdded(yaml, path, result, "add " + target + changed(text, result));
    }
  }

  private static void assertAdded(RandomYaml yaml, ConfigPath path, String result, String what) {
    String text = yaml.text;
    RandomYaml.Span span = yaml.spans.get(path);
    boolean flow = span != null && span.kind().equals("flow");
    int end = yaml.ends.getOrDefault(path, 0);
    if (!flow) {
      assertAround(text, endOfLine(text, end), endOfLine(text, end), result, what);
    } else if (!yaml.ends.containsKey(path)) {
      assertAround(text, span.begin() + 1, span.begin() + 1, result, what);
    } else {
      int last = end;
      String rest = text.substring(last, span.end());
      boolean lines = rest.contains("\n");
      boolean comma = rest.startsWith(",");
      int behind = comma ? last + 1 : last;
      String kept = comma ? text : text.substring(0, last) + "," + text.substring(last);
      int at = lines ? endOfLine(kept, last + 1) : last + 1;
      String suffix = (comma ? "," : "") + kept.substring(at);
      assertTrue(behind <= span.end(), what);
      assertEquals(kept.substring(0, at), result.substring(0, at), what);
      assertEquals(suffix, result.substring(result.length() - suffix.length()), what);
    }
  }

  /** What comes from an alias or a merge key: only a key of its own beside a merge key is right. */
  private void elsewhere(RandomYaml yaml, ObjectNode tree, ConfigPath path) {
    assertNull(edited(yaml, tree, path, null), path + yaml.text);
    Node value = Scalar.string("own");
    String result = edited(yaml, tree, path, value);
    if (result != null) {
      assertTrue(yaml.merging.contains(path.parent()), path + "\n" + yaml.text);
      assertAdded(yaml, path.parent(), result, "own " + path + changed(yaml.text, result));
    }
  }

  /** What differs, and what stands around it. */
  private static String changed(String before, String after) {
    int most = Math.min(before.length(), after.length());
    int begin = 0;
    while (begin < most && before.charAt(begin) == after.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < most - begin
        && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
      end++;
    }
    int from = Math.max(0, begin - 150);
    int rest = Math.max(0, end - 100);
    return "\n"
        + before.substring(from, before.length() - rest)
        + "\n=>\n"
        + after.substring(from, after.length() - rest)
        + "\n";
  }

  /** The text that came out, whose tree is what it should be; null if it was refused. */
  private @Nullable String edited(
      RandomYaml yaml, ObjectNode tree, ConfigPath path, @Nullable Node value) {
    String result;
    try {
      result = value == null ? editor.unset(yaml.text, path) : editor.set(yaml.text, path, value);
    } catch (ConfigException e) {
      assertEquals(ErrorCode.NOT_EDITABLE, e.code());
      String message = e.problems().get(0).message().replaceAll("[0-9]+:[0-9]+", "L:C");
      refused.merge(message, 1, Integer::sum);
      boolean text = message.contains("the text before");
      assertTrue(text || isShared(yaml, path), message + ": " + path + "\n" + yaml.text);
      return null;
    }
    Node wanted = value == null ? Nodes.remove(tree, path) : Nodes.set(tree, path, value);
    String what = (value == null ? "unset " : "set ") + path + changed(yaml.text, result);
    assertEquals(Nodes.toJava(wanted), Nodes.toJava(YamlEditor.read(result)), what);
    assertEquals(wanted, YamlEditor.read(result), what);
    return result;
  }

  /** Whether another place shows what stands there, or it comes from another place. */
  private static boolean isShared(RandomYaml yaml, ConfigPath path) {
    boolean byAnchor =
        yaml.shared.stream().anyMatch(each -> each.startsWith(path) || path.startsWith(each));
    boolean written = yaml.spans.containsKey(path);
    return byAnchor || !written || yaml.merging.contains(path.parent());
  }
}
