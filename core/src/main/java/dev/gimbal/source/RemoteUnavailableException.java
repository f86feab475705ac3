package dev.gimbal.source;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store that answers that it cannot serve now, perhaps with when to come back.
 *
 * @since 0.1.0
 */
public final class RemoteUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * @param message what is wrong, without secrets
   * @param retryAfter when the store wants to be asked again at the earliest, or null
   */
  public RemoteUnavailableException(String message, @Nullable Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When the store wants to be asked again at the earliest, or null. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
