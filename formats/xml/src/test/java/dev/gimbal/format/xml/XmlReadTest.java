package dev.gimbal.format.xml;

import static dev.gimbal.testing.FormatTester.place;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class XmlReadTest {

  private final FormatTester tester = new FormatTester(new XmlFormat());

  @Test
  void format_isFoundAsAService() {
    List<String> names =
        ServiceLoader.load(Format.class).stream().map(p -> p.get().name()).sorted().toList();
    assertEquals(List.of("json", "jsonc", "xml"), names);
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document =
        tester.read(
            """
            <?xml version="1.0"?>
            <c a = '1'><b> \uD83D\uDE00 x</b>
              <d>
                <!-- c --> y</d><b/>
              <e f="1">
                text<g/></e>
              <h>&#32;&amp;</h><i> <![CDATA[ z]]></i>
            </c>
            """);
    assertEquals("2:1", place(document, ""));
    assertEquals("2:8", place(document, "a"));
    assertEquals("2:12", place(document, "b"));
    assertEquals("2:16", place(document, "b[0]"));
    assertEquals("4:21", place(document, "b[1]"));
    assertEquals("4:16", place(document, "d"));
    assertEquals("5:3", place(document, "e"));
    assertEquals("5:8", place(document, "e.f"));
    assertEquals("6:5", place(document, "e.\"\""));
    assertEquals("6:9", place(document, "e.g"));
    assertEquals("7:11", place(document, "h"));
    assertEquals("7:34", place(document, "i"));
  }

  @Test
  void read_preservedWhiteSpace_standsAtItsElement() {
    Document document = tester.read("<c>\n<a xml:space='preserve'> </a></c>");
    assertEquals(Scalar.string(" "), document.tree().get("a"));
    assertEquals("2:1", place(document, "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<a>hunter2            | 1:11 unexpected end of the document, expected </a> of the element that begins at 1:1",
        "<a></hunter2>         | 1:4 found another end tag, expected </a> of the element that begins at 1:1",
        "<a>&hunter2;</a>      | 1:4 unexpected '&', expected &lt;, &gt;, &amp;, &quot;, &apos; or the number of a character (write & as &amp;)",
        "<a b='hunter2/>       | 1:16 unexpected end of the document, expected the closing quote of the value that begins at 1:6",
        "<a b=hunter2/>        | 1:6 unexpected 'h', expected a value in quotes",
        "<a b/>                | 1:5 unexpected '/', expected '=' after the name of an attribute",
        "<a b='1'c='2'/>       | 1:9 unexpected 'c', expected a blank, '/>' or '>'",
        "<a b='<'/>            | 1:7 unexpected '<', expected &lt; in a value",
        "<a>1 < 2</a>          | 1:7 unexpected space, expected the name of an element",
        "<a>]]></a>            | 1:4 unexpected ]]> in a text, expected ]]&gt;",
        "<a>&#0;</a>           | 1:4 the number of a character that XML cannot hold",
        "<a>&#65</a>           | 1:8 unexpected '<', expected ';' after the number of a character",
        "<a/>hunter2           | 1:5 unexpected 'h', expected the end of the document after the root element",
        "hunter2               | 1:1 unexpected 'h', expected an element",
        "<a><!-- hunter2       | 1:16 unexpected end of the document, expected --> of what begins at 1:4",
        "<a><!-- x -- --></a>  | 1:13 unexpected space, expected '>' after -- in a comment",
        "<a><![CDATA[hunter2   | 1:20 unexpected end of the document, expected ]]> of what begins at 1:4",
        "<a><?xml x?></a>      | 1:4 found an XML declaration, expected it at the begin of the document",
        "<x:a/>                | 1:1 the prefix of the name is not declared by an xmlns",
        "<!DOCTYPE hunter2><a/>| 1:1 found a document type (<!DOCTYPE), expected none: it could name other files",
        "<?xml version='1.0' encoding='UTF-16'?><a/> | 1:21 found another encoding, expected UTF-8",
      })
  void read_malformed_saysWhatWasFoundAndExpected(String text, String expected) {
    assertEquals(List.of("GIM-004 " + expected), tester.problems(text));
  }

  @Test
  void read_attributesThatStandTwice_areToldTogether() {
    assertEquals(
        List.of(
            "GIM-006 1:10 the key \"x\" stands twice, first at 1:4",
            "GIM-006 2:9 the key \"y\" stands twice, first at 2:4",
            "GIM-004 2:15 unexpected end of the document, expected </a> of the element that begins"
                + " at 1:1"),
        tester.problems("<a x='1' x='2'>\n<b y='' y=''/>"));
  }

  @Test
  void read_depthBomb_namesTheLimit() {
    assertEquals(
        List.of("GIM-005 1:772 nested deeper than maxDepth 256"),
        tester.problems("<a>".repeat(100_000)));
    assertEquals(
        List.of("GIM-005 1:769 nested deeper than maxDepth 255"),
        tester.problems("<a>".repeat(256) + "<a b=''/>", depth(255)));
    assertEquals(
        List.of(), tester.problems("<a>".repeat(255) + "<a/>" + "</a>".repeat(255), depth(255)));
  }

  private static ReadOptions depth(int depth) {
    return ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxDepth(depth));
  }

  @Test
  void read_moreValuesThanTheLimit_areRefusedWhileTheyAreParsed() {
    assertEquals(
        List.of("GIM-005 1:4000000 more values than maxNodes 1000000"),
        tester.problems("<a>" + "<b/>".repeat(2_000_000)));
  }

  @Test
  void read_whatMightTakeLong_isRead() {
    assertEquals(
        "x".repeat(1_000_000),
        tester.map("<c><a>" + "&#x78;".repeat(1_000_000) + "</a></c>").get("a"));
    assertEquals(List.of(), tester.problems("<c><a>" + "]".repeat(1_000_000) + "</a></c>"));
    assertEquals(List.of(), tester.problems("<c>" + "<!-- -->".repeat(500_000) + "</c>"));
    assertEquals(List.of(), tester.problems("<c>" + "<![CDATA[]]>".repeat(500_000) + "</c>"));
    assertEquals(List.of(), tester.problems("<c>" + "x<a/>".repeat(300_000) + "</c>"));
    StringBuilder attributes = new StringBuilder("<c ");
    for (int i = 0; i < 100_000; i++) {
      attributes.append("a").append(i).append("='' ");
    }
    assertEquals(100_000, tester.map(attributes + "/>").size());
  }

  @Test
  void read_namesBeyondTheLimitsOfTheJdk_areTaken() {
    String name = "n".repeat(100_000);
    assertEquals(Map.of(name, "x"), tester.map("<c><" + name + ">x</" + name + "></c>"));
  }

  @Test
  void read_keysWithDots_areLiteral_unlessAskedFor() {
    String text = "<c><a.b>1</a.b></c>";
    assertEquals(Map.of("a.b", "1"), tester.map(text));
    Document expanded = tester.read(text, ReadOptions.DEFAULT.withExpandDottedKeys(true));
    assertEquals("1:9", place(expanded, "a.b"));
  }
}
