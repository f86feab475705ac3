package dev.gimbal;

/**
 * A watcher was stopped, or its Config closed.
 *
 * @since 0.1.0
 */
public final class WatcherStoppedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public WatcherStoppedException(String message) {
    super(message);
  }
}
