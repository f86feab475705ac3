package dev.gimbal.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which scalars a type is read from, as JSON Schema. A schema takes all that the conversion takes;
 * what no pattern can say, such as which days a month has, it lets through. Pure.
 */
final class ScalarSchemas {

  private static final String INTEGER = "^[-+]?[0-9]+$";
  private static final String DECIMAL = "^[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?$";
  private static final String DURATION =
      "^[-+]?(0|(([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d))+"
          + "|[pP](?=[-+0-9tT])([-+]?[0-9]+[dD])?([tT](?=[-+0-9])([-+]?[0-9]+[hH])?"
          + "([-+]?[0-9]+[mM])?([-+]?[0-9]+([.,][0-9]{0,9})?[sS])?)?)$";
  private static final String PERIOD =
      "^[-+]?(0|(?=[0-9])([0-9]+y)?([0-9]+m)?([0-9]+w)?([0-9]+d)?"
          + "|[pP](?=[-+0-9])([-+]?[0-9]+[yY])?([-+]?[0-9]+[mM])?([-+]?[0-9]+[wW])?"
          + "([-+]?[0-9]+[dD])?)$";
  private static final String DATA_SIZE = "^[0-9]+(\\.[0-9]+)?(B|[kK]B|[MGTPE]B|[KMGTPE]iB)?$";
  private static final String UUID =
      "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
  private static final String BASE_64 =
      "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}(==)?|[A-Za-z0-9+/]{3}=?)?$";

  private ScalarSchemas() {}

  /** Alternatives for a type; for one that is not known, any text. */
  static List<Object> of(String type) {
    return switch (type) {
      case "java.lang.Boolean" ->
          List.of(Map.of("type", "boolean"), text("^[tT][rR][uU][eE]$|^[fF][aA][lL][sS][eE]$"));
      case "java.lang.Byte" -> integers(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "java.lang.Short" -> integers(Short.MIN_VALUE, Short.MAX_VALUE);
      case "java.lang.Integer" -> integers(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "java.lang.Long" -> integers(Long.MIN_VALUE, Long.MAX_VALUE);
      case "java.time.Year" -> integers(-999_999_999, 999_999_999);
      case "java.math.BigInteger" -> List.of(Map.of("type", "integer"), text(INTEGER));
      case "java.lang.Float", "java.lang.Double", "java.math.BigDecimal" ->
          List.of(Map.of("type", "number"), text(DECIMAL));
      case "java.lang.Character" -> List.of(range(0, 9), limited(1, 1));
      case "java.time.Duration" -> List.of(Map.of("const", 0), text(DURATION));
      case "java.time.Period" -> List.of(Map.of("const", 0), text(PERIOD));
      case "dev.gimbal.DataSize" -> List.of(range(0, Long.MAX_VALUE), text(DATA_SIZE));
      case "java.util.UUID" -> List.of(text(UUID));
      case "byte[]" -> List.of(text(BASE_64), Map.of("type", List.of("number", "boolean")));
      case "java.lang.String", "char[]", "java.util.regex.Pattern" ->
          List.of(Map.of("type", List.of("string", "number", "boolean")));
      case "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.OffsetTime",
          "java.time.ZonedDateTime",
          "java.time.YearMonth",
          "java.time.MonthDay",
          "java.net.InetAddress",
          "java.net.InetSocketAddress",
          "java.net.URL",
          "java.util.Currency" ->
          List.of(limited(1, Integer.MAX_VALUE));
      default -> {
        boolean isOfJdk = type.startsWith("java.");
        yield List.of(
            limited(isOfJdk ? 1 : 0, Integer.MAX_VALUE),
            Map.of("type", List.of("number", "boolean")));
      }
    };
  }

  /** Alternatives for an enum, or for the names of types. */
  static List<Object> ofConstants(List<String> constants) {
    List<Object> all = new ArrayList<>();
    all.add(Map.of("enum", constants));
    List<String> patterns =
        constants.stream()
            .filter(name -> Names.isAlone(name, constants))
            .map(Names::constantPattern)
            .toList();
    if (!patterns.isEmpty()) {
      all.add(text(String.join("|", patterns)));
    }
    for (boolean value : new boolean[] {true, false}) {
      if (constants.stream().map(Names::bareConstant).anyMatch(String.valueOf(value)::equals)) {
        all.add(Map.of("const", value));
      }
    }
    return all;
  }

  private static List<Object> integers(long min, long max) {
    return List.of(range(min, max), text(INTEGER));
  }

  private static Map<String, Object> range(long min, long max) {
    return map("type", "integer", "minimum", min, "maximum", max);
  }

  private static Map<String, Object> text(String pattern) {
    return map("type", "string", "pattern", pattern);
  }

  private static Map<String, Object> limited(int min, int max) {
    Map<String, Object> schema = map("type", "string");
    if (min > 0) {
      schema.put("minLength", min);
    }
    if (max < Integer.MAX_VALUE) {
      schema.put("maxLength", max);
    }
    return schema;
  }

  /** A map that keeps this order. */
  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /** One schema of alternatives; of one alone, itself. */
  @SuppressWarnings("unchecked") // alternatives are schemas
  static Map<String, Object> any(List<Object> alternatives) {
    return alternatives.size() == 1
        ? (Map<String, Object>) alternatives.get(0)
        : map("anyOf", alternatives);
  }
}
