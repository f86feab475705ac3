package dev.gimbal.format.yaml;

/**
 * Reads scalars in quotes. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#73-flow-scalar-styles">YAML 1.2.2, 7.3</a>
 */
final class YamlQuoted {

  private final YamlText text;
  private final YamlFold fold;
  private final StringBuilder value = new StringBuilder();

  /** The part of the value that keeps the blanks at its end. */
  private int solid;

  /** Where the opening quote stands, and what is read now. */
  private int begin;

  private int at;

  /** The line that {@code at} stands in. */
  private int line;

  /** The indentation of what the scalar stands in. */
  private int parent;

  YamlQuoted(YamlText text) {
    this.text = text;
    this.fold = new YamlFold(text);
  }

  /**
   * Reads the scalar whose opening quote stands here.
   *
   * @param parent the indentation of what it stands in: its later lines have more
   */
  String read(int parent) {
    this.parent = parent;
    begin = text.at();
    line = text.lineBegin();
    at = begin + 1;
    value.setLength(0);
    solid = 0;
    char quote = text.next();
    while (true) {
      int from = at;
      skipPlain(quote);
      value.append(text.source(), from, at);
      char c = text.at(at);
      if (c == '\\') {
        escape();
      } else if (c != quote) {
        lineBreak();
      } else if (quote == '\'' && text.at(at + 1) == quote) {
        value.append(quote);
        at += 2;
      } else {
        text.take(at + 1, line);
        return value.toString();
      }
      solid = value.length();
    }
  }

  /** Goes to a quote, a line break, or a backslash where it escapes. */
  private void skipPlain(char quote) {
    for (; at < text.source().length(); at++) {
      char c = text.at(at);
      if (c == quote || YamlText.isBreak(c) || c == '\\' && quote == '"') {
        return;
      }
      text.checkAnywhere(at);
    }
    throw YamlErrors.notClosed(text, at, begin);
  }

  private void lineBreak() {
    int end = value.length();
    while (end > solid && YamlText.isBlank(value.charAt(end - 1))) {
      end--;
    }
    value.setLength(end);
    skipLines();
    fold.appendTo(value);
  }

  private void skipLines() {
    fold.skip(at);
    at = fold.at();
    line = fold.line();
    if (at == text.source().length() || fold.isMarker()) {
      throw YamlErrors.notClosed(text, at, begin);
    }
    if (fold.indent() <= parent) {
      throw fold.hasTab()
          ? YamlErrors.tab(text, line + fold.indent())
          : YamlErrors.notIndented(text, at, begin, fold.indent(), parent + 1);
    }
  }

  /** Reads what a backslash begins. */
  private void escape() {
    char c = text.at(at + 1);
    switch (c) {
      case '0' -> value.append('\0');
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 't', '\t' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'v' -> value.append('\u000B');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case 'e' -> value.append('\u001B');
      case ' ', '"', '/', '\\' -> value.append(c);
      case 'N' -> value.append('\u0085');
      case '_' -> value.append('\u00A0');
      case 'L' -> value.append('\u2028');
      case 'P' -> value.append('\u2029');
      case 'x' -> codePoint(2);
      case 'u' -> codePoint(4);
      case 'U' -> codePoint(8);
      case '\n', '\r' -> {
        at++;
        skipLines();
        fold.appendFurther(value);
        return;
      }
      default ->
          throw text.unexpected(
              at + 1,
              "one of 0 a b t n v f r e N _ L P x u U \" / \\ or a space behind the backslash");
    }
    at += 2;
  }

  private void codePoint(int digits) {
    int from = at + 2;
    long found = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.at(i) < 128 ? Character.digit(text.at(i), 16) : -1;
      if (digit < 0) {
        throw text.unexpected(i, digits + " hexadecimal digits behind \\" + text.at(at + 1));
      }
      found = found * 16 + digit;
    }
    if (found > Character.MAX_CODE_POINT) {
      throw text.malformed(at, "an escape beyond U+10FFFF, the last character");
    }
    value.appendCodePoint((int) found);
    at += digits;
  }
}
