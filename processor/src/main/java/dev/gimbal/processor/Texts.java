package dev.gimbal.processor;

import java.util.Locale;
import java.util.Map;

/** Forms in the words of who writes a configuration. Pure. */
final class Texts {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("java.lang.Boolean", "true or false"),
          Map.entry("java.lang.Byte", "integer"),
          Map.entry("java.lang.Short", "integer"),
          Map.entry("java.lang.Integer", "integer"),
          Map.entry("java.lang.Long", "integer"),
          Map.entry("java.math.BigInteger", "integer"),
          Map.entry("java.lang.Float", "number"),
          Map.entry("java.lang.Double", "number"),
          Map.entry("java.math.BigDecimal", "number"),
          Map.entry("java.lang.String", "text"),
          Map.entry("char[]", "text"),
          Map.entry("java.lang.Character", "character"),
          Map.entry("byte[]", "base64"),
          Map.entry("dev.gimbal.DataSize", "data size"),
          Map.entry("java.util.regex.Pattern", "regular expression"),
          Map.entry("java.net.InetAddress", "IP address"),
          Map.entry("java.net.InetSocketAddress", "host and port"),
          Map.entry("java.net.URI", "URI"),
          Map.entry("java.net.URL", "URL"),
          Map.entry("java.util.UUID", "UUID"));

  private Texts() {}

  static String of(Form form, Model model) {
    if (form instanceof Form.OfScalar scalar) {
      String word = WORDS.get(scalar.type());
      return word == null ? spaced(scalar.type()) : word;
    }
    if (form instanceof Form.OfEnum constants) {
      return "one of " + String.join(", ", constants.constants());
    }
    if (form instanceof Form.OfList list) {
      return "list of " + of(list.element(), model);
    }
    if (form instanceof Form.OfMap map) {
      return "map of " + of(map.value(), model) + " by " + of(map.key(), model);
    }
    if (form instanceof Form.OfOptional optional) {
      return of(optional.value(), model);
    }
    return form instanceof Form.OfBound bound ? simple(bound.name()) : "anything";
  }

  /** {@code Page<User>} of {@code app.Page<app.User>}. */
  private static String simple(String name) {
    return name.replaceAll("[\\w$]+\\.", "");
  }

  /** {@code local date} of {@code java.time.LocalDate}. */
  private static String spaced(String type) {
    return simple(type).replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
