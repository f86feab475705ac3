package dev.gimbal.format.yaml;

/**
 * Joins the lines of a scalar that is no block: one line break is a space, each further one a line
 * break, and blanks around them are dropped. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#65-line-folding">YAML 1.2.2, 6.5</a>
 */
final class YamlFold {

  private final YamlText text;

  /** The line that the next text stands in, and where it begins there. */
  private int line;

  private int at;

  /** The spaces that the line begins with. */
  private int indent;

  private int breaks;

  YamlFold(YamlText text) {
    this.text = text;
  }

  /** Goes from a line break to the next line that is not blank, or the end. */
  void skip(int offset) {
    breaks = 0;
    at = offset;
    while (YamlText.isBreak(text.at(at))) {
      line = text.behindBreak(at);
      breaks++;
      at = line;
      while (text.at(at) == ' ') {
        at++;
      }
      indent = at - line;
      while (YamlText.isBlank(text.at(at))) {
        at++;
      }
    }
  }

  int line() {
    return line;
  }

  int at() {
    return at;
  }

  int indent() {
    return indent;
  }

  /** Whether a tab stands behind them, before the text. */
  boolean hasTab() {
    return at > line + indent;
  }

  boolean isMarker() {
    return text.isMarker(at, line);
  }

  /** What stands for the line breaks. */
  void appendTo(StringBuilder out) {
    out.append(breaks == 1 ? " " : "");
    appendFurther(out);
  }

  /** The same, without the first one. */
  void appendFurther(StringBuilder out) {
    for (int i = 1; i < breaks; i++) {
      out.append('\n');
    }
  }
}
