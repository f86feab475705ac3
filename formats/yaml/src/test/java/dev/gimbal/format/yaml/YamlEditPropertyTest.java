package dev.gimbal.format.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each path of random documents is changed; the text is compared with what should stay of it. */
class YamlEditPropertyTest {

  private static final int DOCUMENTS = 1000;

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
      RandomYaml yaml = new RandomYaml(seed);
      Random random = new Random(seed);
      ObjectNode tree = YamlEditor.read(yaml.text);
      yaml.spans.forEach((path, span) -> set(yaml.text, tree, path, span, random));
      yaml.spans.forEach((path, span) -> unset(yaml.text, tree, path, span));
      yaml.holders.forEach((path, list) -> add(yaml.text, tree, path, list, random));
    }
    assertEquals(
        Map.of(
            "the text before it has no line break at its end",
            27,
            "what follows could become part of the text before",
            43),
        refused);
    assertEquals("9352 9352 4371", sets + " " + unsets + " " + adds);
  }

  private void set(
      String text, ObjectNode tree, ConfigPath path, RandomYaml.Span span, Random random) {
    Node value =
        random.nextInt(5) > 0
            ? SCALARS.get(random.nextInt(SCALARS.size()))
            : random.nextBoolean() ? OBJECT : LIST;
    String result = edited(text, tree, path, value);
    sets++;
    if (result == null) {
      return;
    }
    String what = "set " + path + " " + value + changed(text, result);
    boolean inPlace = span.kind().equals("scalar") || span.kind().equals("flow");
    if (inPlace && (value instanceof Scalar || value == NullNode.NULL)) {
      boolean empty = span.begin() == span.end();
      int begin = text.startsWith("!!", span.begin() - 6) ? span.begin() - 6 : span.begin();
      assertTrue(result.startsWith(text.substring(0, empty ? span.key() : begin)), what);
      assertTrue(result.endsWith(text.substring(span.end())), what);
      return;
    }
    assertTrue(result.startsWith(text.substring(0, span.key())), what);
    int eol = text.indexOf('\n', span.end());
    int behind = span.begin() == span.end() ? eol < 0 ? text.length() : eol : span.end();
    assertTrue(result.endsWith(text.substring(behind).stripLeading()), what);
    for (String line : text.substring(span.key(), span.begin()).split("\\R")) {
      int comment = line.indexOf('#');
      assertTrue(comment < 0 || result.contains(line.substring(comment)), what);
    }
  }

  private void unset(String text, ObjectNode tree, ConfigPath path, RandomYaml.Span span) {
    String result = edited(text, tree, path, null);
    unsets++;
    if (result == null) {
      return;
    }
    String what = "unset " + path + changed(text, result);
    int begin = text.lastIndexOf('\n', span.entry()) + 1;
    boolean ownLine = text.substring(begin, span.entry()).isBlank();
    if (!span.inFlow() && ownLine && (!span.alone() || path.size() == 1)) {
      int end = text.indexOf('\n', span.end()) + 1;
      String after = end == 0 ? "" : text.substring(end);
      assertEquals(text.substring(0, begin) + after, result, what);
    } else if (!span.alone()) {
      int comma = text.lastIndexOf(',', span.entry());
      int from = span.inFlow() && comma > 0 ? comma : span.entry();
      assertTrue(result.startsWith(text.substring(0, from)), what);
      int end = text.indexOf('\n', span.end());
      assertTrue(result.endsWith(end < 0 ? "" : text.substring(end).stripLeading()), what);
    }
  }

  private void add(String text, ObjectNode tree, ConfigPath path, boolean list, Random random) {
    Node value =
        random.nextInt(3) > 0
            ? SCALARS.get(random.nextInt(SCALARS.size()))
            : random.nextBoolean() ? OBJECT : LIST;
    Node holder = Nodes.at(tree, path);
    ConfigPath child = list ? path.child(((ListNode) holder).size()) : path.child("new: key");
    ConfigPath target = list || random.nextBoolean() ? child : child.child("deep").child("er");
    String result = edited(text, tree, target, value);
    adds++;
    if (result == null) {
      return;
    }
    String what = "add " + target + changed(text, result);
    int prefix = 0;
    while (prefix < text.length() && text.charAt(prefix) == result.charAt(prefix)) {
      prefix++;
    }
    assertTrue(result.endsWith(text.substring(prefix)), what);
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
  private String edited(String text, ObjectNode tree, ConfigPath path, Node value) {
    String result;
    try {
      result = value == null ? editor.unset(text, path) : editor.set(text, path, value);
    } catch (ConfigException e) {
      assertEquals(ErrorCode.NOT_EDITABLE, e.code());
      refused.merge(e.problems().get(0).message(), 1, Integer::sum);
      return null;
    }
    Node wanted = value == null ? Nodes.remove(tree, path) : Nodes.set(tree, path, value);
    String what = (value == null ? "unset " : "set ") + path + changed(text, result);
    assertEquals(Nodes.toJava(wanted), Nodes.toJava(YamlEditor.read(result)), what);
    assertEquals(wanted, YamlEditor.read(result), what);
    return result;
  }
}
