package dev.gimbal;

/**
 * Called after a watched value changed, on the Config's executor, never by two threads at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChangeListener {

  /**
   * @param change what changed since the last call
   * @throws Exception is logged with the subscription's name and counted; the next change still
   *     comes
   */
  void onChange(Change change) throws Exception;
}
