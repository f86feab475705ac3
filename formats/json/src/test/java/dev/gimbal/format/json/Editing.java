package dev.gimbal.format.json;

import dev.gimbal.format.Content;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the tests of this package do with an edit of JSON with comments. */
final class Editing {

  private static final Formats FORMATS =
      Formats.installed(List.of(new JsonFormat(), new JsoncFormat()));

  private Editing() {}

  static String edit(String format, String text, Edit edit) {
    Content content = new Content("app", format, text.getBytes(StandardCharsets.UTF_8));
    byte[] after = FORMATS.edit("file", content, ReadOptions.DEFAULT, edit);
    return new String(after, StandardCharsets.UTF_8);
  }

  static String set(String text, String path, Object value) {
    return edit("jsonc", text, Edit.builder().set(path, value).build());
  }

  static String unset(String text, String path) {
    return edit("jsonc", text, Edit.builder().unset(path).build());
  }
}
