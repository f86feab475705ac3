package dev.gimbal.format.xml;

/**
 * A text and where it begins.
 *
 * @param text without markup; references resolved, line breaks as LF
 */
record XmlText(String text, int line, int column) {

  /** Whether it is white space alone. */
  boolean isBlank() {
    return XmlCharacters.skipBlanks(text, 0) == text.length();
  }

  /** This text without the white space at both ends; the place is that of the first other one. */
  XmlText trimmed() {
    int begin = XmlCharacters.skipBlanks(text, 0);
    int end = text.length();
    while (end > begin && XmlCharacters.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return new XmlText(text.substring(begin, end), line, column);
  }
}
