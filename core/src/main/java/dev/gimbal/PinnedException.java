package dev.gimbal;

/**
 * Something that would change the snapshot was asked for while a {@linkplain History#rollback
 * rollback} is pinned. It did not happen; {@link History#release} lets it.
 *
 * @since 0.1.0
 */
public final class PinnedException extends ConfigException {

  private static final long serialVersionUID = 1L;

  public PinnedException(String message) {
    super(ErrorCode.PINNED, message);
  }
}
