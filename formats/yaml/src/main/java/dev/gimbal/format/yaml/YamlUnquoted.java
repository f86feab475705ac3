package dev.gimbal.format.yaml;

/**
 * Whether a string can be written without quotes and is read as the same string, also by YAML 1.1.
 */
final class YamlUnquoted {

  private YamlUnquoted() {}

  static boolean holds(String text) {
    return isOneLine(text) && YamlScalars.isString(text) && !YamlOldTypes.has(text);
  }

  /** Whether the grammar takes this text for a plain scalar in a block, and takes all of it. */
  private static boolean isOneLine(String text) {
    if (text.isEmpty() || !mayBegin(text) || text.startsWith("---") || text.startsWith("...")) {
      return false;
    }
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean ends =
          c == ':' && (i == last || text.charAt(i + 1) == ' ')
              || c == '#' && i > 0 && text.charAt(i - 1) == ' '
              || c == ' ' && i == last;
      if (ends || !isPrintable(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayBegin(String text) {
    char c = text.charAt(0);
    if (c == '-' || c == '?' || c == ':') {
      return text.length() > 1 && text.charAt(1) != ' ';
    }
    return c != ' ' && YamlPlainText.INDICATORS.indexOf(c) < 0;
  }

  /** Whether the character at {@code i} stands for itself within one line. */
  static boolean isPrintable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c >= ' ' && c <= '~'
        || c >= 0xA0 && c < 0xFFFE && c != 0x2028 && c != 0x2029 && c != 0xFEFF;
  }
}
