package dev.gimbal.bind;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constants of an enum, or names of types, by their text. */
final class Enums {

  private Enums() {}

  /**
   * The constant of exactly this name, else the only one whose name is the same but for case,
   * hyphens and underscores; null where there is none.
   */
  static <T> @Nullable T find(T[] constants, String text) {
    T alike = null;
    int count = 0;
    for (T constant : constants) {
      String name = name(constant);
      if (name.equals(text)) {
        return constant;
      }
      if (isAlike(name, text)) {
        alike = constant;
        count++;
      }
    }
    return count == 1 ? alike : null;
  }

  static String expected(Object[] constants) {
    StringBuilder text = new StringBuilder("one of ");
    for (int i = 0; i < constants.length; i++) {
      text.append(i == 0 ? "" : ", ").append(name(constants[i]));
    }
    return constants.length == 0 ? "nothing: the enum has no constants" : text.toString();
  }

  static List<String> names(Object[] constants) {
    return Arrays.stream(constants).map(Enums::name).toList();
  }

  private static String name(Object constant) {
    return constant instanceof Enum<?> named ? named.name() : (String) constant;
  }

  private static boolean isAlike(String a, String b) {
    int i = letter(a, 0);
    int j = letter(b, 0);
    while (i < a.length() && j < b.length()) {
      if (Character.toLowerCase(a.charAt(i)) != Character.toLowerCase(b.charAt(j))) {
        return false;
      }
      i = letter(a, i + 1);
      j = letter(b, j + 1);
    }
    return i == a.length() && j == b.length();
  }

  /** The next index, from here on, of what is neither a hyphen nor an underscore. */
  private static int letter(String text, int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '_')) {
      i++;
    }
    return i;
  }
}
