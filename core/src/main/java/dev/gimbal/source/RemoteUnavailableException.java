package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.text.Thrown;
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

  /** Of what no store should throw; a ConfigException says itself what is wrong. */
  static IOException unexpected(Throwable failure) {
    if (failure instanceof ConfigException) {
      return new IOException(failure);
    }
    RemoteUnavailableException why =
        new RemoteUnavailableException(SourceErrors.unexpected(failure), null);
    why.initCause(Thrown.withoutMessage(failure));
    return why;
  }

  /** When the store wants to be asked again at the earliest, or null. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
