package dev.gimbal;

/**
 * Push: a listener is called after each change, one call at a time and in order.
 *
 * @since 0.1.0
 */
public interface Subscription extends AutoCloseable {

  /** What watchdog, logs and status call it. */
  String name();

  /**
   * Ends the calls (G4). After it returns no call begins; one under way on another thread has
   * finished, or {@code closeTimeout} has passed and that was reported. From inside any callback it
   * does not wait. Idempotent.
   */
  @Override
  void close();
}
