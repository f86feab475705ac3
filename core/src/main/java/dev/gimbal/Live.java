package dev.gimbal;

/**
 * A handle whose {@link #get()} always answers from the current snapshot. It needs no closing and
 * keeps answering after the Config closed. Safe for use by many threads.
 *
 * @param <T> the type of the value
 * @since 0.1.0
 */
public interface Live<T> {

  /**
   * The current value, or the default while it is absent. Takes no lock; allocates only when the
   * value changed since the last call.
   *
   * @throws ConfigException GIM-002 when the value is absent and there is no default
   */
  T get();

  ConfigPath path();
}
