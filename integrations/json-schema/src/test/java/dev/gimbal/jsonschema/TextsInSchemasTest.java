package dev.gimbal.jsonschema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.format.Content;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that say numbers or booleans, as properties, arguments and the environment give them. */
@Timeout(60)
class TextsInSchemasTest {

  /** What a schema of {@code v} says of a value; empty where it takes it. */
  private static String said(String ofValue, Object value) {
    String schema = "{properties: {v: " + ofValue + "}}";
    Content content = new Content("s", "yaml", schema.getBytes(StandardCharsets.UTF_8));
    JsonSchema validator =
        JsonSchema.of(Formats.installed(List.of()).parse("s", content, ReadOptions.DEFAULT), "s");
    try {
      Config.builder()
          .source(Sources.map("m", Map.of("v", value)))
          .validator("s", validator)
          .build()
          .close();
      return "";
    } catch (ConfigException e) {
      assertEquals(1, e.problems().size(), e.toString());
      return e.problems().get(0).message().replace("refused by the validator \"s\": ", "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {maximum: 1024}           | 1024  | 8080  | must have a maximum value of 1024
          {maximum: 1}              | 1.0   | 1.5   | must have a maximum value of 1
          {minimum: 1}              | +1    | -1    | must have a minimum value of 1
          {exclusiveMaximum: 2}     | 1.9   | 2     | must have an exclusive maximum value of 2
          {exclusiveMinimum: 1}     | 1e3   | 1     | must have an exclusive minimum value of 1
          {multipleOf: 2}           | 4     | 5     | must be multiple of 2
          {type: integer}           | 007   | 1.5   | number found, integer expected
          {enum: [1, 2.5]}          | 2.50  | 3     | does not have a value in the enumeration [1, 2.5]
          {const: 1}                | 1.0   | 2     | must be the constant value '1'
          {$ref: '#/$defs/p', $defs: {p: {maximum: 1}}} | 1 | 2 | must have a maximum value of 1
          {anyOf: [{maximum: 1}]}   | 1     | 2     | must have a maximum value of 1
          {allOf: [{maximum: 1}]}   | 1     | 2     | must have a maximum value of 1
          {not: {maximum: 1}}       | 2     | 1     | must not be valid to the schema {"maximum":1}
          {not: {type: integer}}    | 1.5   | 1     | must not be valid to the schema {"type":"integer"}
          {not: {const: 1}}         | 2     | 1     | must not be valid to the schema {"const":1}
          """)
  void textThatSaysANumber_isJudgedAsTheNumber(
      String schema, String good, String bad, String message) {
    assertEquals("", said(schema.replace("#/", "#/properties/v/"), good));
    assertEquals(message, said(schema.replace("#/", "#/properties/v/"), bad));
    assertEquals("", said(schema.replace("#/", "#/properties/v/"), new java.math.BigDecimal(good)));
    assertEquals(
        message, said(schema.replace("#/", "#/properties/v/"), new java.math.BigDecimal(bad)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: boolean}           | TRUE   | yes    | string found, boolean expected
          {const: true}             | true   | false  | must be the constant value 'true'
          {enum: [false, auto]}     | False  | true   | does not have a value in the enumeration [false, "auto"]
          """)
  void textThatSaysABoolean_isJudgedAsTheBoolean(
      String schema, String good, String bad, String message) {
    assertEquals("", said(schema, good));
    assertEquals(message, said(schema, bad));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: string}            | 80
          {type: string, pattern: '^0'} | 080
          {type: [string, 'null']}  | true
          {enum: ['1', '2']}        | 1
          {const: 'true'}           | true
          {type: string, minLength: 3} | 080
          """)
  void textThatIsWantedAsText_staysOne(String schema, String good) {
    assertEquals("", said(schema, good));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '80 '   | string found, integer expected
          ' 80'   | string found, integer expected
          '1_000' | string found, integer expected
          '0x10'  | string found, integer expected
          '\u0663' | string found, integer expected
          'NaN'   | string found, integer expected
          ''      | string found, integer expected
          'true'  | string found, integer expected
          """)
  void textsThatGettersTakeForNoNumber_countAsNone(String text, String message) {
    assertEquals(message, said("{type: integer}", text));
    assertEquals("", said("{maximum: 1, multipleOf: 7}", text));
  }

  @Test
  void oneOf_countsATextOnce() {
    String either = "{oneOf: [{type: integer, maximum: 100}, {type: string}]}";
    assertEquals("", said(either, "80"));
    assertEquals("", said(either, "8080")); // a text, which may be any
    assertEquals("", said(either, "auto"));
    assertEquals("", said(either, 80));
    String inObjects =
        "{oneOf: [{properties: {p: {type: integer}}}, {properties: {p: {type: string}}}]}";
    assertEquals("", said(inObjects, Map.of("p", "80")));
    assertEquals("", said("{oneOf: [{type: string}, {maximum: 10}]}", "5"));
    assertEquals("", said("{oneOf: [{type: string}, {maximum: 10}]}", "99"));
  }

  @Test
  void oneOf_refusesWhatMatchesTwoAlternatives_howeverTextsAreTaken() {
    assertEquals(
        "must be valid to one and only one schema, but 2 are valid with indexes '0, 1'",
        said("{oneOf: [{type: integer}, {maximum: 100}]}", "80"));
    assertEquals(
        "must be valid to one and only one schema, but 2 are valid with indexes '0, 1'",
        said("{oneOf: [{type: integer}, {maximum: 100}]}", 80));
  }

  @ParameterizedTest
  @CsvSource({
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-07/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema"
  })
  void allDrafts_takeTextsAlike(String draft) {
    Content content =
        new Content(
            "s",
            "json",
            ("{\"$schema\": \"" + draft + "\", \"properties\": {\"v\": {\"maximum\": 1}}}")
                .getBytes(StandardCharsets.UTF_8));
    JsonSchema validator =
        JsonSchema.of(Formats.installed(List.of()).parse("s", content, ReadOptions.DEFAULT), "s");
    ConfigException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(Sources.map("m", Map.of("v", "2")))
                    .validator("s", validator)
                    .build());
    assertEquals(
        "refused by the validator \"s\": must have a maximum value of 1",
        refused.problems().get(0).message());
  }
}
