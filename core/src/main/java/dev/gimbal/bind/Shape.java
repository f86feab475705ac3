package dev.gimbal.bind;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a type is read from: {@link Conversions#shape}. Says which keys a bound type
 * knows, one level at a time, because a type may hold itself: the shape of a part is asked for with
 * its type. An {@code Optional} has the shape of what it holds.
 *
 * <p>Immutable and safe for use by many threads. It holds the classes that it names.
 *
 * @since 0.1.0
 */
public sealed interface Shape {

  /**
   * One scalar.
   *
   * @param type what is made of it
   */
  record OfScalar(Type type) implements Shape {}

  /**
   * A list, or a text with commas.
   *
   * @param element the type of its elements
   */
  record OfList(Type element) implements Shape {}

  /**
   * An object of any keys.
   *
   * @param key the type of its keys
   * @param value the type of what stands under them
   */
  record OfMap(Type key, Type value) implements Shape {}

  /**
   * An object whose keys are known; what is not among them is not read.
   *
   * @param type the bound type
   * @param properties the keys, in the order in which they are read
   */
  record OfObject(Class<?> type, List<Property> properties) implements Shape {

    public OfObject {
      properties = List.copyOf(properties);
    }
  }

  /**
   * An object that says by a key which one of several it is.
   *
   * @param type the sealed type
   * @param key the key, such as {@code type}; its case and separators do not count
   * @param cases the types by what the key says, in their order; each is an {@link OfObject}
   */
  record OfChoice(Class<?> type, String key, Map<String, Class<?>> cases) implements Shape {

    public OfChoice {
      cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
    }

    /** The type that a text names, whatever its case and separators; null where there is none. */
    public @Nullable Class<?> named(String text) {
      Object name = Enums.find(cases.keySet().toArray(), text);
      return name == null ? null : cases.get(name);
    }
  }

  /** Anything. */
  record OfAnything() implements Shape {}

  /**
   * A key that a bound type knows.
   *
   * @param name the key
   * @param exact whether the key is read in this spelling only, and not also in others that differ
   *     in case and separators
   * @param type the type of the value
   * @param required whether it is always an error that it is absent; false for one of a bound type,
   *     whose own properties say whether it is
   * @param defaultText what {@link Default} says, or null
   * @param secret whether it is {@link Sensitive}; what its type says is not counted
   */
  record Property(
      String name,
      boolean exact,
      Type type,
      boolean required,
      @Nullable String defaultText,
      boolean secret) {}
}
