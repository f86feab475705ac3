package dev.gimbal.format.yaml;

import static dev.gimbal.format.yaml.Parsing.a;
import static dev.gimbal.format.yaml.Parsing.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Problem;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSchemaTest {

  private static final String UNKNOWN =
      "GIM-022 the tag is unknown and says nothing (known: !!str, !!int, !!float, !!bool, !!null,"
          + " !!map, !!seq)\n        at app:1:4";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "NO",
        "tRUE",
        "nULL",
        "1_000",
        "0b1",
        "1:30",
        "2001-01-01",
        "1.2.3",
        ".inf",
        "-.inf",
        "+.inf",
        ".nan",
        ".NaN",
        ".Inf",
        "0x",
        "0o",
        "0o8",
        "0xG",
        "-0x1F",
        "+0o17",
        "1e",
        "1e+",
        "+",
        "-x",
        ".",
        "..",
        ".e5",
        "e5",
        "1 2",
        "1.5.",
        "<<",
        "=",
        "True!",
        "\u0661\u0662"
      })
  void plain_otherText_isAString(String text) {
    assertEquals(Scalar.string(text), a("a: " + text));
    assertEquals(true, YamlScalars.isString(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1.10", "9007199254740993", "1e5", "1E+400", "-2.50e-07"})
  void plain_numberAsJsonWritesIt_keepsItsText(String text) {
    assertEquals(Scalar.number(text), a("a: " + text));
    assertEquals(false, YamlScalars.isString(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0o17,15",
    "0x1F,31",
    "0xff,255",
    "0o0,0",
    "0xFFFFFFFFFFFFFFFFFF,4722366482869645213695",
    "+1,1",
    "+1.50,1.50",
    ".5,0.5",
    "-.5e3,-0.5e3",
    "1.,1.0",
    "-1.e2,-1.0e2",
    "0644,644",
    "007,7",
    "-00,-0",
    "00.5,0.5",
    "+.5E-3,0.5E-3",
    "000,0"
  })
  void plain_otherNumberOfTheSchema_isSpelledAsJsonSpellsIt(String text, String number) {
    assertEquals(Scalar.number(number), a("a: " + text));
    assertEquals(false, YamlScalars.isString(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL", "!!null ''", "!!null ~"})
  void nullForms_areNull(String text) {
    assertEquals(NullNode.NULL, a("a: " + text));
  }

  @ParameterizedTest
  @CsvSource({"true,true", "True,true", "TRUE,true", "false,false", "False,false", "FALSE,false"})
  void booleans_haveThreeSpellings(String text, boolean value) {
    assertEquals(Scalar.bool(value), a("a: " + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'1'", "\"1\"", "!!str 1", "! 1", "|-\n  1", ">-\n  1"})
  void quotedOrTaggedOne_isAString(String text) {
    assertEquals(Scalar.string("1"), a("a: " + text));
  }

  @Test
  void tags_thatFit_areHonoured() {
    assertEquals(Scalar.number("3"), a("a: !!int \"3\""));
    assertEquals(Scalar.number("15"), a("a: !!int 0o17"));
    assertEquals(Scalar.number("1.50"), a("a: !!float '1.50'"));
    assertEquals(Scalar.number("1"), a("a: !!float 1"));
    assertEquals(Scalar.bool(true), a("a: !!bool 'true'"));
    assertEquals(Scalar.string(""), a("a: !!str"));
    assertEquals(a("a: {b: 1}"), a("a: !!map {b: 1}"));
    assertEquals(a("a: [b]"), a("a: !!seq [b]"));
    assertEquals(Scalar.number("3"), a("%TAG !y! tag:yaml.org,2002:\n---\na: !y!int '3'"));
  }

  @ParameterizedTest
  @CsvSource({
    "!!int x,!!int",
    "!!int 1.5,!!int",
    "!!int '',!!int",
    "!!float x,!!float",
    "!!float .inf,!!float",
    "!!bool yes,!!bool",
    "!!null x,!!null"
  })
  void tags_thatDoNotFitTheText_areRefused(String text, String tag) {
    assertEquals("GIM-004 1:4 the text does not fit its tag " + tag, problem("a: " + text));
  }

  @Test
  void tags_thatDoNotFitTheKind_areRefused() {
    assertEquals("GIM-004 1:4 the tag !!map does not fit a list", problem("a: !!map [b]"));
    assertEquals("GIM-004 1:4 the tag !!seq does not fit a map", problem("a: !!seq {b: c}"));
    assertEquals("GIM-004 1:4 the tag !!str does not fit a map", problem("a: !!str {b: c}"));
    assertEquals("GIM-004 1:4 the tag !!seq does not fit a scalar", problem("a: !!seq b"));
  }

  @ParameterizedTest
  @CsvSource({
    "!Ref 12, 12",
    "!!java.lang.String x, x",
    "!!binary aGk=, aGk=",
    "!!timestamp 2001-01-01, 2001-01-01",
    "!<tag:x.org:y> true, true",
    "!hunter2 x, x"
  })
  void tags_thatAreUnknown_sayThatAScalarIsAString_andWarn(String text, String value) {
    assertEquals(Map.of("a", value), Parsing.map("a: " + text));
    assertEquals(List.of(UNKNOWN), warnings("a: " + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!GetAtt [b]", "!!set {x}", "!!omap [x: 1]", "!hunter2\n- b"})
  void tags_ofListsAndMapsThatAreUnknown_warn(String text) {
    assertEquals(List.of(UNKNOWN), warnings("a: " + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"!hunter2", "!!hunter2", "!hunter2 # c", "!<hunter2>", "!hunter2\nb: 1"})
  void tags_thatAreUnknownWithNothingBehind_areRefusedAndNotShown(String text) {
    assertEquals(
        "GIM-004 1:4 the tag is unknown and nothing follows it (quote a text that begins with !)",
        problem("a: " + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0644", "-0644", "+007", "00", "0899"})
  void read_numberThatBeginsWithZero_warns(String text) {
    assertEquals(
        List.of(
            "GIM-021 a number that begins with 0: YAML 1.2 reads it as decimal, tools for YAML 1.1"
                + " as octal or as text; quote it, or drop the zero\n        at app:1:4"),
        warnings("a: " + text));
  }

  @Test
  void read_numberThatBeginsWithZeroUsedTwice_warnsOnce() {
    assertEquals(1, warnings("a: &x 0644\nb: *x\nc: *x").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "0.5", "00.5", "0e1", "0o17", "0x1F", "'0644'", "!!int 0644", "10"})
  void read_anyOtherNumber_doesNotWarn(String text) {
    assertEquals(List.of(), warnings("a: " + text + "\n0644: b"));
  }

  private static List<String> warnings(String text) {
    return Parsing.parse(text).warnings().stream().map(Problem::toString).toList();
  }
}
