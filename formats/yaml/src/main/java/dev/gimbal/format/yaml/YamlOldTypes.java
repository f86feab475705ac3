package dev.gimbal.format.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Plain scalars that are strings here, but that readers of YAML 1.1 take for something else: {@code
 * yes}, {@code 1:30}, {@code 2001-01-01}. It is wider than any one of them.
 */
final class YamlOldTypes {

  private static final Set<String> WORDS =
      Set.of(
          "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<", ".inf",
          "+.inf", "-.inf", ".nan");

  private static final int LONGEST_WORD = 5;

  /** {@code 0b1010}, {@code -0x1F}, {@code 0o17}. */
  private static final Pattern RADIX = Pattern.compile("[-+]?0[bBoOxX][0-9a-fA-F_,]+");

  /** {@code 1_000}, {@code 1,000}, {@code 0644}, {@code 1:30}, {@code 1:30.5}, {@code 1_0.5e3}. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9][0-9_,:]*(?:\\.[0-9_,]*)?|\\.[0-9_,]+)(?:[eE][-+]?[0-9_]+)?");

  /** {@code 2001-1-31}, and a time behind it. */
  private static final Pattern TIMESTAMP =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ] *[0-9].*)?");

  private YamlOldTypes() {}

  static boolean has(String text) {
    if (text.length() <= LONGEST_WORD && WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return true;
    }
    return RADIX.matcher(text).matches()
        || NUMBER.matcher(text).matches()
        || TIMESTAMP.matcher(text).matches();
  }
}
