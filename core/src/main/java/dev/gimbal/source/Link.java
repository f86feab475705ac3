package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * One connection of a {@link Remote}. {@link #read} is called by one thread at a time; {@link
 * #close} by any, also during a read.
 *
 * @since 0.1.0
 */
public interface Link extends AutoCloseable {

  /**
   * Reads the whole state. May block; a close ends it, by an interrupt too.
   *
   * @param sink to parse documents with ({@link Sink#parse}); what is read is returned, not handed
   *     to it
   * @throws IOException when the connection does not serve any more; a new one is made after a
   *     while
   * @throws ConfigException when what was read is malformed: status tells, the connection stays
   */
  RemoteState read(Sink sink) throws IOException, InterruptedException;

  /**
   * Whether the store goes on telling after {@link Feed#resumeAfter}, so that nothing need be read.
   * Asked once, after connecting; never true for a feed that has nothing to resume after.
   */
  default boolean isResumed() {
    return false;
  }

  /**
   * Changes what is read, as {@link Session#edit} says. May be called during a read, by several
   * threads too.
   *
   * @throws IOException when the store cannot be reached, or does not take it
   * @throws ConfigException GIM-028 when it cannot be edited, as by default
   */
  default void edit(Edit edit, Consumer<Document> check) throws IOException, InterruptedException {
    throw new ConfigException(ErrorCode.NOT_EDITABLE, "what this source reads is not edited");
  }

  /** Ends the connection and whatever waits on it. Idempotent. */
  @Override
  void close();
}
