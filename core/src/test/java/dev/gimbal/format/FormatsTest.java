package dev.gimbal.format;

import static dev.gimbal.format.Parsing.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.tree.Node;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FormatsTest {

  /** A format that does what the test says. */
  private record Scripted(Runnable onRead) implements Format {
    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Set<String> extensions() {
      return Set.of("scripted", "properties");
    }

    @Override
    public void read(String text, TreeBuilder out) {
      onRead.run();
    }

    @Override
    public String write(Node tree) {
      return "";
    }
  }

  private static Document parse(int... bytes) {
    byte[] document = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      document[i] = (byte) bytes[i];
    }
    return Formats.installed(List.of())
        .parse("file", new Content("app", "properties", document), ReadOptions.DEFAULT);
  }

  private static void parseScripted(Runnable onRead) {
    Formats.installed(List.of(new Scripted(onRead)))
        .parse("file", new Content("app", "scripted", new byte[] {'x'}), ReadOptions.DEFAULT);
  }

  /** Whether there is one is up to a format that has several. */
  @Test
  void parse_aSecondDocument_ofAFormatThatHasOne_isRefused() {
    Content content = new Content("app", "properties", new byte[] {'a', '=', '1'});
    Formats formats = Formats.installed(List.of());
    for (Documents one : List.of(Documents.ONLY, Documents.ALL, Documents.number(1))) {
      ReadOptions options = ReadOptions.DEFAULT.withDocuments(one);
      assertEquals(1, formats.parse("file", content, options).tree().keys().size());
    }
    ReadOptions second = ReadOptions.DEFAULT.withDocuments(Documents.number(2));
    ConfigException e =
        assertThrows(ConfigException.class, () -> formats.parse("file", content, second));
    assertEquals(
        "GIM-004 there is no document 2: properties has one in each file\n        at app",
        e.getMessage());
  }

  @Test
  void find_byNameOrExtensionInAnyCase_givesTheFormat() {
    Formats formats = Formats.installed(List.of());
    assertEquals("properties", formats.get("PROPERTIES").name());
    assertNull(formats.find("toml"));
  }

  @Test
  void installed_givenFormat_winsItsExtensions() {
    Format given = new Scripted(() -> {});
    assertSame(given, Formats.installed(List.of(given)).find("properties"));
  }

  @Test
  void get_unknown_namesTheKnownOnes() {
    Formats formats = Formats.installed(List.of());
    assertFails("GIM-015 null no format \"toml\" (known: properties)", () -> formats.get("toml"));
  }

  private record Named(String name, Set<String> extensions) implements Format {
    @Override
    public void read(String text, TreeBuilder out) {}

    @Override
    public String write(Node tree) {
      return "";
    }
  }

  @Test
  void get_misspelt_offersTheOneThatMayBeMeant() {
    Formats formats = Formats.installed(List.of());
    ConfigException e = assertThrows(ConfigException.class, () -> formats.get("Propreties"));

    assertEquals(
        "GIM-015 no format \"Propreties\" (known: properties); did you mean properties?",
        e.getMessage());
    assertEquals(
        Problem.Details.of("\"Propreties\"", "one of properties", "properties"),
        e.problems().get(0).details());
    Format other = new Named("yaml", Set.of("yaml", "yml"));
    assertFails(
        "GIM-015 a.yl no format \"yl\" (known: properties, yaml); did you mean yml?",
        () ->
            Formats.installed(List.of(other))
                .parse("f", new Content("a.yl", "yl", new byte[0]), ReadOptions.DEFAULT));
  }

  @Test
  @Tag("D46")
  void extension_isWhatFollowsTheLastDotOfTheName() {
    assertEquals("yaml", Formats.extension("/etc/a.b/app.prod.YAML"));
    assertEquals("", Formats.extension("/etc/a.b/app"));
    assertEquals("env", Formats.extension(".env"));
    assertEquals("env", Formats.extension("/etc/app/.env.production.local"));
    assertEquals("local", Formats.extension("app.env.local"));
  }

  @Test
  @Tag("D46")
  void parse_unknownFormat_namesTheDocumentAndTheKnownOnes() {
    Formats formats = Formats.installed(List.of());
    assertFails(
        "GIM-015 app.toml no format \"toml\" (known: properties)",
        () ->
            formats.parse("f", new Content("app.toml", "toml", new byte[0]), ReadOptions.DEFAULT));
    assertFails(
        "GIM-015 app the name has no extension; say which with format= (known: properties)",
        () -> formats.parse("f", new Content("app", "", new byte[0]), ReadOptions.DEFAULT));
  }

  @Test
  void parse_leadingBom_isSkippedAndTakesNoColumn() {
    Document document = parse(0xEF, 0xBB, 0xBF, 'a', '=', '1');
    assertEquals(Map.of("a", "1"), Parsing.map(document));
    assertEquals("1:3", Parsing.place(document, "a"));
  }

  @Test
  void parse_notUtf8_namesThePlaceInCharacters() {
    assertFails(
        "GIM-004 app:2:4 found the byte 0xFF, expected UTF-8",
        () -> parse('a', '=', '\n', 'b', '=', 0xC3, 0xA9, 0xFF));
    assertFails("GIM-004 app:1:1 found the byte 0xC0, expected UTF-8", () -> parse(0xC0, 0x80));
    assertFails(
        "GIM-004 app:1:2 found the byte 0xE2, expected UTF-8", () -> parse('a', 0xE2, 0x82));
  }

  @Test
  void parse_theCharacterThatStandsForOthers_isKept() {
    assertEquals(Map.of("a", "\uFFFD!"), Parsing.map(parse('a', '=', 0xEF, 0xBF, 0xBD, '!')));
    assertEquals(
        Map.of("a", "\uFFFD"), Parsing.map(parse(0xEF, 0xBB, 0xBF, 'a', '=', 0xEF, 0xBF, 0xBD)));
    assertFails(
        "GIM-004 app:1:4 found the byte 0xFF, expected UTF-8",
        () -> parse('a', '=', 0xEF, 0xBF, 0xBD, 0xFF));
  }

  @Test
  void parse_utf16_saysSo() {
    assertFails(
        "GIM-004 app:1:1 the document is UTF-16, expected UTF-8", () -> parse(0xFF, 0xFE, 'a', 0));
  }

  @Test
  void parse_moreBytesThanTheLimit_namesIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxBytes(5));
    assertEquals(Map.of("a", "123"), Parsing.map(Parsing.properties("a=123", options)));
    assertFails(
        "GIM-005 app 6 bytes, more than maxBytes 5", () -> Parsing.properties("a=1234", options));
  }

  @Test
  void parse_onlySpacesAndLineBreaks_isAnEmptyObject() {
    assertEquals(Map.of(), Parsing.map(Parsing.properties(" \t\r\n")));
  }

  @Test
  @Tag("D18")
  void parse_formatThatFails_becomesAProblemOfTheDocument() {
    assertFails(
        "GIM-004 app the scripted format failed: java.lang.IllegalStateException",
        () ->
            parseScripted(
                () -> {
                  throw new IllegalStateException("broken");
                }));
  }

  /** It may be a value, as that of a NumberFormatException is. */
  @Test
  void parse_formatThatFails_doesNotShowItsMessage() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                parseScripted(
                    () -> {
                      throw new NumberFormatException("hunter2");
                    }));
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("hunter2"), trace.toString());
    assertTrue(trace.toString().contains("FormatsTest"), trace.toString());
  }

  @Test
  @Tag("D18")
  void parse_formatThatOverflowsTheStack_becomesAProblemOfTheDocument() {
    assertFails(
        "GIM-004 app the scripted format failed: java.lang.StackOverflowError",
        () ->
            parseScripted(
                () -> {
                  throw new StackOverflowError();
                }));
  }

  @Test
  @Tag("D18")
  void parse_formatThatNeedsMoreMemory_becomesAProblemOfTheDocument() {
    assertFails(
        "GIM-004 app the scripted format failed: java.lang.OutOfMemoryError",
        () ->
            parseScripted(
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }));
  }

  @Test
  @Tag("D18")
  void parse_formatWhoseLibraryDoesNotFit_becomesAProblemOfTheDocument() {
    assertFails(
        "GIM-004 app the scripted format failed: java.lang.NoClassDefFoundError",
        () ->
            parseScripted(
                () -> {
                  throw new NoClassDefFoundError("lib/Parser");
                }));
  }

  @Test
  void parse_textOutsideAscii_isUtf8InEveryLocale() {
    byte[] bytes = "k\u00e9y=\u65e5\u672c".getBytes(StandardCharsets.UTF_8);
    Document document =
        Formats.installed(List.of())
            .parse("file", new Content("app", "properties", bytes), ReadOptions.DEFAULT);
    assertEquals(Map.of("k\u00e9y", "\u65e5\u672c"), Parsing.map(document));
  }
}
