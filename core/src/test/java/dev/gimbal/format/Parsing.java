package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.tree.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the tests of this package do with a document. */
final class Parsing {

  private static final Formats FORMATS = Formats.installed(List.of());

  private Parsing() {}

  static Document properties(String text) {
    return properties(text, ReadOptions.DEFAULT);
  }

  static Document properties(String text, ReadOptions options) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return FORMATS.parse("file", new Content("app", "properties", bytes), options);
  }

  static Map<String, Object> map(Document document) {
    return Nodes.toMap(document.tree());
  }

  /** {@code line:column} of a path. */
  static String place(Document document, String path) {
    Origin origin = document.origins().find("file", ConfigPath.parse(path));
    return origin == null ? "none" : origin.line() + ":" + origin.column();
  }

  /** {@code id document:line:column message} of each problem. */
  static String problems(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.code().id() + " " + p.origin() + " " + p.message())
        .collect(Collectors.joining("\n"));
  }

  static void assertFails(String expected, Runnable parse) {
    ConfigException e = assertThrows(ConfigException.class, parse::run);
    assertEquals(expected, problems(e.problems()));
  }
}
