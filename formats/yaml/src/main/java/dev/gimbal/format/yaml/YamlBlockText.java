package dev.gimbal.format.yaml;

/**
 * Reads scalars that are blocks: {@code |} keeps line breaks, {@code >} folds them. Used by one
 * thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#81-block-scalar-styles">YAML 1.2.2, 8.1</a>
 */
final class YamlBlockText {

  private final YamlText text;
  private final StringBuilder value = new StringBuilder();

  private boolean folds;

  /** {@code -} drops the line breaks at the end, {@code +} keeps them; otherwise one is kept. */
  private char chomp;

  /** The indentation of the lines; 0 in the header if it does not say. */
  private int indent;

  /** The line that is looked at: where it begins, and its first character that is no space. */
  private int line;

  private int at;

  /** The line breaks since the last line of text. */
  private int breaks;

  YamlBlockText(YamlText text) {
    this.text = text;
  }

  /**
   * Reads the scalar whose indicator stands here.
   *
   * @param parent the indentation of what it stands in
   */
  String read(int parent) {
    int begin = text.at();
    value.setLength(0);
    header();
    indent = indent > 0 ? Math.max(parent, 0) + indent : detect(parent, begin);
    lines();
    return value.toString();
  }

  /** The indentation of the scalar that was read last. */
  int indent() {
    return indent;
  }

  private void header() {
    folds = text.next() == '>';
    chomp = ' ';
    indent = 0;
    text.take(text.at() + 1);
    while (!text.isSpace(text.at())) {
      char c = text.next();
      if ((c == '-' || c == '+') && chomp == ' ') {
        chomp = c;
      } else if (c >= '1' && c <= '9' && indent == 0) {
        indent = c - '0';
      } else {
        throw text.unexpected(
            "the end of the line behind | or >, or - or +, or a number of spaces from 1 to 9");
      }
      text.take(text.at() + 1);
    }
    text.skipBlanks();
    text.skipComment();
    if (!text.isAtEnd() && !YamlText.isBreak(text.next())) {
      throw text.unexpected("the end of the line behind | or >");
    }
    lineAt(text.isAtEnd() ? text.at() : text.behindBreak(text.at()));
  }

  private void lineAt(int begin) {
    line = begin;
    at = begin;
    while (text.at(at) == ' ') {
      at++;
    }
  }

  private boolean isAtEnd() {
    return at == text.source().length();
  }

  /** The indentation of the first line that is not empty, if it is one of this scalar. */
  private int detect(int parent, int begin) {
    int first = line;
    int widest = 0;
    int widestAt = at;
    while (isEndOfLine() && isLine()) {
      if (at - line > widest) {
        widest = at - line;
        widestAt = at;
      }
      lineAt(isAtEnd() ? at : text.behindBreak(at));
    }
    int found = at - line;
    boolean empty = isAtEnd() || text.isMarker(at, line) || found <= parent;
    if (!empty && widest > found) {
      throw text.malformed(
          widestAt,
          "the block that begins at "
              + text.place(begin)
              + " has more spaces in this empty line than in its first line of text",
          begin);
    }
    lineAt(first);
    return empty ? Math.max(widest, parent + 1) : found;
  }

  private void lines() {
    boolean wasText = false;
    breaks = 0;
    while (isLine()) {
      boolean spaces = isEndOfLine();
      if (spaces ? at - line > indent : at - line >= indent) {
        boolean isText = !YamlText.isBlank(text.at(line + indent));
        separate(wasText && isText);
        wasText = isText;
        append();
      }
      if (isAtEnd()) {
        breaks += spaces ? 1 : 0; // spaces alone at the end of the document are a line
        line = at;
      } else {
        breaks++;
        lineAt(text.behindBreak(at));
      }
    }
    end();
  }

  /** Whether this line is one of the scalar. */
  private boolean isLine() {
    if (text.isMarker(at, line)) {
      return false;
    }
    return isEndOfLine() ? at > line || !isAtEnd() : at - line >= indent;
  }

  private boolean isEndOfLine() {
    return isAtEnd() || YamlText.isBreak(text.at(at));
  }

  /** Writes what the line breaks before a line stand for. */
  private void separate(boolean betweenText) {
    if (folds && betweenText) {
      value.append(breaks == 1 ? " " : "\n".repeat(breaks - 1));
    } else {
      value.append("\n".repeat(breaks));
    }
    breaks = 0;
  }

  private void append() {
    int from = line + indent;
    at = from;
    while (!isAtEnd() && !YamlText.isBreak(text.at(at))) {
      text.check(at);
      at++;
    }
    value.append(text.source(), from, at);
  }

  private void end() {
    if (chomp == '+') {
      value.append("\n".repeat(breaks));
    } else if (chomp == ' ' && value.length() > 0 && breaks > 0) {
      value.append('\n');
    }
    if (text.at(at) == '\t') {
      throw YamlErrors.tab(text, at);
    }
    text.beginLine(line);
  }
}
