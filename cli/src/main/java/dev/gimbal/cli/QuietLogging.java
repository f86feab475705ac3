package dev.gimbal.cli;

/**
 * Sets nothing up, so that nothing is logged: the command says on standard error itself what a user
 * must know. Made by {@code java.util.logging} where {@link #PROPERTY} names it.
 *
 * @since 0.1.0
 */
public final class QuietLogging {

  static final String PROPERTY = "java.util.logging.config.class";

  /** Leaves the root logger without handlers. */
  public QuietLogging() {}
}
