package dev.gimbal.format;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document as it was read: bytes that a format turns into a tree.
 *
 * @param document what messages call it, usually its file name as the user gave it
 * @param format the name or extension of its format, such as {@code yaml}
 * @param bytes the document; neither side writes to the array afterwards
 * @param neighbours what it may include; null: nothing
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // a document is compared by nobody
public record Content(
    String document, String format, byte[] bytes, @Nullable Neighbours neighbours) {

  public Content {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(bytes, "bytes");
  }

  /** A document that may include nothing. */
  public Content(String document, String format, byte[] bytes) {
    this(document, format, bytes, null);
  }
}
