package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the tests of this package do with an edit. */
final class Editing {

  private static final Formats FORMATS = Formats.installed(List.of());

  private Editing() {}

  static byte[] edit(byte[] bytes, Edit edit) {
    return FORMATS.edit("file", new Content("app", "properties", bytes), ReadOptions.DEFAULT, edit);
  }

  static String edit(String text, Edit edit) {
    return new String(edit(text.getBytes(StandardCharsets.UTF_8), edit), StandardCharsets.UTF_8);
  }

  static String edit(String text, Consumer<Edit.Builder> changes) {
    Edit.Builder edit = Edit.builder();
    changes.accept(edit);
    return edit(text, edit.build());
  }

  static String set(String text, String path, Object value) {
    return edit(text, edit -> edit.set(path, value));
  }

  static String unset(String text, String path) {
    return edit(text, edit -> edit.unset(path));
  }

  static void assertRefused(String expected, Runnable edit) {
    ConfigException e = assertThrows(ConfigException.class, edit::run);
    assertEquals(
        expected, e.problems().stream().map(Editing::text).collect(Collectors.joining("\n")));
  }

  private static String text(Problem p) {
    return p.code().id() + " " + p.path() + ": " + p.message() + " at " + p.origin();
  }
}
