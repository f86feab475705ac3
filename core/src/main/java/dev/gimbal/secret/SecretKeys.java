package dev.gimbal.secret;

import dev.gimbal.ConfigPath;

/**
 * Tells from a key whether its value is a secret. The key is cut into words at case changes, digits
 * and anything that is neither letter nor digit; it is secret if one word is password, passwd, pwd,
 * pgpassword, passphrase, secret, secretkey, token or credential (or the plural), or if it ends in
 * api, access, private or license followed by key or keys, in one word or two. A bare {@code key}
 * is not secret.
 *
 * <p>Stateless and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SecretKeys {

  /** What is shown in place of a secret. */
  public static final String MASK = "***";

  private static final String[] WORDS = {
    "password",
    "passwd",
    "pwd",
    "pgpassword",
    "passphrase",
    "secret",
    "secretkey",
    "token",
    "credential"
  };
  private static final String[] BEFORE_KEY = {"api", "access", "private", "license"};
  private static final String[] KEYS = {"apikey", "accesskey", "privatekey", "licensekey"};

  private SecretKeys() {}

  /**
   * Whether the key that a value has of its own is secret: the last key of the path. An element of
   * a list has the key of the list, the child {@code ""} that of its object.
   */
  public static boolean isSecret(ConfigPath path) {
    for (int i = path.size() - 1; i >= 0; i--) {
      if (!path.isIndex(i) && !path.key(i).isEmpty()) {
        return isSecret(path.key(i));
      }
    }
    return false;
  }

  /** Whether the scalar or list that has this key is secret. */
  public static boolean isSecret(String key) {
    boolean beforeKey = false;
    boolean endsInKey = false;
    int end;
    for (int start = wordStart(key, 0); start < key.length(); start = wordStart(key, end)) {
      end = wordEnd(key, start);
      if (isOneOf(key, start, end, WORDS, true)) {
        return true;
      }
      endsInKey =
          beforeKey && isWord(key, start, end, "key", true) || isOneOf(key, start, end, KEYS, true);
      beforeKey = isOneOf(key, start, end, BEFORE_KEY, false);
    }
    return endsInKey;
  }

  private static int wordStart(String key, int from) {
    int i = from;
    while (i < key.length() && !Character.isLetter(key.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of a word of letters: where a lower-case letter, or an acronym, is left. */
  private static int wordEnd(String key, int start) {
    int i = start + 1;
    while (i < key.length() && Character.isLetter(key.charAt(i))) {
      if (Character.isUpperCase(key.charAt(i))) {
        boolean afterLower = !Character.isUpperCase(key.charAt(i - 1));
        boolean beforeLower = i + 1 < key.length() && Character.isLowerCase(key.charAt(i + 1));
        if (afterLower || beforeLower) {
          return i;
        }
      }
      i++;
    }
    return i;
  }

  private static boolean isOneOf(String key, int start, int end, String[] words, boolean orPlural) {
    for (String word : words) {
      if (isWord(key, start, end, word, orPlural)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(String key, int start, int end, String word, boolean orPlural) {
    int more = end - start - word.length();
    return (more == 0 || orPlural && more == 1 && "sS".indexOf(key.charAt(end - 1)) >= 0)
        && key.regionMatches(true, start, word, 0, word.length());
  }
}
