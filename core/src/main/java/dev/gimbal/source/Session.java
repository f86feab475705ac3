package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import java.util.function.Consumer;

/**
 * A source at work. Methods may be called from any thread, also at once.
 *
 * @since 0.1.0
 */
public interface Session extends AutoCloseable {

  /**
   * Reads again now and gives exactly one answer to {@code sink} before it returns; a source whose
   * state arrives by calls (memory) gives none. May block; the caller has a deadline.
   */
  default void reload(Sink sink) {}

  /**
   * Changes what the source reads at its place, so that a reload shows it. May block.
   *
   * @param check is given what will be read then, before it is written; what it throws is thrown,
   *     and nothing is written
   * @throws ConfigException GIM-028 when it cannot be edited, as by default, or not safely; GIM-029
   *     when it does not say what the edit expects
   */
  default void edit(Edit edit, Consumer<Document> check) {
    throw new ConfigException(ErrorCode.NOT_EDITABLE, "what this source reads is not edited");
  }

  /** Ends all work. Idempotent. May block for a moment; the caller has a deadline. */
  @Override
  void close();
}
