package dev.gimbal.format.yaml;

/** Small steps in the text of a document that is well formed. Keeps no state. */
final class YamlToken {

  private YamlToken() {}

  /** Behind the anchor and the tag that stand at an offset in one line. */
  static int propertiesEnd(String source, int at) {
    int end = propertyEnd(source, at);
    int next = skipBlanks(source, end);
    return isProperty(source, next) ? propertyEnd(source, next) : end;
  }

  static boolean isProperty(String source, int at) {
    return at < source.length() && (source.charAt(at) == '&' || source.charAt(at) == '!');
  }

  /** Behind one of them. */
  static int propertyEnd(String source, int at) {
    boolean verbatim = source.startsWith("!<", at);
    int end = at;
    while (end < source.length() && !isBlankOrBreak(source.charAt(end))) {
      char c = source.charAt(end);
      if (verbatim && c == '>') {
        return end + 1;
      }
      if (!verbatim && YamlText.isFlowIndicator(c)) {
        return end;
      }
      end++;
    }
    return end;
  }

  private static boolean isBlankOrBreak(char c) {
    return YamlText.isBlank(c) || YamlText.isBreak(c);
  }

  static int skipBlanks(String source, int at) {
    int end = at;
    while (end < source.length() && YamlText.isBlank(source.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Behind blanks, line breaks and comments. */
  static int skipGap(String source, int at) {
    int end = at;
    while (true) {
      end = skipBlanks(source, end);
      if (isComment(source, end)) {
        end = endOfLine(source, end);
      }
      if (end == source.length() || !YamlText.isBreak(source.charAt(end))) {
        return end;
      }
      end++;
    }
  }

  static boolean isComment(String source, int at) {
    return at < source.length()
        && source.charAt(at) == '#'
        && (at == 0 || isBlankOrBreak(source.charAt(at - 1)));
  }

  /** The line break at or behind an offset, or the end of the text. */
  static int endOfLine(String source, int at) {
    int end = at;
    while (end < source.length() && !YamlText.isBreak(source.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Behind the line break at an offset, if one is there. */
  static int behindBreak(String source, int at) {
    if (source.startsWith("\r\n", at)) {
      return at + 2;
    }
    return at < source.length() ? at + 1 : at;
  }

  /** Before the line break that ends at an offset, if one does. */
  static int beforeBreak(String source, int at) {
    if (at > 1 && source.startsWith("\r\n", at - 2)) {
      return at - 2;
    }
    return at > 0 && YamlText.isBreak(source.charAt(at - 1)) ? at - 1 : at;
  }

  /** Where the line of an offset begins; a byte order mark is not part of it. */
  static int lineBegin(String source, int at) {
    int begin = at;
    while (begin > 0
        && !YamlText.isBreak(source.charAt(begin - 1))
        && source.charAt(begin - 1) != '\uFEFF') {
      begin--;
    }
    return begin;
  }

  static int column(String source, int at) {
    return at - lineBegin(source, at);
  }

  /** Whether nothing but blanks stands before an offset in its line. */
  static boolean isFirst(String source, int at) {
    return skipBlanks(source, lineBegin(source, at)) == at;
  }

  /** Whether nothing stands behind an offset in its line, not even a comment. */
  static boolean isLast(String source, int at) {
    return skipBlanks(source, at) == endOfLine(source, at);
  }

  /** Whether a comment follows in the line. */
  static boolean hasComment(String source, int at) {
    return isComment(source, skipBlanks(source, at));
  }

  /** Whether the text in a block at an offset keeps the line breaks at its end. */
  static boolean keeps(String source, int at) {
    return header(source, at).indexOf('+') >= 0;
  }

  /** The indicators of the text in a block. */
  static String header(String source, int at) {
    int end = at;
    while (end < source.length() && !isBlankOrBreak(source.charAt(end))) {
      end++;
    }
    return source.substring(at, end);
  }
}
