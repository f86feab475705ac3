package dev.gimbal.bind;

import dev.gimbal.text.Thrown;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.lang.invoke.MethodType;
import java.time.DateTimeException;
import java.util.List;
import java.util.Objects;

/** A user's converter, whatever it does. */
final class ForeignConversion implements Conversion {

  private final Converter<?> converter;
  private final Class<?> type;
  private final String expected;

  ForeignConversion(Converter<?> converter) {
    this.converter = converter;
    this.type = box(Objects.requireNonNull(converter.type(), () -> name() + ".type()"));
    this.expected = Objects.requireNonNull(converter.expected(), () -> name() + ".expected()");
  }

  private static Class<?> box(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /** What it makes; of a primitive type, the box. */
  Class<?> type() {
    return type;
  }

  /** The primitive type whose box it makes, or the type itself. */
  Class<?> primitive() {
    return MethodType.methodType(type).unwrap().returnType();
  }

  /** What messages call it. */
  String name() {
    return converter.getClass().getName();
  }

  @Override
  public Object convert(Node node) throws ConversionException {
    Scalar scalar = Conversions.scalar(node);
    if (scalar == null) {
      throw Failures.wrong(node, expected);
    }
    String reason;
    try {
      Object value = converter.convert(scalar.text());
      if (type.isInstance(value)) {
        return value;
      }
      reason = "the converter gave " + (value == null ? "null" : value.getClass().getName());
    } catch (IllegalArgumentException | DateTimeException refused) {
      reason = refused.getMessage();
    } catch (Throwable failed) { // code of a user may throw what nobody declares
      reason = "the converter failed: " + Thrown.of(failed);
    }
    throw Failures.wrong(node, expected, List.of(), reason);
  }
}
