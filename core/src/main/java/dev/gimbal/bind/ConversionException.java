package dev.gimbal.bind;

import dev.gimbal.secret.SecretKeys;
import org.jspecify.annotations.Nullable;

/**
 * A node does not convert. Carries what was found apart from what was expected, because only the
 * caller knows whether the value may be shown; the message itself never shows it.
 *
 * @since 0.1.0
 */
public final class ConversionException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARS = 80;

  /** What was found. */
  public enum Found {
    /** A string; its text is at hand. */
    STRING,
    /** A number or a boolean; its text is at hand. */
    PLAIN,
    OBJECT,
    LIST,
    NULL
  }

  private final Found found;
  private final transient @Nullable String text;
  private final String expected;
  private final int index;

  /**
   * @param text the value's text, or null where it has none
   * @param expected such as {@code true or false}
   * @param index the element of a list that this is about, or -1
   */
  ConversionException(Found found, @Nullable String text, String expected, int index) {
    super("expected " + expected);
    this.found = found;
    this.text = text;
    this.expected = expected;
    this.index = index;
  }

  /** What kind of node it was. */
  public Found found() {
    return found;
  }

  /** The value's text, unmasked; null for an object, a list and null. */
  public @Nullable String text() {
    return text;
  }

  /** What the type takes, such as {@code true or false}. */
  public String expected() {
    return expected;
  }

  /** The element of a list that this is about, or -1. */
  public int index() {
    return index;
  }

  /** {@code found "80a", expected an integer}, in one line. */
  public String describe(boolean secret) {
    return "found " + shown(secret) + ", expected " + expected;
  }

  private String shown(boolean secret) {
    return switch (found) {
      case OBJECT -> "an object";
      case LIST -> "a list";
      case NULL -> "null";
      case STRING -> secret || text == null ? SecretKeys.MASK : '"' + oneLine(text) + '"';
      case PLAIN -> secret || text == null ? SecretKeys.MASK : oneLine(text);
    };
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i == SHOWN_CHARS) {
        return line.append("... (").append(text.length()).append(" characters)").toString();
      }
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return line.toString();
  }
}
