package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.TypeRef;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Binds plain maps, and says what is wrong with them as {@code place: what}. */
final class Binding {

  private static final Conversions CONVERSIONS = Conversions.installed(List.of());

  private Binding() {}

  static Node node(Object value) {
    return Nodes.of(value, Scalar.Template.NONE);
  }

  static <T> T bind(Map<String, ?> map, Class<T> type) {
    return type.cast(bind(map, (Type) type));
  }

  @SuppressWarnings("unchecked") // what is made is of the type that was asked for
  static <T> T bind(Map<String, ?> map, TypeRef<T> type) {
    return (T) bind(map, type.type());
  }

  private static Object bind(Map<String, ?> map, Type type) {
    try {
      return CONVERSIONS.convert(node(map), type);
    } catch (ConversionException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  static List<String> failures(Object map, Type type) {
    return failures(node(map), type);
  }

  static List<String> failures(Node node, Type type) {
    ConversionException wrong =
        assertThrows(ConversionException.class, () -> CONVERSIONS.convert(node, type));
    List<String> failures = new ArrayList<>();
    for (ConversionException.Failure failure : wrong.failures()) {
      String place = failure.below().isRoot() ? "" : failure.below() + ": ";
      failures.add(place + failure.describe(false));
    }
    return failures;
  }

  /** Why a type is refused. */
  static String refused(Type type) {
    return assertThrows(IllegalArgumentException.class, () -> CONVERSIONS.requireSupported(type))
        .getMessage();
  }
}
