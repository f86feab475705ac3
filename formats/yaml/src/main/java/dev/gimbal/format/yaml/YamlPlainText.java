package dev.gimbal.format.yaml;

/**
 * Reads scalars without quotes. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#733-plain-style">YAML 1.2.2, 7.3.3</a>
 */
final class YamlPlainText {

  /** What no such scalar begins with; with {@code - ? :} it may, if more follows. */
  static final String INDICATORS = ",[]{}#&*!|>'\"%@`";

  private final YamlText text;
  private final YamlFold fold;

  /** Where the part in the present line ends, without the blanks behind it. */
  private int end;

  /** The line that it stands in. */
  private int line;

  YamlPlainText(YamlText text) {
    this.text = text;
    this.fold = new YamlFold(text);
  }

  /**
   * Reads the scalar that begins here.
   *
   * @param parent the indentation of what it stands in: its later lines have more
   * @param flow whether it stands in brackets
   */
  String read(int parent, boolean flow) {
    int begin = text.at();
    if (!begins(begin, flow)) {
      throw text.unexpected("a value (quote a text that begins so)");
    }
    line = text.lineBegin();
    scan(begin, flow);
    String value = text.source().substring(begin, end);
    StringBuilder lines = null;
    while (goesOn(parent, flow)) {
      lines = lines == null ? new StringBuilder(value) : lines;
      fold.appendTo(lines);
      line = fold.line();
      scan(fold.at(), flow);
      lines.append(text.source(), fold.at(), end);
    }
    text.take(end, line);
    return lines == null ? value : lines.toString();
  }

  private boolean begins(int at, boolean flow) {
    char c = text.at(at);
    if (c == '-' || c == '?' || c == ':') {
      return !text.endsIndicator(at + 1, flow);
    }
    return !text.isSpace(at) && INDICATORS.indexOf(c) < 0;
  }

  /** Whether the next line that is not blank is one of this scalar. */
  private boolean goesOn(int parent, boolean flow) {
    int at = end;
    while (YamlText.isBlank(text.at(at))) {
      at++;
    }
    if (!YamlText.isBreak(text.at(at))) {
      return false;
    }
    fold.skip(at);
    char c = text.at(fold.at());
    return fold.at() < text.source().length()
        && fold.indent() > parent
        && !fold.isMarker()
        && c != '#'
        && !(flow && YamlText.isFlowIndicator(c))
        && !(c == ':' && text.endsIndicator(fold.at() + 1, flow));
  }

  private void scan(int begin, boolean flow) {
    int at = begin;
    end = begin;
    while (at < text.source().length()) {
      char c = text.at(at);
      if (YamlText.isBlank(c)) {
        at++;
        continue;
      }
      if (YamlText.isBreak(c)
          || c == ':' && text.endsIndicator(at + 1, flow)
          || c == '#' && at > end
          || flow && YamlText.isFlowIndicator(c)) {
        return;
      }
      text.check(at);
      end = ++at;
    }
  }
}
