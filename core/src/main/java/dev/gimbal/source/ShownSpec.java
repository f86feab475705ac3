package dev.gimbal.source;

import dev.gimbal.secret.SecretKeys;
import java.util.Locale;
import java.util.Set;

/**
 * What messages show of a source's URI: neither who logs in with it nor options that are secret.
 */
final class ShownSpec {

  /** Says that all values of the source are secrets, and is none. */
  private static final Set<String> MARKS = Set.of("secret=true", "secret=false");

  private ShownSpec() {}

  /** The URI with {@code ***} for secrets; where it is not clear what is one, for more. */
  static String of(String text) {
    int userEnd = isFile(text) ? -1 : userEnd(text);
    StringBuilder shown = new StringBuilder();
    if (userEnd >= 0) {
      shown.append(text, 0, locationStart(text)).append(SecretKeys.MASK);
    }
    int from = Math.max(0, userEnd);
    int options = optionEnd(text, from);
    shown.append(text, from, options);
    boolean afterSecret = false;
    for (from = options; from < text.length(); ) {
      int end = optionEnd(text, from + 1);
      String option = text.substring(from + 1, end);
      int equal = option.indexOf('=');
      afterSecret =
          equal < 0 ? afterSecret : isSecret(option.substring(0, equal)) && !MARKS.contains(option);
      shown.append(text.charAt(from));
      shown.append(afterSecret ? option.substring(0, equal + 1) + SecretKeys.MASK : option);
      from = end;
    }
    return shown.toString();
  }

  /** Where the {@code @} stands that ends who logs in; -1 where nobody does. */
  private static int userEnd(String text) {
    int question = text.indexOf('?');
    if (question < 0 || isCut(text.substring(locationStart(text), question))) {
      return text.lastIndexOf('@');
    }
    int equals = text.indexOf('=', question);
    return text.lastIndexOf('@', equals < 0 ? text.length() : equals);
  }

  /** Whether what stands before the first question mark may be the begin of a password. */
  private static boolean isCut(String location) {
    int slash = location.indexOf('/');
    String host = slash < 0 ? location : location.substring(0, slash);
    int port = host.lastIndexOf(':') + 1;
    boolean isPort = host.substring(port).chars().allMatch(c -> c >= '0' && c <= '9');
    return location.indexOf('@') < 0 && (slash < 0 || port > 0 && !isPort);
  }

  private static int locationStart(String text) {
    int colon = SourceSpec.schemeOf(text).length();
    return text.startsWith("//", colon + 1) ? colon + 3 : colon + 1;
  }

  private static int optionEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '&' && text.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  /** Whether an option's value is shown as {@code ***}; a header may prove who asks. */
  static boolean isSecret(String option) {
    String key = option.toLowerCase(Locale.ROOT);
    return key.equals("bearer") || key.startsWith("header.") || SecretKeys.isSecret(option);
  }

  private static boolean isFile(String text) {
    String scheme = SourceSpec.schemeOf(text);
    return scheme.isEmpty() || scheme.equals("file") || scheme.equals("dir");
  }
}
