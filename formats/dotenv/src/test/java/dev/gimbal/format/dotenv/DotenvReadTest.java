package dev.gimbal.format.dotenv;

import static dev.gimbal.testing.FormatTester.place;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotenvReadTest {

  private final FormatTester dotenv = new FormatTester(new DotenvFormat());

  private Node a(String text, ReadOptions options) {
    return Objects.requireNonNull(dotenv.read(text, options).tree().get("A"));
  }

  @Test
  void format_isFoundAsAService() {
    assertTrue(
        ServiceLoader.load(Format.class).stream().anyMatch(p -> p.type() == DotenvFormat.class));
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document =
        dotenv.read("A=1\n  export B = \"x\ny\" # c\nC=\nd.e: '\u00e9'\r\nd.f=\t\uD83D\uDE00");
    assertEquals("1:3", place(document, "A"));
    assertEquals("2:14", place(document, "B"));
    assertEquals("4:1", place(document, "C"));
    assertEquals("5:6", place(document, "d.e"));
    assertEquals("6:6", place(document, "d.f"));
  }

  @Test
  void read_keyStandingTwice_warnsAndTakesTheLast() {
    String text = "A=1\nB=2\nexport A='3'\n";
    assertEquals(Map.of("A", "3", "B", "2"), dotenv.map(text));
    assertEquals(
        List.of("GIM-006 3:10 the key \"A\" stands twice, first at 1:3; the last one wins"),
        dotenv.warnings(text));
  }

  @Test
  void read_keyWithoutAValue_warns() {
    assertEquals(
        List.of(
            "GIM-004 1:1 a key without a value is left out, expected '=' after it",
            "GIM-004 2:8 a key without a value is left out, expected '=' after it"),
        dotenv.warnings("A\nexport B # c\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A=${x}", "A=\"${x}\"", "A=`${x}`", "A: ${x} # c"})
  void read_value_mayHoldPlaceholders(String text) {
    assertEquals(Scalar.string("${x}", Scalar.Template.ALL), a(text, ReadOptions.DEFAULT));
    ReadOptions off = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);
    assertEquals(Scalar.string("${x}"), a(text, off));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A='${x}'", "A=\"\\${x}\""})
  void read_valueInSingleQuotes_orWithEscapedDollars_isLiteral(String text) {
    assertEquals(Scalar.string("${x}"), a(text, ReadOptions.DEFAULT));
  }

  @Test
  void read_escapedDollarBesideAPlaceholder_isEscapedAsGimbalDoes() {
    String text = "A=\"\\${x}\\$y ${z}\"";
    assertEquals(Scalar.string("$${x}$y ${z}", Scalar.Template.ALL), a(text, ReadOptions.DEFAULT));
    ReadOptions off = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);
    assertEquals(Scalar.string("${x}$y ${z}"), a(text, off));
  }

  @ParameterizedTest
  @CsvSource({
    "A=${x:-y},${x:y}",
    "A=\"${x:-}\",${x:}",
    "A=`${x:--1}`,${x:-1}",
    "A=${x.y:-z},${x.y:z}"
  })
  void read_defaultOfTheShell_isThatOfGimbal_whereThereArePlaceholders(String text, String read) {
    assertEquals(Scalar.string(read, Scalar.Template.ALL), a(text, ReadOptions.DEFAULT));
    ReadOptions off = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);
    String asWritten = text.substring(2).replaceAll("^[\"`]|[\"`]$", "");
    assertEquals(Scalar.string(asWritten), a(text, off));
  }

  @Test
  void read_error_neverShowsAValue() {
    assertEquals(
        List.of(
            "GIM-004 1:21 unexpected 'r', expected the end of the line after the closing quote"),
        dotenv.problems("PASSWORD=\"hunter2\"  rest"));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_longDocuments_costWhatTheirLengthAllows() {
    int many = 1_000_000;
    assertEquals(many, text("A=\"" + "\\${".repeat(many) + "\"").length() / 2);
    assertEquals(many, text("A='" + "\\'".repeat(many) + "'").length());
    assertEquals(2 * many, text("A=" + "#x".repeat(many)).length());
    assertEquals(4 * many, text("A=\"" + "${a:-".repeat(many) + "\"").length());
  }

  private String text(String document) {
    return ((Scalar) a(document, ReadOptions.DEFAULT)).text();
  }
}
