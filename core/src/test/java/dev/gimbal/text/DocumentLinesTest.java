package dev.gimbal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.tree.DocumentText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lines of documents show; what they hide is hunter2. */
final class DocumentLinesTest {

  private static DocumentLines document(String format, String text) {
    return DocumentLines.of(format, text, true);
  }

  /** The first of a line's characters that may be shown. */
  private static String shown(DocumentLines document, int line) {
    return document.line(line).substring(0, document.shown(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "yaml|port: 80|port: ",
        "yaml|  - port: 80|  - port: ",
        "yaml|'  server: '|'  server: '",
        "yaml|größe: 80|größe: ",
        "yaml|text|''",
        "yaml|- item|''",
        "yaml|http://host|''",
        "yaml|# password: p|''",
        "json|{\"port\":80, \"a\": 1}|{\"port\":",
        "json|  \"port\" : {|  \"port\" : ",
        "json|  }],|  }],",
        "json|  \"text\",|''",
        "json|[\"text\"]|''",
        "properties|a.b=1|a.b=",
        "properties|a.b = 1|a.b = ",
        "properties|dGV4dA==|''",
        "properties|dGV4dA=|''",
        "dotenv|export A=1|export A=",
        "toml|[server.http]|[server.http]",
        "json|[server.http]|''",
        "toml|port = 80|port = ",
        "hcl|resource \"disk\" \"main\" {|resource \"disk\" \"main\" {",
        "hocon|port += 80|port += ",
        "xml|  <db-port unit=\"x\">80</db-port>|  <db-port",
        "xml|</db>|</db",
        "yaml|password=hunter2=x|''",
        "yaml|- s3cr=${x}|''",
        "json|password: 80|''",
        "toml|port: 80|''",
        "toml|  [s3cret]|''",
        "toml|[ 0123 ]|''",
        "toml|[\"x${nope}\"]|''",
        "toml|[[server.http]]|[[server.http]]",
        "properties|password hunter2 {|''",
        "properties|- hunter2=x|''",
        "properties|export hunter2=x|''",
        "properties|( hunter2=x|''",
        "properties|\"a hunter2\"=x|''",
        "dotenv|hunter2: x|''",
        "hocon|a.b {|a.b {",
        "json|resource \"disk\" {|''",
        "json|[\"hunter2\": 1|''",
        "json|[{\"port\": 1|[{\"port\": ",
        "other|port: 80|''",
        "other|  }],|  }],",
        "xml|80|''",
      })
  void shown_ofALine_isTheKeyThatItBeginsWith(String format, String line, String shown) {
    String key = shown.startsWith("'") ? shown.substring(1, shown.length() - 1) : shown;
    String text = line.startsWith("'") ? line.substring(1, line.length() - 1) : line;

    assertEquals(key, shown(document(format, text), 0));
  }

  /** Values are hunter2 and more, keys are not. */
  private static final List<DocumentText> DOCUMENTS =
      List.of(
          content(
              "yaml",
              """
              db:
                user: &u "hunter2: hunter2"
                password: 'hunter2 = hunter2'
                plain: hunter2 hunter2:hunter2
                  hunter2: hunter2
                pem: |-  # text
                  hunter2: hunter2
                    hunter2=hunter2
                - name: [hunter2, "hunter2", {a: hunter2}]
                  key: >
                    hunter2: hunter2
              text: "hunter2
                hunter2: hunter2"
              more: hunter2
              """),
          content(
              "yaml",
              """
              {note: 3.5 " disk, password: "hunter2
              hunter2: hunter2", port: 80}
              """),
          content(
              "json",
              """
              {"db": {
                "password": "hunter2: hunter2", "user": "hunter2",
                "list": ["hunter2", "hunter2 = hunter2",
                  "hunter2", 7,
                  ["hunter2"]
                ]
              }}
              """),
          content(
              "properties",
              """
              password=hunter2:hunter2
              text=hunter2 \\
                hunter2=hunter2\\
              hunter2: hunter2
              more: hunter2
              """),
          content(
              "dotenv",
              """
              export PASSWORD="hunter2=hunter2"
              KEY='-----BEGIN KEY-----
              hunter2=hunter2
              Hunter: hunter2
              hunter2==
              '
              """),
          content(
              "toml",
              """
              [db]
              password = "hunter2 = hunter2"
              text = \"""
              hunter2 = hunter2
              [hunter2]
              \"""
              literal = '''
              hunter2 = "hunter2"
              '''
              """),
          content(
              "hcl",
              """
              resource "db" "main" {
                password = "hunter2 = hunter2"
                text = <<-EOT
                  hunter2 = hunter2
                  hunter2 "hunter2" {
                EOT
              }
              """),
          content(
              "xml",
              """
              <db user="hunter2"
                password='hunter2'>
              hunter2: hunter2
                <pin>hunter2 = hunter2</pin>
                <text><![CDATA[hunter2
              hunter2: hunter2
              ]]></text>
                <!-- hunter2
              hunter2: hunter2
                -->
                <?pi
              <hunter2?>
              </db>
              """),
          content(
              "xml",
              """
              <db>
                <password>
              <hunter2&1</password>
                <user name="
              <hunter2"/>
              </db>
              """),
          content(
              "toml",
              """
              keys = [
                ["hunter2"],
                [ "hunter2" ],
              [hunter2],
              hunter2 = 1,
              ]
              key =
              hunter2 = 1
              """),
          content(
              "yaml",
              """
              password:
                hunter=2
              list:
                - hunter2=${x}
                - hunter2 = [
                  hunter2: x,
                  hunter2 = x]
              last: [password,
                hunter2: x]
              """),
          content(
              "json",
              """
              {"password":
              "hunter2": 1,
              hunter2: 2, "list": [
              "hunter2": 1,
              hunter2: 2]}
              """),
          content(
              "properties",
              """
              - hunter2=1
              password hunter2 {
              password "hunter2" {
              export hunter2=1
              [hunter2]
              """));

  private static DocumentText content(String format, String text) {
    return new DocumentText(format, text);
  }

  @Test
  void shown_withinTextOfXml_isNothing() {
    for (String text :
        List.of(
            "<a><![CDATA[\n<hunter2>\n]]></a>",
            "<a><!-- x\n<hunter2>\n--></a>",
            "<a><?x\n<hunter2>\n?></a>")) {
      assertEquals("", shown(document("xml", text), 1), text);
    }
    for (String malformed :
        List.of("<a>\n<hunter2&1</a>", "<a b='\n<hunter2'/>", "\n</db>", "\n  <db>a & b</db>")) {
      assertEquals("", shown(DocumentLines.of("xml", malformed, false), 1), malformed);
    }
    for (String whole : List.of("<a><![CDATA[ ]]>", "<a><!-- x -->", "<a><?x ?>", "<a b='\"'>")) {
      assertEquals("<b", shown(document("xml", whole + "\n<b/></a>"), 1), whole);
    }
  }

  /** Each document cut off at each place, with a quote there, and without a bracket there. */
  @Test
  void shown_ofBrokenDocuments_isNoValue() {
    int lines = 0;
    int keys = 0;
    for (DocumentText content : DOCUMENTS) {
      String text = content.text();
      for (int i = 0; i < text.length(); i++) {
        String before = text.substring(0, i);
        boolean bracket = "[]{}(),\n".indexOf(text.charAt(i)) >= 0;
        for (String broken :
            List.of(
                before,
                before + '"' + text.substring(i),
                before + text.substring(bracket ? i + 1 : i))) {
          DocumentLines document = DocumentLines.of(content.format(), broken, false);
          for (int line = 0; line < document.size(); line++) {
            String shown = shown(document, line);
            assertFalse(shown.contains("hunter"), () -> shown + "\nof\n" + broken);
            lines++;
            keys += shown.isBlank() ? 0 : 1;
          }
        }
      }
    }
    assertEquals(38_504, lines);
    assertTrue(keys > lines / 4, "keys: " + keys);
  }
}
