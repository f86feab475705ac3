package dev.gimbal.bind;

import dev.gimbal.ConfigException;
import dev.gimbal.TypeRef;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into Java values; {@code docs/spec/conversion.md} has every rule. Every getter of a
 * single value reads an object that has a scalar under the empty key as that scalar. Collections,
 * maps and what is in them are immutable; arrays are new at each call.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Conversions {

  private static final Conversions STANDARD = new Conversions(List.of(), false);

  /** Of types that are read from one scalar. */
  private final Map<Class<?>, Conversion> converters;

  private final Bindings bindings;
  private final Composites composites;

  private Conversions(List<ForeignConversion> foreign, boolean keepsPlans) {
    bindings = new Bindings(this, keepsPlans);
    composites = new Composites(this, bindings);
    Map<Class<?>, Conversion> all = new HashMap<>();
    TextType.addTo(all);
    PlainType.addTo(all);
    for (ForeignConversion conversion : foreign) {
      all.put(conversion.type(), conversion);
    }
    for (ForeignConversion conversion : foreign) {
      all.replace(conversion.primitive(), conversion);
    }
    converters = Map.copyOf(all);
  }

  /** The conversions that are always there. They keep no plan of a bound type. */
  public static Conversions standard() {
    return STANDARD;
  }

  /**
   * Those that are always there, those of the {@link Converter}s on the class path or module path,
   * and the given ones. A given one wins over one that was found, which wins over a built-in one.
   *
   * @throws ConfigException GIM-023 when two that were found, or two that were given, make one type
   */
  public static Conversions installed(Collection<? extends Converter<?>> given) {
    return new Conversions(FoundConverters.with(given), true);
  }

  /**
   * Whether there is a conversion to this type.
   *
   * @param type a class, or a type with arguments such as {@code List<Integer>}
   */
  public boolean supports(Type type) {
    try {
      requireSupported(type);
      return true;
    } catch (IllegalArgumentException unsupported) {
      return false;
    }
  }

  /**
   * Does nothing for a type that {@link #convert} makes. The static initialiser of an enum runs
   * here, and not when values are made.
   *
   * @throws IllegalArgumentException when no conversion makes that type, with the part of it that
   *     is missing
   */
  public void requireSupported(Type type) {
    Conversion conversion = supported(type);
    assert conversion != null;
  }

  /** The conversion to a type that was looked through. */
  private Conversion supported(Type type) {
    Conversion conversion = conversion(type);
    if (!(type instanceof Class<?> known && converters.containsKey(known))) {
      new TypeCheck(this, bindings).check(type);
    }
    return conversion;
  }

  /**
   * The node as a value of the type; for a primitive type, its box.
   *
   * @throws ConversionException when the node does not say such a value, with each place in it that
   *     is wrong
   * @throws IllegalArgumentException when no conversion makes that type
   */
  @SuppressWarnings("unchecked") // each conversion stands under the class of what it makes
  public <T> T convert(Node node, Class<T> type) throws ConversionException {
    return (T) supported(type).convert(node);
  }

  /** The same for a type with arguments. */
  @SuppressWarnings("unchecked") // a conversion makes what its type says
  public <T> T convert(Node node, TypeRef<T> type) throws ConversionException {
    return (T) supported(type.type()).convert(node);
  }

  /** The same for a type that is only known at run time. */
  public Object convert(Node node, Type type) throws ConversionException {
    return supported(type).convert(node);
  }

  /**
   * What stands for a value that is absent: the empty one of {@code Optional}, {@code OptionalInt}
   * and the like; null for any other type.
   */
  public @Nullable Object absent(Type type) {
    return Composites.absent(type);
  }

  /**
   * What a type takes, in the words of messages, such as {@code true or false}. No code of a user
   * runs.
   *
   * @throws IllegalArgumentException when no conversion makes that type
   */
  public String expected(Type type) {
    return expected(conversion(type));
  }

  /** What a conversion takes, which it tells of a null. */
  static String expected(Conversion conversion) {
    try {
      Object made = conversion.convert(NullNode.NULL);
      return made == NullNode.NULL ? "a value" : "a value, or nothing";
    } catch (ConversionException e) {
      return e.failures().get(0).expected();
    }
  }

  /**
   * The conversion to a type.
   *
   * @throws IllegalArgumentException when there is none
   */
  Conversion conversion(Type type) {
    Conversion scalar = type instanceof Class<?> known ? converters.get(known) : null;
    return scalar == null ? composites.conversion(type) : scalar;
  }

  /**
   * Whether code of a user makes values of a type, or what they hold: a converter that a user
   * brought, or the constructor of a bound type.
   */
  public boolean callsUserCode(Type type) {
    return Types.anyClass(
        type, part -> isBound(part) || converters.get(part) instanceof ForeignConversion);
  }

  /**
   * What values of a type are read from: of a bound type, the keys that it knows.
   *
   * @throws IllegalArgumentException when no conversion makes that type
   */
  public Shape shape(Type type) {
    requireSupported(type);
    return Shapes.of(type, this);
  }

  /** What values of a bound type are made from; worked out once. */
  Shape boundShape(Class<?> raw, Type type) {
    return bindings.shape(raw, type);
  }

  /** Whether values of a type are made from the members of an object. */
  boolean isBound(Type type) {
    Class<?> raw =
        type instanceof Class<?> || type instanceof ParameterizedType ? Types.raw(type) : null;
    return raw != null && !converters.containsKey(raw) && bindings.isBound(raw);
  }

  /** Whether a type is read from one scalar, so that it can be the key of a map. */
  boolean isScalar(Class<?> type) {
    return converters.containsKey(type) || type.isEnum();
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
    List<String> meant = scalar == null ? List.of() : Repairs.ofBoolean(scalar.text());
    throw Failures.wrong(node, "true or false", meant, null);
  }

  /** The integer that a number, or a string that is one, says exactly. */
  public static int toInt(Node node) throws ConversionException {
    return (int) integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The integer that a number, or a string that is one, says exactly. */
  public static long toLong(Node node) throws ConversionException {
    return integer(node, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static long integer(Node node, long min, long max) throws ConversionException {
    String text = numeral(node);
    if (text == null || !Numbers.isWithin(text, min, max)) {
      throw wrong(
          node, "an integer from " + min + " to " + max, t -> Numbers.isWithin(t, min, max));
    }
    return Long.parseLong(text);
  }

  static float toFloat(Node node) throws ConversionException {
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
      throw wrong(
          node,
          "a number from " + -Double.MAX_VALUE + " to " + Double.MAX_VALUE,
          t -> !Double.isNaN(Numbers.toDouble(t)));
    }
    return value;
  }

  static BigInteger toBigInteger(Node node) throws ConversionException {
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
      throw wrong(node, Durations.EXPECTED, Conversions::isDuration);
    }
    return value;
  }

  private static boolean isDuration(String text) {
    try {
      return Durations.parse(text) != null;
    } catch (ArithmeticException tooLong) {
      return false;
    }
  }

  static Object toEnum(Node node, Object[] constants) throws ConversionException {
    Scalar scalar = scalar(node);
    Object constant = scalar == null ? null : Enums.find(constants, scalar.text());
    if (constant == null) {
      throw Failures.wrong(node, Enums.expected(constants), Enums.names(constants), null);
    }
    return constant;
  }

  /** The elements of a list, the parts of a string between commas, or a number or boolean alone. */
  @SuppressWarnings("unchecked") // the conversion of the elements makes texts
  public static List<String> toList(Node node) throws ConversionException {
    return (List<String>) Composites.listOfTexts().convert(node);
  }

  /** The plain map of an object, in key order. Immutable. */
  public static Map<String, @Nullable Object> toMap(Node node) throws ConversionException {
    if (!(node instanceof ObjectNode object)) {
      throw wrong(node, "an object");
    }
    requirePlain(object);
    return Nodes.toMap(object);
  }

  static Object toPlain(Node node) throws ConversionException {
    requirePlain(node);
    Object value = Nodes.toJava(node);
    if (value == null) {
      throw wrong(node, "a value");
    }
    return value;
  }

  /** Finds the numbers that have no plain Java value, before time is spent on them. */
  private static void requirePlain(Node node) throws ConversionException {
    if (node instanceof Scalar scalar) {
      if (scalar.kind() == Scalar.Kind.NUMBER) {
        toDecimal(scalar);
      }
    } else if (node instanceof ListNode list) {
      Failures.ofElements(list.elements(), Conversions::requirePlain);
    } else if (node instanceof ObjectNode object) {
      Failures.ofMembers(object, (key, child) -> requirePlain(child));
    }
  }

  /** The text to read a number from: of a string or a number, not of a boolean. */
  private static @Nullable String numeral(Node node) {
    Scalar scalar = scalar(node);
    return scalar == null || scalar.kind() == Scalar.Kind.BOOLEAN ? null : scalar.text();
  }

  /** The scalar that getters of a single value read, or null where there is none. */
  static @Nullable Scalar scalar(Node node) {
    Node read = node instanceof ObjectNode object ? object.get("") : node;
    return read instanceof Scalar scalar ? scalar : null;
  }

  private static ConversionException wrong(Node node, String expected) {
    return Failures.wrong(node, expected);
  }

  /** The same, with what may have been meant. */
  static ConversionException wrong(Node node, String expected, Predicate<String> reads) {
    Scalar scalar = scalar(node);
    List<String> meant =
        scalar == null || scalar.isSecret() ? List.of() : Repairs.of(scalar.text(), reads);
    return Failures.wrong(node, expected, meant, null);
  }
}
