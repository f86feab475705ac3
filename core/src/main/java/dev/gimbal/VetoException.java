package dev.gimbal;

import java.util.Objects;

/**
 * Thrown by a {@link Resource} that cannot be what the next value asks for.
 *
 * @since 0.1.0
 */
public final class VetoException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason in words for whoever edits the configuration; it is shown as it is, so it must
   *     not hold a secret
   */
  public VetoException(String reason) {
    super(Objects.requireNonNull(reason, "reason"));
  }
}
