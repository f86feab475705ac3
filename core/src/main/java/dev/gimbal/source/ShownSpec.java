package dev.gimbal.source;

import dev.gimbal.secret.SecretKeys;
import java.util.Locale;

/**
 * What messages show of a source's URI: neither who logs in with it nor options that are secret.
 */
final class ShownSpec {

  private ShownSpec() {}

  /** The URI with {@code ***} for secrets. */
  static String of(String text) {
    int question = text.indexOf('?');
    if (question < 0) {
      return withoutUser(text);
    }
    int equals = text.indexOf('=', question);
    int userEnd = isFile(text) ? -1 : text.lastIndexOf('@', equals < 0 ? text.length() : equals);
    if (userEnd > question) { // a password with a question mark
      question = text.indexOf('?', userEnd);
    }
    if (question < 0) {
      return withoutUser(text);
    }
    StringBuilder shown = new StringBuilder(withoutUser(text.substring(0, question)));
    boolean afterSecret = false;
    for (int from = question; from < text.length(); ) {
      int end = optionEnd(text, from + 1);
      String option = text.substring(from + 1, end);
      int equal = option.indexOf('=');
      afterSecret = equal < 0 ? afterSecret : isSecret(option.substring(0, equal));
      shown.append(text.charAt(from));
      shown.append(afterSecret ? option.substring(0, equal + 1) + SecretKeys.MASK : option);
      from = end;
    }
    return shown.toString();
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

  /** What stands between a scheme, which is none of files, and the last {@code @} is masked. */
  private static String withoutUser(String location) {
    int at = location.lastIndexOf('@');
    if (at < 0 || isFile(location)) {
      return location;
    }
    String scheme = SourceSpec.schemeOf(location);
    String slashes = location.startsWith("//", scheme.length() + 1) ? "//" : "";
    return scheme + ':' + slashes + SecretKeys.MASK + location.substring(at);
  }
}
