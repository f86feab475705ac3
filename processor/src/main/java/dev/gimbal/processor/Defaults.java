package dev.gimbal.processor;

import java.math.BigDecimal;
import java.util.Map;

/** Defaults, which are texts, as JSON. Pure. */
final class Defaults {

  private Defaults() {}

  /** A number, a boolean or an empty object where the text says one to the type, else the text. */
  static Object json(Form form, String text) {
    if (form instanceof Form.OfOptional optional) {
      return json(optional.value(), text);
    }
    if (form instanceof Form.OfMap && text.isEmpty()) {
      return Map.of();
    }
    if (!(form instanceof Form.OfScalar scalar)) {
      return text;
    }
    return switch (scalar.type()) {
      case "java.lang.Boolean" -> Boolean.valueOf(text);
      case "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.math.BigInteger",
          "java.math.BigDecimal" ->
          number(text);
      default -> text;
    };
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException none) {
      return text;
    }
  }
}
