package dev.gimbal.bind;

import org.jspecify.annotations.Nullable;

/**
 * Makes values of one type from texts: what a user brings for a type of their own, or in the place
 * of a built-in conversion. Given to {@code Config.Builder.converter}, or found by {@link
 * java.util.ServiceLoader}; the builder's wins over a service, a service over what is built in.
 * Elements, keys and optionals of the type use it too. The getters {@code asString}, {@code
 * asBoolean}, {@code asInt}, {@code asLong}, {@code asDouble}, {@code asList} and {@code asMap} are
 * always the built-in ones.
 *
 * <p>Called by any thread, many at once: by those that read, and, for a declared key (a live
 * handle), by a worker of the Config, within {@code Config.Builder.checkTimeout}. It should not
 * block: other changes wait for it. What it calls back from there to write, add, remove, reload or
 * declare throws {@link IllegalStateException}.
 *
 * @param <T> the type
 * @since 0.1.0
 */
public interface Converter<T> {

  /**
   * The type that it makes; asked once. A converter for a box is one for its primitive type too.
   */
  Class<T> type();

  /** What it takes, in words, for messages: {@code a colour such as #a0b1c2}; asked once. */
  String expected();

  /**
   * The value that a text says. The text is that of a string, a number or a boolean, as it was
   * written.
   *
   * @return not null
   * @throws IllegalArgumentException when it says none, as may a {@link
   *     java.time.DateTimeException}; the message is shown, unless the value is secret. Any other
   *     failure refuses the value too
   */
  T convert(String text);

  /**
   * A converter for classes by their names, which is not built in, because it lets a configuration
   * choose what code is loaded. Classes are not initialised; arrays and primitive types are
   * refused.
   *
   * @param loader finds them; null for that of the JDK
   */
  static Converter<Class<?>> ofClasses(@Nullable ClassLoader loader) {
    return new ClassNames(loader);
  }
}
