package dev.gimbal.text;

import dev.gimbal.Origin;
import dev.gimbal.tree.DocumentText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds where the key of a value stands, by what stands right before the value. Pure. */
public final class KeyPlaces {

  /** How far before a value its key is looked for, in lines. */
  private static final int MOST_LINES = 50;

  /** How much of a line is looked at, in characters. */
  private static final int MOST_CHARS = 1000;

  /**
   * What may stand between a key and its value: further keys, a sign, anchor and tag, a quote. What
   * was taken is never given back, so that a long line costs its length.
   */
  private static final String BETWEEN =
      "[\"']?+(?:\\.[\\p{L}\\p{N}_.-]{1,100}+)?+\\s*+(?:[+?:]=|[:=>{])?+\\s*+"
          + "(?:[&!]\\S*+\\s*+){0,2}+[{\\[\"'|>]?+\\s*+(?:#.*)?+$";

  private static final String NO_LETTER = "(?<![\\p{L}\\p{N}_-])";

  private static final Pattern NOTHING = Pattern.compile("\\s*+(?:(?:#|//).*)?+");

  private KeyPlaces() {}

  /**
   * The place of the key whose value stands at a place, or that of the value where the key is not
   * found: its spelling in the document may differ.
   *
   * @param text the document, or null where there is none
   * @param key the last of the value's path
   */
  public static Origin find(Origin value, @Nullable DocumentText text, String key) {
    if (text == null || value.line() == 0 || value.column() == 0 || key.isEmpty()) {
      return value;
    }
    List<String> lines = linesUpTo(text.text(), value.line());
    int index = value.line() - 1;
    if (index >= lines.size()) {
      return value;
    }
    String line = lines.get(index);
    int most = Math.min(value.column() - 1, line.codePointCount(0, line.length()));
    String begin = line.substring(0, line.offsetByCodePoints(0, most));
    for (int i = 0; i < MOST_LINES && index > 0 && NOTHING.matcher(begin).matches(); i++) {
      index--;
      begin = lines.get(index);
    }
    int column = column(begin, key);
    return column == 0 ? value : new Origin(value.source(), value.document(), index + 1, column);
  }

  /** The first lines of a text, of long ones the begin. */
  private static List<String> linesUpTo(String text, int line) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length() && lines.size() < line; i++) {
      if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        lines.add(text.substring(from, Math.min(i, from + MOST_CHARS)));
        i += text.startsWith("\r\n", i) ? 1 : 0;
        from = i + 1;
      }
    }
    return lines;
  }

  /** Where the key stands that ends a text, from 1 in characters; 0 where it does not. */
  private static int column(String begin, String key) {
    String name = Pattern.quote(key);
    String word = name + "(?![\\p{L}\\p{N}_-])";
    String quoted = "([\"'])" + name + "\\1";
    Pattern last = Pattern.compile(NO_LETTER + "(?:" + quoted + "|" + word + ")" + BETWEEN);
    Matcher found = last.matcher(begin);
    return found.find() ? begin.codePointCount(0, found.start()) + 1 : 0;
  }
}
