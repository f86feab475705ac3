package dev.gimbal.bind;

import dev.gimbal.bind.ConversionException.Found;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into Java values. Every getter of a single value reads an object that has a scalar
 * under the empty key as that scalar.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Conversions {

  private static final Conversions STANDARD = new Conversions();

  private final Map<Class<?>, Converter> converters;

  /** Makes a value of one type. */
  private interface Converter {
    Object convert(Node node) throws ConversionException;
  }

  public Conversions() {
    Map<Class<?>, Converter> all = new HashMap<>();
    all.put(String.class, Conversions::toText);
    both(all, boolean.class, Boolean.class, Conversions::toBoolean);
    both(all, byte.class, Byte.class, n -> (byte) integer(n, Byte.MIN_VALUE, Byte.MAX_VALUE));
    both(all, short.class, Short.class, n -> (short) integer(n, Short.MIN_VALUE, Short.MAX_VALUE));
    both(all, int.class, Integer.class, Conversions::toInt);
    both(all, long.class, Long.class, Conversions::toLong);
    both(all, float.class, Float.class, Conversions::toFloat);
    both(all, double.class, Double.class, Conversions::toDouble);
    all.put(BigInteger.class, Conversions::toBigInteger);
    all.put(BigDecimal.class, Conversions::toDecimal);
    all.put(Duration.class, Conversions::toDuration);
    all.put(List.class, Conversions::toList);
    all.put(Map.class, Conversions::toMap);
    all.put(Object.class, Conversions::toPlain);
    all.put(Node.class, n -> n);
    converters = Map.copyOf(all);
  }

  private static void both(
      Map<Class<?>, Converter> all, Class<?> primitive, Class<?> box, Converter converter) {
    all.put(primitive, converter);
    all.put(box, converter);
  }

  /** The conversions that are always there. */
  public static Conversions standard() {
    return STANDARD;
  }

  /** Whether there is a conversion to this type. */
  public boolean supports(Class<?> type) {
    return type.isEnum() || converters.containsKey(type);
  }

  /**
   * The node as a value of the type; for a primitive type, its box.
   *
   * @throws ConversionException when the node does not say such a value
   * @throws IllegalArgumentException when no conversion makes that type
   */
  @SuppressWarnings("unchecked") // each converter stands under the class of what it makes
  public <T> T convert(Node node, Class<T> type) throws ConversionException {
    if (type.isEnum()) {
      return toEnum(node, type);
    }
    requireSupported(type);
    return (T) Objects.requireNonNull(converters.get(type)).convert(node);
  }

  /**
   * Does nothing for a type that {@link #convert} makes.
   *
   * @throws IllegalArgumentException when no conversion makes that type
   */
  public void requireSupported(Class<?> type) {
    if (!supports(type)) {
      throw new IllegalArgumentException(
          "type: " + type.getName() + " (expected: a type that the conversions make)");
    }
  }

  /** The text of a scalar as it was written. */
  public static String toText(Node node) throws ConversionException {
    Scalar scalar = scalar(node);
    if (scalar == null) {
      throw wrong(node, "a text");
    }
    return scalar.text();
  }

  /** Of {@code true} and {@code false}, in any case, also as strings. */
  public static boolean toBoolean(Node node) throws ConversionException {
    Scalar scalar = scalar(node);
    if (scalar != null && scalar.kind() != Scalar.Kind.NUMBER) {
      if (scalar.text().equalsIgnoreCase("true")) {
        return true;
      }
      if (scalar.text().equalsIgnoreCase("false")) {
        return false;
      }
    }
    throw wrong(node, "true or false");
  }

  /** The integer that a number, or a string that is one, says exactly. */
  public static int toInt(Node node) throws ConversionException {
    return (int) integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The integer that a number, or a string that is one, says exactly. */
  public static long toLong(Node node) throws ConversionException {
    return integer(node, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long integer(Node node, long min, long max) throws ConversionException {
    String text = numeral(node);
    if (text == null || !Numbers.isWithin(text, min, max)) {
      throw wrong(node, "an integer from " + min + " to " + max);
    }
    return Long.parseLong(text);
  }

  private static float toFloat(Node node) throws ConversionException {
    String text = numeral(node);
    float value = text == null ? Float.NaN : Numbers.toFloat(text);
    if (Float.isNaN(value)) {
      throw wrong(node, "a number from " + -Float.MAX_VALUE + " to " + Float.MAX_VALUE);
    }
    return value;
  }

  /** The nearest double; one that only infinity is near to does not convert. */
  public static double toDouble(Node node) throws ConversionException {
    String text = numeral(node);
    double value = text == null ? Double.NaN : Numbers.toDouble(text);
    if (Double.isNaN(value)) {
      throw wrong(node, "a number from " + -Double.MAX_VALUE + " to " + Double.MAX_VALUE);
    }
    return value;
  }

  private static BigInteger toBigInteger(Node node) throws ConversionException {
    String text = numeral(node);
    BigInteger value = text == null ? null : Numbers.bigInteger(text);
    if (value == null) {
      throw wrong(node, "an integer of at most " + Numbers.MAX_CHARS + " characters");
    }
    return value;
  }

  /** The decimal number with its digits, so that 1.10 has the scale 2. */
  public static BigDecimal toDecimal(Node node) throws ConversionException {
    String text = numeral(node);
    BigDecimal value = text == null ? null : Numbers.decimal(text);
    if (value == null) {
      throw wrong(node, "a decimal number of at most " + Numbers.MAX_CHARS + " characters");
    }
    return value;
  }

  /** A duration with units, such as {@code 500ms} or {@code 1h30m}, in ISO 8601, or 0. */
  public static Duration toDuration(Node node) throws ConversionException {
    String text = numeral(node);
    Duration value;
    try {
      value = text == null ? null : Durations.parse(text);
    } catch (ArithmeticException tooLong) {
      throw wrong(node, Durations.RANGE);
    }
    if (value == null) {
      throw wrong(node, Durations.EXPECTED);
    }
    return value;
  }

  private static <T> T toEnum(Node node, Class<T> type) throws ConversionException {
    T[] constants = type.getEnumConstants();
    Scalar scalar = scalar(node);
    T constant = scalar == null ? null : Enums.find(constants, scalar.text());
    if (constant == null) {
      throw wrong(node, Enums.expected(constants));
    }
    return constant;
  }

  /** The elements of a list, the parts of a string between commas, or a number or boolean alone. */
  public static List<String> toList(Node node) throws ConversionException {
    if (node instanceof ListNode list) {
      List<String> texts = new ArrayList<>(list.size());
      for (Node element : list.elements()) {
        if (!(element instanceof Scalar scalar)) {
          throw wrong(element, "a text as an element of the list", texts.size());
        }
        texts.add(scalar.text());
      }
      return List.copyOf(texts);
    }
    Scalar scalar = scalar(node);
    if (scalar == null) {
      throw wrong(node, "a list, or a text with commas");
    }
    return scalar.kind() == Scalar.Kind.STRING ? parts(scalar.text()) : List.of(scalar.text());
  }

  private static List<String> parts(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
      parts.add(text.substring(start, comma).strip());
      start = comma + 1;
    }
    parts.add(text.substring(start).strip());
    return List.copyOf(parts);
  }

  /** The plain map of an object, in key order. Immutable. */
  public static Map<String, @Nullable Object> toMap(Node node) throws ConversionException {
    if (!(node instanceof ObjectNode object)) {
      throw wrong(node, "an object");
    }
    requirePlain(object);
    return Nodes.toMap(object);
  }

  private static Object toPlain(Node node) throws ConversionException {
    requirePlain(node);
    Object value = Nodes.toJava(node);
    if (value == null) {
      throw wrong(node, "a value");
    }
    return value;
  }

  /** Finds a number that has no plain Java value, before time is spent on it. */
  private static void requirePlain(Node node) throws ConversionException {
    if (node instanceof Scalar scalar) {
      if (scalar.kind() == Scalar.Kind.NUMBER) {
        toDecimal(scalar);
      }
    } else if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        requirePlain(element);
      }
    } else if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        requirePlain(Objects.requireNonNull(object.get(key)));
      }
    }
  }

  /** The text to read a number from: of a string or a number, not of a boolean. */
  private static @Nullable String numeral(Node node) {
    Scalar scalar = scalar(node);
    return scalar == null || scalar.kind() == Scalar.Kind.BOOLEAN ? null : scalar.text();
  }

  private static @Nullable Scalar scalar(Node node) {
    Node read = node instanceof ObjectNode object ? object.get("") : node;
    return read instanceof Scalar scalar ? scalar : null;
  }

  private static ConversionException wrong(Node node, String expected) {
    return wrong(node, expected, -1);
  }

  private static ConversionException wrong(Node node, String expected, int index) {
    Scalar scalar = scalar(node);
    if (scalar != null) {
      Found found = scalar.kind() == Scalar.Kind.STRING ? Found.STRING : Found.PLAIN;
      return new ConversionException(found, scalar.text(), expected, index);
    }
    Found found =
        node instanceof ObjectNode
            ? Found.OBJECT
            : node instanceof NullNode ? Found.NULL : Found.LIST;
    return new ConversionException(found, null, expected, index);
  }
}
