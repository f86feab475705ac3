package dev.gimbal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.Content;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents that are put together here, so that the test knows where each value stands. */
class JsonEditorRandomTest {

  private static final int DOCUMENTS = 1_000;

  /**
   * What stands in a document.
   *
   * @param end behind the value and the comment on its line
   */
  private record Place(ConfigPath path, int begin, int value, int valueEnd, int[] end) {}

  private static final Formats FORMATS =
      Formats.installed(List.of(new JsonFormat(), new JsoncFormat()));

  private static final String[] SCALARS = {
    "1", "-0.5e3", "true", "null", "\"text\"", "\"// no comment\"", "\"a \\\" , } ]\"", "\"\""
  };

  private static final Object[] NEW = {
    7,
    "plain",
    "with \"quotes\"",
    "two\nlines",
    true,
    "",
    "/* no */ // comment",
    "\u00e9\uD83D\uDE80",
    1.5
  };

  private static final String[] NEW_TEXTS = {
    "7",
    "\"plain\"",
    "\"with \\\"quotes\\\"\"",
    "\"two\\nlines\"",
    "true",
    "\"\"",
    "\"/* no */ // comment\"",
    "\"\u00e9\uD83D\uDE80\"",
    "1.5"
  };

  /** One document that is being put together. */
  private static final class Writer {
    final Random random;
    final boolean comments;
    final String lineBreak;
    final String unit;
    final StringBuilder out = new StringBuilder();
    final List<Place> places = new ArrayList<>();

    /** Paths of objects with members. */
    final List<ConfigPath> objects = new ArrayList<>();

    Writer(Random random, boolean comments) {
      this.random = random;
      this.comments = comments;
      this.lineBreak = pick("\n", "\r\n", "\n", "\r");
      this.unit = pick("  ", "\t", "    ", " ");
    }

    String pick(String... of) {
      return of[random.nextInt(of.length)];
    }

    boolean oneIn(int n) {
      return random.nextInt(n) == 0;
    }

    void comment() {
      if (comments && oneIn(4)) {
        out.append(pick("/* c, { */", "/**/", " /* \" */ "));
      }
    }

    void document() {
      if (comments && oneIn(2)) {
        out.append("// head { [").append(lineBreak);
      }
      structure(ConfigPath.ROOT, true, "", !oneIn(5), 0);
      out.append(pick("", lineBreak, lineBreak + lineBreak));
      if (comments && oneIn(3)) {
        out.append("// tail");
      }
    }

    void structure(ConfigPath path, boolean object, String indent, boolean lines, int depth) {
      out.append(object ? '{' : '[');
      int count = random.nextInt(depth == 0 ? 6 : 4);
      for (int i = 0; i < count; i++) {
        if (lines) {
          out.append(lineBreak);
          if (comments && oneIn(5)) {
            out.append(indent).append(unit).append("// above, ]").append(lineBreak);
          }
          out.append(oneIn(6) ? lineBreak : "").append(indent).append(unit);
        } else {
          out.append(i == 0 ? "" : pick(" ", "  ", ""));
        }
        item(object ? path.child("k" + i) : path.child(i), object, i, indent + unit, lines, depth);
        boolean last = i == count - 1;
        int end = out.length();
        comment();
        end = lines ? out.length() : end;
        if (!last || comments && oneIn(4)) {
          out.append(',');
          end = out.length();
        }
        if (lines && comments && oneIn(4)) {
          out.append(pick(" // behind", "\t/* behind */", " // \"}"));
          end = out.length();
        }
        places.stream()
                .filter(place -> place.path.size() == depth + 1)
                .reduce((one, two) -> two)
                .orElseThrow()
                .end[0] =
            end;
      }
      if (count > 0) {
        if (object) {
          objects.add(path);
        }
        out.append(lines ? lineBreak + indent : pick("", " "));
      }
      out.append(object ? '}' : ']');
    }

    void item(ConfigPath path, boolean object, int i, String indent, boolean lines, int depth) {
      int begin = out.length();
      if (object) {
        out.append("\"k").append(i).append('"').append(pick(":", ": ", " : "));
        comment();
      }
      int value = out.length();
      boolean nested = depth < 3 && oneIn(3);
      int mine = places.size();
      if (nested) {
        structure(path, oneIn(2), indent, lines && !oneIn(3), depth + 1);
      } else {
        out.append(pick(SCALARS));
      }
      places.add(mine, new Place(path, begin, value, out.length(), new int[1]));
    }
  }

  private static Map<String, Object> map(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Nodes.toMap(
        FORMATS.parse("file", new Content("app", "jsonc", bytes), ReadOptions.DEFAULT).tree());
  }

  private static String bare(String text) {
    return text.replaceAll("[ \t\r\n,]", "");
  }

  @Test
  void edit_ofRandomDocuments_changesTheValueAndNotOneOtherByte() {
    Random random = new Random(20_261_128);
    int sets = 0;
    int unsets = 0;
    int additions = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      Writer writer = new Writer(random, i % 4 > 0);
      writer.document();
      String text = writer.out.toString();
      String format = i % 4 > 0 ? "jsonc" : "json";
      for (Place place : writer.places) {
        int value = random.nextInt(NEW.length);
        String path = place.path.toString();
        String after = Editing.edit(format, text, Edit.builder().set(path, NEW[value]).build());
        boolean same = text.substring(place.value, place.valueEnd).equals(NEW_TEXTS[value]);
        String expected =
            text.substring(0, place.value) + NEW_TEXTS[value] + text.substring(place.valueEnd);
        assertEquals(same ? text : expected, after);
        sets++;

        String left = Editing.edit(format, text, Edit.builder().unset(path).build());
        String kept = text.substring(0, place.begin) + text.substring(place.end[0]);
        String inLine = text.substring(0, place.begin) + text.substring(place.valueEnd);
        String bare = bare(left);
        assertTrue(bare.equals(bare(kept)) || bare.equals(bare(inLine)), path + "\n" + text + left);
        unsets++;
      }
      for (ConfigPath object : writer.objects) {
        String path = object.child("new").toString();
        String after = Editing.edit(format, text, Edit.builder().set(path, "v").build());
        assertEquals(bare(text), bare(after.replaceFirst("\"new\" ?: ?\"v\"", "")), after);
        assertEquals(map(text), map(Editing.unset(after, path)));
        additions++;
      }
    }
    assertEquals(
        "4636 sets, 4636 unsets, 1354 additions",
        sets + " sets, " + unsets + " unsets, " + additions + " additions");
  }
}
