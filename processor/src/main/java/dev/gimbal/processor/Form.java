package dev.gimbal.processor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a value of a type is read from, as the compiler sees the type. */
sealed interface Form {

  /**
   * One scalar.
   *
   * @param type the full name of the type; of a primitive one, that of its box
   */
  record OfScalar(String type) implements Form {}

  /** The constants of an enum. */
  record OfEnum(String type, List<String> constants) implements Form {}

  /**
   * A list, or a text with commas.
   *
   * @param array the class of an array, {@code app.Server$Pool[]}; null for a collection
   */
  record OfList(Form element, @Nullable String array) implements Form {}

  /** An object of any keys. */
  record OfMap(Form key, Form value) implements Form {}

  /** What an {@code Optional} holds. */
  record OfOptional(Form value) implements Form {}

  /** A bound type, by its name in the {@link Model}. */
  record OfBound(String name) implements Form {}

  /** Anything. */
  record OfAnything() implements Form {}
}
