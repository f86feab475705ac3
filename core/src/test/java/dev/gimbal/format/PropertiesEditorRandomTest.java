package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Documents that are put together of pieces, so that the test knows where each value stands, and
 * says itself what the text must be after an edit.
 */
class PropertiesEditorRandomTest {

  private static final int DOCUMENTS = 500;

  private static final String[] KEYS = {
    "a",
    "a.b.c",
    "a.b.d",
    "server.port",
    "server.host",
    "list[0]",
    "list[1]",
    "x\\ y",
    "\\u00e9",
    "long.key.with.parts",
    "a\\:b",
    "k\\=v",
    "under_score",
    "dash-ed",
    "\\#no",
    "z"
  };

  private static final String[] PATHS = {
    "a",
    "a.b.c",
    "a.b.d",
    "server.port",
    "server.host",
    "list[0]",
    "list[1]",
    "\"x y\"",
    "\u00e9",
    "long.key.with.parts",
    "a:b",
    "k=v",
    "under_score",
    "dash-ed",
    "#no",
    "z"
  };

  private static final String[] SEPARATORS = {
    "=", ":", " = ", " : ", "\t", " ", "  =\t", "= ", " :"
  };

  private static final String[] VALUES = {
    "1",
    "true",
    "some text",
    "x \\\n    y",
    "tab\\there",
    "\\u0041bc",
    "http://h:80/p?q=1",
    "a#b!c",
    "trail  ",
    "\u00e9\uD83D\uDE00",
    "one,\\\r\n  two,\\\r\n  three"
  };

  private static final String[] BETWEEN = {
    "", "", "# a = comment", "! another: one", "   ", "\t# in"
  };

  private static final String[] TEXTS = {
    "",
    "0",
    "-1.5e3",
    "true",
    "plain",
    " leading",
    "trailing ",
    "two\nlines\r\n",
    "=x",
    ":x",
    "#x",
    "!x",
    "back\\slash",
    "\u00fc\uD83D\uDE80",
    "\t",
    "a = b",
    "\u0001",
    "${a}",
    "'q' \"q\""
  };

  /** What {@link java.util.Properties} needs behind a separator. */
  private static String written(String document, String text, String separator) {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
            .replace("\u0001", "\\u0001");
    if (document.chars().allMatch(c -> c < 0x80)) {
      escaped = escaped.replace("\u00fc", "\\u00fc").replace("\uD83D\uDE80", "\\ud83d\\ude80");
    }
    if (escaped.endsWith(" ")) {
      escaped = escaped.substring(0, escaped.length() - 1) + "\\ ";
    }
    boolean blank = separator.isBlank() && (text.startsWith("=") || text.startsWith(":"));
    return blank || text.startsWith(" ") ? "\\" + escaped : escaped;
  }

  @Test
  void edit_ofRandomDocuments_changesTheValueAndNotOneOtherByte() {
    Random random = new Random(20_261_128);
    int sets = 0;
    int unsets = 0;
    int additions = 0;
    int besides = 0;
    int refusals = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String lineBreak = pick(random, "\n", "\n", "\r\n", "\r");
      List<Integer> keys = new ArrayList<>();
      List<String> before = new ArrayList<>(); // before each value
      List<String> values = new ArrayList<>();
      List<String> separators = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (int key = 0; key < KEYS.length; key++) {
        // an object and a value at one key, or an element without those before, are other trees
        if (random.nextInt(3) > 0 && key != 0 && (key != 6 || keys.contains(5))) {
          keys.add(key);
        }
      }
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "# head" + lineBreak : "");
      for (int key : keys) {
        String comment = pick(random, BETWEEN);
        String separator = pick(random, SEPARATORS);
        String value = pick(random, VALUES);
        String indent = pick(random, "", "", "  ", "\t");
        text.append(random.nextBoolean() ? comment + lineBreak : "");
        lines.add(indent + KEYS[key] + separator + value);
        before.add(indent + KEYS[key] + separator);
        values.add(value);
        separators.add(separator);
        text.append('\0').append(lines.size() - 1).append('\0').append(lineBreak);
      }
      String tail = pick(random, "", "# tail", lineBreak);
      String shape = text + tail;
      if (tail.isEmpty() && random.nextBoolean() && !keys.isEmpty()) {
        shape = shape.substring(0, shape.length() - lineBreak.length());
      }
      String whole = filled(shape, lines);
      for (int line = 0; line < lines.size(); line++) {
        String path = PATHS[keys.get(line)];
        String value = pick(random, TEXTS);
        String head = filled(shape.substring(0, shape.indexOf("\0" + line + "\0")), lines);
        String rest = whole.substring(head.length() + lines.get(line).length());
        boolean same =
            Parsing.map(Parsing.properties("k=" + values.get(line))).get("k").equals(value);
        String expected =
            head
                + before.get(line)
                + (same ? values.get(line) : written(whole, value, separators.get(line)))
                + rest;
        assertEquals(expected, Editing.set(whole, path, value), path + " in " + whole);
        sets++;
        if (path.equals("list[0]") && keys.contains(6)) {
          refusals++;
          String text2 = whole;
          ConfigException e = assertThrows(ConfigException.class, () -> Editing.unset(text2, path));
          assertEquals(ErrorCode.NOT_EDITABLE, e.code());
        } else {
          String behind = rest.startsWith(lineBreak) ? rest.substring(lineBreak.length()) : rest;
          assertEquals(head + behind, Editing.unset(whole, path), path + " in " + whole);
          unsets++;
        }
      }
      String added = Editing.set(whole, "brand.new", "v");
      assertEquals(whole, without(whole, added), "added to " + whole);
      additions++;
      int neighbour = Math.max(keys.indexOf(3), keys.indexOf(4));
      if (neighbour >= 0) {
        String mark = "\0" + neighbour + "\0";
        String head = filled(shape.substring(0, shape.indexOf(mark) + mark.length()), lines);
        String behind = whole.substring(head.length());
        String beside = Editing.set(whole, "server.new", "v");
        assertEquals(head, beside.substring(0, head.length()), whole);
        assertEquals(behind, beside.substring(beside.length() - behind.length()), whole);
        String line = beside.substring(head.length(), beside.length() - behind.length());
        assertTrue(line.matches("\\R[ \t]*server\\.new[ \t]*[=: \t][ \t]*v"), line);
        besides++;
      }
    }
    assertEquals(DOCUMENTS, additions);
    assertEquals(439, besides);
    assertEquals(sets, unsets + refusals);
    assertEquals("4894 sets, 211 refusals", sets + " sets, " + refusals + " refusals");
  }

  private static String filled(String shape, List<String> lines) {
    String filled = shape;
    for (int line = 0; line < lines.size(); line++) {
      filled = filled.replace("\0" + line + "\0", lines.get(line));
    }
    return filled;
  }

  /** What was added taken out, where the rest is the longest common prefix and suffix. */
  private static String without(String before, String after) {
    int prefix = 0;
    while (prefix < before.length() && before.charAt(prefix) == after.charAt(prefix)) {
      prefix++;
    }
    int rest = before.length() - prefix;
    return before.substring(0, prefix) + after.substring(after.length() - rest);
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
