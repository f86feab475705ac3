package dev.gimbal.tree;

import java.util.Objects;

/**
 * The text of a document that was read. Immutable.
 *
 * @param format the name of its format, such as {@code yaml}
 * @param text the whole, without a byte order mark; it holds values, which may be secret
 * @since 0.1.0
 */
public record DocumentText(String format, String text) {

  public DocumentText {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(text, "text");
  }

  /** The format only. */
  @Override
  public String toString() {
    return format + ", " + text.length() + " characters";
  }
}
