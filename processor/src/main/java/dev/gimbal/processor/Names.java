package dev.gimbal.processor;

import dev.gimbal.tree.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Spellings of names. Pure. */
final class Names {

  private static final String OF_PATTERNS = "\\^$.|?*+()[]{}/";

  private Names() {}

  /**
   * A regular expression of the keys that are read as this name: in any case, with separators
   * anywhere.
   */
  static String keyPattern(String name) {
    return pattern(ObjectNode.bareName(name), "[-_. ]*");
  }

  /** A regular expression of the texts that are read as this name of a constant. */
  static String constantPattern(String name) {
    return pattern(bareConstant(name), "[-_]*");
  }

  /** A name of a constant as texts are compared with it. */
  static String bareConstant(String name) {
    StringBuilder bare = new StringBuilder();
    name.chars()
        .filter(c -> c != '-' && c != '_')
        .forEach(c -> bare.append(Character.toLowerCase((char) c)));
    return bare.toString();
  }

  private static String pattern(String bare, String separators) {
    StringBuilder pattern = new StringBuilder("^").append(separators);
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      char upper = Character.toUpperCase(c);
      if (upper != c) {
        pattern.append('[').append(c).append(upper).append(']');
      } else if (OF_PATTERNS.indexOf(c) >= 0) {
        pattern.append('\\').append(c);
      } else {
        pattern.append(c);
      }
      pattern.append(separators);
    }
    return pattern.append('$').toString();
  }

  /** Whether one constant only is read from texts like this name. */
  static boolean isAlone(String name, List<String> constants) {
    String bare = bareConstant(name);
    return constants.stream().filter(other -> bareConstant(other).equals(bare)).count() == 1;
  }

  /** What messages call a type: {@code Server.Pool} of {@code app.Server$Pool}. */
  static String nested(String binaryName) {
    return binaryName.substring(binaryName.lastIndexOf('.') + 1).replace('$', '.');
  }

  /** {@code max-size} of {@code maxSize}. */
  static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1-$2")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }
}
