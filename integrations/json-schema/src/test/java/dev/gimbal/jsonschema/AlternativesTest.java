package dev.gimbal.jsonschema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.format.Content;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told where no alternative matches. */
@Timeout(60)
class AlternativesTest {

  private static List<String> problems(String schema, String document) {
    Content content = new Content("s", "yaml", schema.getBytes(StandardCharsets.UTF_8));
    JsonSchema validator =
        JsonSchema.of(Formats.installed(List.of()).parse("s", content, ReadOptions.DEFAULT), "s");
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(Sources.string("m", "yaml", document))
                    .validator("s", validator)
                    .build());
    return refused.problems().stream()
        .map(
            problem ->
                problem.path()
                    + ": "
                    + problem.message().replace("refused by the validator \"s\": ", ""))
        .toList();
  }

  private static List<String> ofValue(String schema, String value) {
    return problems("properties: {v: " + schema + "}", "v: " + value);
  }

  @Test
  void alternativeOfTheValuesKind_isToldAlone() {
    String size =
        "{anyOf: [{type: integer, maximum: 9}, {type: string, pattern: '^[0-9]+k$'}, {type: 'null'}]}";
    assertEquals(List.of("v: must have a maximum value of 9"), ofValue(size, "10"));
    assertEquals(List.of("v: does not match the regex pattern ^[0-9]+k$"), ofValue(size, "64Kb"));
  }

  @Test
  void valueOfAKindThatNoneIsFor_isToldWithAllKinds() {
    assertEquals(
        List.of("v: array found, [integer, string, null] expected"),
        ofValue("{anyOf: [{type: integer}, {anyOf: [{type: string}, {type: 'null'}]}]}", "[1]"));
    assertEquals(
        List.of("v: boolean found, [integer, string] expected"),
        ofValue("{oneOf: [{const: 0}, {type: string}, {type: integer, maximum: 1}]}", "true"));
    assertEquals(
        List.of("v: string found, integer expected"),
        ofValue("{anyOf: [{type: integer}, {type: integer, maximum: 1}]}", "a"));
  }

  @Test
  void elementOfAList_isToldInsteadOfTheList() {
    assertEquals(
        List.of("v[1]: string found, integer expected"),
        ofValue("{anyOf: [{type: string}, {type: array, items: {type: integer}}]}", "[1, x]"));
  }

  @Test
  void scalarUnderTheEmptyKey_isNotAskedOfOtherObjects() {
    assertEquals(
        List.of("v: object found, integer expected"),
        ofValue(
            "{anyOf: [{type: integer}, {type: object, properties: {'': {type: integer}},"
                + " required: ['']}]}",
            "{a: 1}"));
  }

  private static final String CASES =
      """
      {oneOf: [
        {required: [type, value], properties: {type: {const: token}, value: {type: string}}},
        {required: [type, user, key], properties: {type: {enum: [basic, digest]}, user: {type: string}}}
      ]}
      """;

  @Test
  void caseThatIsNamed_isToldAlone() {
    assertEquals(
        List.of("v.value: integer found, string expected"),
        ofValue(CASES, "{type: token, value: 1}"));
    assertEquals(
        List.of("v: required property 'user' not found", "v: required property 'key' not found"),
        ofValue(CASES, "{type: digest}"));
  }

  @Test
  void caseThatThereIsNot_isToldWithAllNames() {
    assertEquals(
        List.of(
            "v.type: does not have a value in the enumeration [\"token\",\"basic\",\"digest\"]"
                .replace(",", ", ")),
        ofValue(CASES, "{type: tokn, value: a}"));
  }

  @Test
  void whatAllAlternativesSay_isToldOnce() {
    assertEquals(List.of("v: required property 'type' not found"), ofValue(CASES, "{value: a}"));
  }

  @Test
  void constants_areToldTogether() {
    assertEquals(
        List.of("v: does not have a value in the enumeration [\"a\", \"b\", 1]"),
        ofValue("{anyOf: [{const: a}, {enum: [b, 1]}]}", "c"));
  }

  @Test
  void twoThatMatch_areToldByTheirNumbers() {
    assertEquals(
        List.of("v: must be valid to one and only one schema, but 2 are valid with indexes '0, 1'"),
        ofValue("{oneOf: [{type: integer}, {maximum: 5}, {type: string}]}", "4"));
  }

  @Test
  void fewestErrors_thenTheDeepest_thenTheFirst_areTold() {
    assertEquals(
        List.of("v.a: must have a maximum value of 1"),
        ofValue(
            "{anyOf: [{required: [x, y]}, {required: [x]}, {properties: {a: {maximum: 1}}}]}",
            "{a: 2}"));
    assertEquals(
        List.of("v: required property 'x' not found"),
        ofValue("{anyOf: [{required: [x]}, {required: [y]}]}", "{a: 2}"));
  }

  @Test
  void reference_isSeenThrough() {
    assertEquals(
        List.of("v: must have a maximum value of 9"),
        problems(
            "{$defs: {n: {anyOf: [{type: integer, maximum: 9}, {type: string}]}},"
                + " properties: {v: {anyOf: [{$ref: '#/$defs/n'}, {type: 'null'}]}}}",
            "v: 10"));
  }

  @Test
  void sameThing_isToldOnce() {
    assertEquals(
        List.of("v: must have a maximum value of 1"),
        problems("{properties: {v: {maximum: 1}}, patternProperties: {v: {maximum: 1}}}", "v: 2"));
  }
}
