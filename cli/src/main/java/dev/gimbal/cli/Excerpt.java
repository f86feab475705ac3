package dev.gimbal.cli;

import dev.gimbal.Origin;
import dev.gimbal.secret.SecretKeys;

/**
 * The line of a place and a caret below it, as a compiler shows them. Of the line, only what {@link
 * DocumentLines#shown} allows is shown unless all is asked for; {@code ***} stands for the rest.
 * Immutable.
 */
final class Excerpt {

  /** How many characters of a line are shown at most. */
  static final int WIDTH = 72;

  private static final String CUT = "...";
  private static final String MASK = SecretKeys.MASK;

  private final int number;
  private final String line;

  /** The character that the caret points at, from 0; that after the last one at most. */
  private final int caret;

  private Excerpt(int number, String line, int caret) {
    this.number = number;
    this.line = line;
    this.caret = caret;
  }

  /**
   * The excerpt of a place; empty where the document does not reach it.
   *
   * @param reveal whether values are shown
   */
  static String text(DocumentLines document, Origin place, boolean reveal) {
    int index = place.line() - 1;
    if (index < 0 || index >= document.size() || place.column() == 0) {
      return "";
    }
    String line = document.line(index);
    int at = Math.min(place.column() - 1, line.codePointCount(0, line.length()));
    if (reveal) {
      return new Excerpt(place.line(), line, at).text();
    }
    String begin = line.substring(0, document.shown(index));
    boolean isMore = !line.substring(begin.length()).isBlank();
    String masked = isMore ? begin + MASK : begin;
    boolean atEnd = line.offsetByCodePoints(0, at) == line.length();
    String before = atEnd ? masked : begin;
    int most = before.codePointCount(0, before.length());
    return new Excerpt(place.line(), masked, atEnd ? most : Math.min(at, most)).text();
  }

  private String text() {
    int[] characters = line.codePoints().toArray();
    int from = Math.max(0, Math.min(caret - WIDTH / 2, characters.length - WIDTH));
    int to = Math.min(characters.length, from + WIDTH);
    StringBuilder shown = new StringBuilder(from > 0 ? CUT : "");
    StringBuilder below = new StringBuilder(from > 0 ? " ".repeat(CUT.length()) : "");
    for (int i = from; i < to; i++) {
      String text = Visible.inLine(Character.toString(characters[i]));
      shown.append(text);
      if (i < caret) {
        below.append(text.equals("\t") ? text : " ".repeat(width(text)));
      }
    }
    shown.append(to < characters.length ? CUT : "");
    String first = String.format("%8d | %s", number, shown).stripTrailing();
    return first + "\n" + " ".repeat(8) + " | " + below + "^";
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
