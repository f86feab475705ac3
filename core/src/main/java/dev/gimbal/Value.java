package dev.gimbal;

import dev.gimbal.tree.Node;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place in one snapshot, with typed getters. The default of a getter is for absent; a value
 * that is there but does not convert throws a {@link ConfigException} (GIM-003) with its origin. A
 * getter without a default throws GIM-002 when the value is absent.
 *
 * <p>Immutable and safe for use by many threads. {@code toString} shows no secret.
 *
 * @since 0.1.0
 */
public interface Value {

  /** The absolute path. */
  ConfigPath path();

  /** The version of the snapshot that this value belongs to. */
  long version();

  /** Whether there is anything at this path, an empty object included. */
  boolean exists();

  /** The node, or null where there is none. */
  @Nullable Node node();

  /**
   * The node, fit to be shown: {@code ***} in place of each secret (G11). Null where there is none.
   */
  @Nullable Node masked();

  String asString();

  String asString(String defaultValue);

  boolean asBoolean();

  boolean asBoolean(boolean defaultValue);

  int asInt();

  int asInt(int defaultValue);

  long asLong();

  long asLong(long defaultValue);

  double asDouble();

  double asDouble(double defaultValue);

  BigDecimal asDecimal();

  BigDecimal asDecimal(BigDecimal defaultValue);

  Duration asDuration();

  Duration asDuration(Duration defaultValue);

  <E extends Enum<E>> E asEnum(Class<E> type);

  <E extends Enum<E>> E asEnum(E defaultValue);

  /**
   * A list of strings: the elements of a list, or the parts of a string between commas, trimmed.
   */
  List<String> asList();

  List<String> asList(List<String> defaultValue);

  /** The plain map of an object, in key order; empty for absent. Immutable. */
  Map<String, @Nullable Object> asMap();

  /**
   * The value as a type that the conversions know. An {@code OptionalInt} and the like is empty
   * when the value is absent.
   *
   * @throws ConfigException GIM-002, GIM-003
   * @throws IllegalArgumentException when no conversion makes that type
   */
  <T> T as(Class<T> type);

  <T> T as(Class<T> type, T defaultValue);

  /** Empty when absent. */
  <T> Optional<T> asOptional(Class<T> type);

  /**
   * The value as a type with arguments, such as {@code new TypeRef<List<Duration>>() {}}. An {@code
   * Optional} is empty when the value is absent.
   *
   * @throws ConfigException GIM-002, GIM-003 with each element that does not convert
   * @throws IllegalArgumentException when no conversion makes that type
   */
  <T> T as(TypeRef<T> type);

  <T> T as(TypeRef<T> type, T defaultValue);

  /** Empty when absent. */
  <T> Optional<T> asOptional(TypeRef<T> type);

  /** The keys of an object, sorted; empty for anything else. */
  List<String> children();

  /** A place below this one, in the same snapshot. */
  Value get(String path);

  /**
   * Where there is nothing: the path that may have been meant, which is this one with its first
   * missing key replaced by the sibling that is most like it. Empty where there is a value, or
   * where nothing is alike.
   */
  Optional<ConfigPath> meant();

  /** Where the winning value was written; empty when absent. */
  Optional<Origin> origin();
}
