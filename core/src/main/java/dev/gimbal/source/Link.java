package dev.gimbal.source;

import dev.gimbal.ConfigException;
import java.io.IOException;

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

  /** Ends the connection and whatever waits on it. Idempotent. */
  @Override
  void close();
}
