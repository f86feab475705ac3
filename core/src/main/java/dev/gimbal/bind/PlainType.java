package dev.gimbal.bind;

import dev.gimbal.tree.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The types that getters have, and the other numbers. They are cases, as those of TextType are. */
enum PlainType implements Conversion {
  STRING(String.class),
  BOOLEAN(boolean.class, Boolean.class),
  BYTE(byte.class, Byte.class),
  SHORT(short.class, Short.class),
  INT(int.class, Integer.class),
  LONG(long.class, Long.class),
  FLOAT(float.class, Float.class),
  DOUBLE(double.class, Double.class),
  BIG_INTEGER(BigInteger.class),
  DECIMAL(BigDecimal.class),
  DURATION(Duration.class);

  /** A class, or a primitive type and its box. */
  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Class<?>> types;

  PlainType(Class<?>... types) {
    this.types = List.of(types);
  }

  /** Adds the conversions of all, by type. */
  static void addTo(Map<Class<?>, Conversion> all) {
    for (PlainType each : values()) {
      for (Class<?> type : each.types) {
        all.put(type, each);
      }
    }
  }

  @Override
  public Object convert(Node node) throws ConversionException {
    return switch (this) {
      case STRING -> Conversions.toText(node);
      case BOOLEAN -> Conversions.toBoolean(node);
      case BYTE -> (byte) Conversions.integer(node, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SHORT -> (short) Conversions.integer(node, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> Conversions.toInt(node);
      case LONG -> Conversions.toLong(node);
      case FLOAT -> Conversions.toFloat(node);
      case DOUBLE -> Conversions.toDouble(node);
      case BIG_INTEGER -> Conversions.toBigInteger(node);
      case DECIMAL -> Conversions.toDecimal(node);
      case DURATION -> Conversions.toDuration(node);
    };
  }
}
