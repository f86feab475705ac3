package dev.gimbal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.Content;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Documents that are put together here, so that the test knows where each value stands, and says
 * itself what each edit must leave, byte by byte.
 */
class JsonEditorRandomTest {

  private static final int DOCUMENTS = 1_000;

  /** What stands in a document. Filled in while the document is put together. */
  private static final class Place {
    final ConfigPath path;

    /** Where its line begins, or -1 where something stands before it in its line. */
    final int line;

    /** Where its key or it begins. */
    final int begin;

    int value;
    int valueEnd;

    /** Behind the comment that stands between it and its comma or the bracket. */
    int commentEnd;

    /** Its comma, or -1. */
    int comma = -1;

    Place(ConfigPath path, int line, int begin) {
      this.path = path;
      this.line = line;
      this.begin = begin;
    }

    int end() {
      return comma < 0 ? commentEnd : comma + 1;
    }
  }

  /** An object or a list, with its items in order. */
  private static final class Holder {
    final ConfigPath path;
    final boolean object;
    final int open;
    final List<Place> items = new ArrayList<>();

    /** Where its last bracket stands. */
    int close;

    Holder(ConfigPath path, boolean object, int open) {
      this.path = path;
      this.object = object;
      this.open = open;
    }
  }

  private static final Formats FORMATS =
      Formats.installed(List.of(new JsonFormat(), new JsoncFormat()));

  /** Blanks and comments that end in a line. */
  private static final Pattern IN_LINE =
      Pattern.compile("(?>[ \t]|/\\*(?:(?!\\*/)[^\r\n])*\\*/|//[^\r\n]*)*+");

  /** Blanks and comments up to the end of a line; a comment may have more lines. */
  private static final Pattern REST_OF_LINE =
      Pattern.compile("(?>[ \t]|/\\*(?s:.*?)\\*/)*+(?<line>//[^\r\n]*)?(?<break>\r\n|\n|\r)");

  private static final Pattern NEW_ELEMENT = Pattern.compile("\"v-new\"");
  private static final Pattern NEW_MEMBER = Pattern.compile("\"new\" ?: ?\"v-new\"");

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
    final List<Holder> holders = new ArrayList<>();

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
        out.append(
            pick(
                "/* c, { */",
                "/**/",
                " /* \" */ ",
                " /* of */",
                "/* two" + lineBreak + "lines */"));
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
      Holder holder = new Holder(path, object, out.length());
      holders.add(holder);
      int count = random.nextInt(depth == 0 ? 6 : 4);
      boolean broken = false;
      for (int i = 0; i < count; i++) {
        int line = -1;
        if (broken || lines && !oneIn(6)) {
          out.append(lineBreak);
          if (comments && oneIn(5)) {
            out.append(indent).append(unit).append("// above, ]").append(lineBreak);
          }
          out.append(oneIn(6) ? lineBreak : "");
          line = out.length();
          out.append(indent).append(unit);
          if (comments && oneIn(12)) {
            out.append("/* before */ ");
            line = -1;
          }
        } else {
          out.append(i == 0 ? "" : pick(" ", "  ", ""));
          if (comments && oneIn(8)) {
            out.append("/* next */");
          }
        }
        Place place = new Place(object ? path.child("k" + i) : path.child(i), line, out.length());
        holder.items.add(place);
        item(place, object, i, indent + unit, lines, depth);
        int bare = out.length();
        comment();
        place.commentEnd =
            out.substring(bare).isBlank() ? bare : out.toString().stripTrailing().length();
        boolean last = i == count - 1;
        if (!last || comments && oneIn(4)) {
          out.append(oneIn(9) ? " " : "");
          place.comma = out.length();
          out.append(',');
        }
        broken = comments && oneIn(5);
        if (broken) {
          out.append(
              pick(" // behind", "\t/* behind */", " // \"}", " /* two" + lineBreak + "lines */"));
          place.commentEnd = place.comma < 0 ? out.length() : place.commentEnd;
        }
      }
      if (broken || count > 0 && lines && !oneIn(6)) {
        out.append(lineBreak).append(indent);
      } else if (count > 0) {
        out.append(pick("", " "));
      }
      holder.close = out.length();
      out.append(object ? '}' : ']');
    }

    void item(Place place, boolean object, int i, String indent, boolean lines, int depth) {
      if (object) {
        out.append("\"k").append(i).append('"').append(pick(":", ": ", " : "));
        comment();
      }
      place.value = out.length();
      if (depth < 3 && oneIn(3)) {
        structure(place.path, oneIn(2), indent, lines && !oneIn(3), depth + 1);
      } else {
        out.append(pick(SCALARS));
      }
      place.valueEnd = out.length();
    }
  }

  private static Node tree(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return FORMATS.parse("file", new Content("app", "jsonc", bytes), ReadOptions.DEFAULT).tree();
  }

  /** The blanks and comments behind a place that end in its line. */
  private static String inLine(String text, int from) {
    Matcher rest = IN_LINE.matcher(text).region(from, text.length());
    assertTrue(rest.lookingAt());
    return rest.group();
  }

  /**
   * What stands behind a place in its line: blanks and comments that end in it, then its break; -1
   * where there is something else.
   */
  private static int nextLine(String text, int from) {
    Matcher lineBreak = Pattern.compile("\r\n|\n|\r").matcher(text);
    lineBreak.region(from + inLine(text, from).length(), text.length());
    return lineBreak.lookingAt() ? lineBreak.end() : -1;
  }

  /**
   * The bytes that {@code unset} takes. An item that has a line of its own takes that, with the
   * comments that end in it. Another takes itself with the comment before its comma or its bracket,
   * the comma, and the blanks behind that. A last item takes the blanks and line breaks before it,
   * but the one that ends a comment, and those before a comment that goes on below its line;
   * without a comma it takes the one before it. In brackets that would hold blanks only, nothing
   * stays. A comment that does not end in its line stays.
   */
  private static String without(String text, Holder holder, int index) {
    Place item = holder.items.get(index);
    boolean last = index == holder.items.size() - 1;
    boolean only = holder.items.size() == 1;
    Place before = index == 0 ? null : holder.items.get(index - 1);
    StringBuilder out = new StringBuilder(text);
    int own = item.valueEnd + inLine(text, item.valueEnd).stripTrailing().length();
    int end = own;
    if (item.comma >= 0) {
      boolean near = text.substring(own, item.comma).isBlank();
      end = near ? item.comma + 1 : item.valueEnd;
      if (!near) {
        out.deleteCharAt(item.comma);
      }
    }
    int nextLine = nextLine(text, end);
    boolean first = text.substring(0, item.begin).matches("(?s).*[\r\n][ \t]*");
    boolean goesOn = first && text.startsWith("/", end + inLine(text, end).length());
    if (item.line >= 0 && nextLine >= 0) {
      out.delete(item.line, nextLine);
    } else if (only) {
      boolean blank = text.substring(holder.open, item.begin).isBlank();
      boolean all = blank && text.substring(end, holder.close).isBlank();
      out.delete(all ? holder.open : item.begin, all ? holder.close : end);
    } else if (last && !goesOn) {
      String between = text.substring(before.comma + 1, item.begin);
      boolean line = Pattern.compile("//.*\\s*$").matcher(between).find();
      int begin = before.comma + 1 + between.stripTrailing().length();
      out.delete(line ? item.begin : begin, end);
    } else {
      while (text.charAt(end) == ' ' || text.charAt(end) == '\t') {
        end++;
      }
      out.delete(item.begin, end);
    }
    if (last && item.comma < 0 && before != null) {
      out.deleteCharAt(before.comma);
    }
    return out.toString();
  }

  /**
   * The bytes that a new item brings. It stands behind the last one and the comment of that, with a
   * comma before it; on a line of its own if the last one has that, or if its line ends with a
   * comment. If the last one had a comma, it gets one too.
   */
  private static void assertAdded(String text, Holder holder, String entry, String after) {
    Place last = holder.items.isEmpty() ? null : holder.items.get(holder.items.size() - 1);
    String head;
    String own = "";
    String tail;
    boolean ownLine = false;
    if (last == null) {
      head = text.substring(0, holder.open);
      tail = text.substring(holder.close);
    } else {
      int from = last.comma < 0 ? last.valueEnd : last.comma + 1;
      Matcher rest = REST_OF_LINE.matcher(text).region(from, text.length());
      boolean endsLine = rest.lookingAt();
      int behind = endsLine ? rest.start("break") : last.end();
      ownLine = last.line >= 0 || endsLine && rest.group("line") != null;
      String comma = last.comma < 0 ? "," : "";
      int at = ownLine ? behind : last.end();
      int commaAt = ownLine ? last.valueEnd : at;
      head = text.substring(0, commaAt) + comma + text.substring(commaAt, at);
      own = last.comma < 0 ? "" : ",";
      tail = text.substring(at);
    }
    assertEquals(head, after.substring(0, head.length()), after);
    assertEquals(own + tail, after.substring(after.length() - tail.length() - own.length()), after);
    String middle = after.substring(head.length(), after.length() - tail.length() - own.length());
    assertEquals(entry, middle.strip(), after);
    if (last != null && last.line >= 0) {
      String indent = text.substring(last.line, last.begin);
      assertEquals(
          indent,
          middle.strip().equals(entry)
              ? middle.replaceFirst("^(\r\n|\n|\r)", "").replace(entry, "")
              : "",
          after);
    } else if (last != null) {
      assertEquals(ownLine, middle.contains("\n") || middle.contains("\r"), after);
    }
  }

  @Test
  void edit_ofRandomDocuments_changesTheValueAndNotOneOtherByte() {
    Random random = new Random(20_261_128);
    int sets = 0;
    int undone = 0;
    int unsets = 0;
    int additions = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      Writer writer = new Writer(random, i % 4 > 0);
      writer.document();
      String text = writer.out.toString();
      String format = i % 4 > 0 ? "jsonc" : "json";
      for (Holder holder : writer.holders) {
        for (int item = 0; item < holder.items.size(); item++) {
          Place place = holder.items.get(item);
          int value = random.nextInt(NEW.length);
          String path = place.path.toString();
          String after = Editing.edit(format, text, Edit.builder().set(path, NEW[value]).build());
          String old = text.substring(place.value, place.valueEnd);
          String expected =
              text.substring(0, place.value) + NEW_TEXTS[value] + text.substring(place.valueEnd);
          assertEquals(old.equals(NEW_TEXTS[value]) ? text : expected, after);
          sets++;
          if (List.of(SCALARS).contains(old)) {
            Node before = Nodes.at(tree(text), place.path);
            Edit undo = Edit.builder().set(place.path, before).build();
            assertEquals(text, Editing.edit(format, after, undo));
            undone++;
          }
          String left = Editing.edit(format, text, Edit.builder().unset(path).build());
          assertEquals(without(text, holder, item), left, path + "\n" + text);
          unsets++;
        }
        ConfigPath path =
            holder.object ? holder.path.child("new") : holder.path.child(holder.items.size());
        Edit add = Edit.builder().set(path, Scalar.string("v-new")).build();
        String after = Editing.edit(format, text, add);
        Matcher entry = (holder.object ? NEW_MEMBER : NEW_ELEMENT).matcher(after);
        assertTrue(entry.find(), after);
        assertAdded(text, holder, entry.group(), after);
        if (!holder.items.isEmpty()) {
          assertEquals(text, Editing.edit(format, after, Edit.builder().unset(path).build()));
        }
        additions++;
      }
    }
    assertEquals(
        "4631 sets, 3196 undone, 4631 unsets, 2435 additions",
        sets + " sets, " + undone + " undone, " + unsets + " unsets, " + additions + " additions");
  }
}
