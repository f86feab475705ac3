package dev.gimbal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The line of a document that a problem is about, as far as it may be shown: the key that it begins
 * with, or its brackets, and {@code ***} in place of the rest. Immutable.
 *
 * @param line its number, from 1
 * @param text what is shown of it, in one line; what a terminal would obey may be in it
 * @param caret how many characters of the text stand before the place
 * @param begin the line where that begins which is not closed at the place; null where nothing is
 *     open, or that is the same place of the same line
 * @since 0.1.0
 */
public record Excerpt(int line, String text, int caret, @Nullable Excerpt begin) {

  /** How many characters of a line are printed at most. */
  private static final int WIDTH = 72;

  private static final String CUT = "...";

  public Excerpt {
    Objects.requireNonNull(text, "text");
    if (line < 1) {
      throw new IllegalArgumentException("line: " + line + " (expected: >= 1)");
    }
    int characters = text.codePointCount(0, text.length());
    if (caret < 0 || caret > characters) {
      throw new IllegalArgumentException(
          "caret: " + caret + " (expected: 0 to " + characters + ")");
    }
  }

  /** A line alone. */
  public Excerpt(int line, String text, int caret) {
    this(line, text, caret, null);
  }

  /** The same line, below the one where that begins which is not closed. */
  public Excerpt withBegin(@Nullable Excerpt opening) {
    return new Excerpt(line, text, caret, opening);
  }

  /**
   * The number, a bar and the text, and a caret in a second line; of a long text what stands around
   * the place. Characters that a terminal obeys or hides are a backslash, {@code u} and four
   * hexadecimal digits. The line where something begins stands above, with {@code ^ begins here}; a
   * line that is both stands there once.
   */
  @Override
  public String toString() {
    Shown shown = shown();
    if (begin == null) {
      return shown.text + "\n" + shown.caret;
    }
    Shown opening = begin.shown();
    String rest = opening.text.equals(shown.text) ? shown.caret : shown.text + "\n" + shown.caret;
    return opening.text + "\n" + opening.caret + " begins here\n" + rest;
  }

  /** A line and the one below it. */
  private record Shown(String text, String caret) {}

  private Shown shown() {
    int[] characters = text.codePoints().toArray();
    int from = Math.max(0, Math.min(caret - WIDTH / 2, characters.length - WIDTH));
    int to = Math.min(characters.length, from + WIDTH);
    StringBuilder shown = new StringBuilder(from > 0 ? CUT : "");
    StringBuilder below = new StringBuilder(from > 0 ? " ".repeat(CUT.length()) : "");
    for (int i = from; i < to; i++) {
      String character = visible(characters[i]);
      shown.append(character);
      if (i < caret) {
        below.append(character.equals("\t") ? character : " ".repeat(width(character)));
      }
    }
    shown.append(to < characters.length ? CUT : "");
    String first = String.format("%8d | %s", line, shown).stripTrailing();
    return new Shown(first, " ".repeat(8) + " | " + below + "^");
  }

  private static String visible(int c) {
    return c == '\t' || !isObeyed(c) ? Character.toString(c) : String.format("\\u%04x", c);
  }

  /** A control character, or one that breaks a line or turns its direction. */
  private static boolean isObeyed(int c) {
    return Character.isISOControl(c)
        || c == 0x061C
        || c >= 0x200E && c <= 0x200F
        || c >= 0x2028 && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }

  /** How many columns of a terminal a character takes, or what stands for it. */
  private static int width(String text) {
    int c = text.codePointAt(0);
    if (text.length() > Character.charCount(c)) {
      return text.length();
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  /** Characters of East Asia and pictures. */
  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F
        || c >= 0x2E80 && c <= 0xA4CF && c != 0x303F
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFE30 && c <= 0xFE6F
        || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6
        || c >= 0x1F300 && c <= 0x1F64F
        || c >= 0x1F900 && c <= 0x1F9FF
        || c >= 0x20000 && c <= 0x3FFFD;
  }
}
