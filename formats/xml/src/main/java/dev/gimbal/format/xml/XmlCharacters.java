package dev.gimbal.format.xml;

/** The classes of characters of XML 1.0, fifth edition. */
final class XmlCharacters {

  private static final int[] NAME_START = {
    ':', ':', 'A', 'Z', '_', '_', 'a', 'z', 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D,
    0x37F, 0x1FFF, 0x200C, 0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF,
    0xFDF0, 0xFFFD, 0x10000, 0xEFFFF
  };

  private static final int[] NAME_MORE = {
    '-', '.', '0', '9', 0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040
  };

  private XmlCharacters() {}

  static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  /** The first place from {@code from} on where no white space stands. */
  static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether a document may hold a character, as it is or by its number. */
  static boolean isAllowed(int c) {
    return c >= ' ' && c <= 0xD7FF
        || c == '\n'
        || c == '\t'
        || c == '\r'
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000 && c <= 0x10FFFF;
  }

  /** Where the name that begins at {@code from} ends; {@code from} if there is none. */
  static int nameEnd(String text, int from) {
    int i = from;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isIn(NAME_START, c) && (i == from || !isIn(NAME_MORE, c))) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static boolean isIn(int[] ranges, int c) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
