package dev.gimbal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the tests of this package do with a document. */
final class Parsing {

  private static final Formats FORMATS = Formats.installed(List.of(new JsonFormat()));

  private Parsing() {}

  static Document parse(String text) {
    return parse(text, ReadOptions.DEFAULT);
  }

  static Document parse(String text, ReadOptions options) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return FORMATS.parse("file", new Content("app", "json", bytes), options);
  }

  static Map<String, Object> map(String text) {
    return Nodes.toMap(parse(text).tree());
  }

  /** The node at key {@code a} of the document. */
  static Node a(String text) {
    Node node = parse(text).tree().get("a");
    if (node == null) {
      throw new AssertionError("no key a");
    }
    return node;
  }

  /** {@code line:column} of a path. */
  static String place(Document document, String path) {
    Origin origin = document.origins().find("file", ConfigPath.parse(path));
    return origin == null ? "none" : origin.line() + ":" + origin.column();
  }

  /** {@code id line:column message} of the one problem that a document has. */
  static String problem(String text) {
    return problem(text, ReadOptions.DEFAULT);
  }

  static String problem(String text, ReadOptions options) {
    List<String> problems = problems(text, options);
    assertEquals(1, problems.size());
    return problems.get(0);
  }

  /** {@code id line:column message} of each problem. */
  static List<String> problems(String text, ReadOptions options) {
    ConfigException e = assertThrows(ConfigException.class, () -> parse(text, options), text);
    return e.problems().stream().map(Parsing::shown).toList();
  }

  private static String shown(Problem problem) {
    Origin origin = problem.origin();
    String place = origin == null ? "nowhere" : origin.line() + ":" + origin.column();
    return problem.code().id() + " " + place + " " + problem.message();
  }
}
