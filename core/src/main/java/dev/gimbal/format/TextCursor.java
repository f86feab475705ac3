package dev.gimbal.format;

/**
 * Turns offsets of a text into lines and columns. Both count from 1; a column is a character (a
 * code point), and a line ends at LF, CR LF or CR. Cheap while the offsets grow. Used by one
 * thread.
 *
 * @since 0.1.0
 */
public final class TextCursor {

  private final String text;
  private int offset;
  private int line = 1;
  private int column = 1;

  public TextCursor(String text) {
    this.text = text;
  }

  /** Goes to the character at {@code target}; beyond the end, to the end. */
  public TextCursor moveTo(long target) {
    if (target < offset) {
      offset = 0;
      line = 1;
      column = 1;
    }
    int end = (int) Math.min(target, text.length());
    int i = offset;
    while (i < end) {
      char c = text.charAt(i++);
      if (c > '\r' && c < Character.MIN_SURROGATE) {
        column++; // as nearly all do
      } else if (c == '\n' || (c == '\r' && !isLineFeed(i))) {
        line++;
        column = 1;
      } else if (!isSecondHalf(c, i - 1)) {
        column++;
      }
    }
    offset = i;
    return this;
  }

  private boolean isLineFeed(int i) {
    return i < text.length() && text.charAt(i) == '\n';
  }

  /** Whether the unit at {@code i} completes a character that began before it. */
  private boolean isSecondHalf(char c, int i) {
    return Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  /**
   * What stands at {@code target}, in the words of a message: the character in quotes, its number
   * where it cannot be seen, {@code space}, {@code tab}, {@code line break} or {@code end of the
   * document}.
   */
  public String found(long target) {
    if (target >= text.length()) {
      return "end of the document";
    }
    int c = text.codePointAt((int) target);
    if (c == '\n' || c == '\r') {
      return "line break";
    }
    if (c == ' ' || c == '\t') {
      return c == ' ' ? "space" : "tab";
    }
    boolean visible = c > ' ' && c < 0x7F || Character.isLetterOrDigit(c);
    return visible ? "'" + Character.toString(c) + "'" : String.format("U+%04X", c);
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
