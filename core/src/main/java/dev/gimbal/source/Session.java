package dev.gimbal.source;

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

  /** Ends all work. Idempotent. May block for a moment; the caller has a deadline. */
  @Override
  void close();
}
