package dev.gimbal;

import java.util.function.IntSupplier;

/**
 * A {@link Live} of an int, which gives it without the cast and the check for null that taking it
 * out of an {@code Integer} costs: for the few places where even that counts. It needs no closing
 * and keeps answering after the Config closed. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface LiveInt extends IntSupplier {

  /**
   * The current value, or the default while it is absent. Takes no lock; allocates only when the
   * value changed since the last call.
   *
   * @throws ConfigException GIM-002 when the value is absent and there is no default
   */
  @Override
  int getAsInt();

  ConfigPath path();
}
