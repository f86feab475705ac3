package dev.gimbal.bind;

import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The examples of {@code docs/spec/conversion.md}, by the section that they stand in. */
final class ConversionCases {

  enum Level {
    DEBUG,
    INFO,
    VERY_LOUD
  }

  /**
   * Nodes that one type makes the same of.
   *
   * @param value what it makes, or null
   * @param error what it says, or null
   */
  record Case(Type type, List<Node> nodes, Object value, String error) {}

  private final Map<String, List<Case>> sections = new LinkedHashMap<>();
  private List<Case> section = new ArrayList<>();

  private ConversionCases() {}

  static Map<String, List<Case>> all() throws Exception {
    ConversionCases cases = new ConversionCases();
    ScalarCases.texts(cases);
    ScalarCases.numbers(cases);
    TimeCases.durations(cases);
    TimeCases.times(cases);
    ScalarCases.sizes(cases);
    ScalarCases.names(cases);
    ScalarCases.addresses(cases);
    CompositeCases.optionals(cases);
    CompositeCases.collections(cases);
    CompositeCases.maps(cases);
    return cases.sections;
  }

  void section(String name) {
    section = new ArrayList<>();
    sections.put(name, section);
  }

  /** Each of these nodes, or plain values, is the value. */
  void ok(Type type, Object value, Object... from) {
    section.add(new Case(type, nodes(from), value, null));
  }

  /** None of these says a value. */
  void bad(Type type, String error, Object... from) {
    section.add(new Case(type, nodes(from), null, error));
  }

  private static List<Node> nodes(Object... from) {
    return Arrays.stream(from).map(value -> Nodes.of(value, Scalar.Template.NONE)).toList();
  }
}
