package dev.gimbal.source.nats;

import java.util.regex.Pattern;

/** What names of buckets and keys may be, and what is read where nothing is said. */
final class NatsKeys {

  /** Between the parts of a key, as NATS itself has it. */
  static final char SEPARATOR = '.';

  static final String DEFAULT_BUCKET = "default";

  /** The key of a document. */
  static final String DEFAULT_KEY = "micro_config";

  static final String DEFAULT_FORMAT = "json";

  private static final Pattern BUCKET = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final Pattern KEY = Pattern.compile("[-/_=a-zA-Z0-9]+(\\.[-/_=a-zA-Z0-9]+)*");

  private NatsKeys() {}

  static boolean isBucket(String name) {
    return BUCKET.matcher(name).matches();
  }

  static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /** Whether keys may begin with it. */
  static boolean isPrefix(String prefix, char separator) {
    boolean open = !prefix.isEmpty() && prefix.charAt(prefix.length() - 1) == separator;
    return prefix.isEmpty() || isKey(open ? prefix.substring(0, prefix.length() - 1) : prefix);
  }
}
