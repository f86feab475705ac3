package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a document is not closed, the line is shown where that begins, in each format. */
@Timeout(300)
class OpeningLinesTest {

  /** A document, whose values are hunter2, and the lines of it that are printed. */
  private record Case(String file, String document, String lines) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "list.yaml",
              "a: hunter2\nb: [hunter2,\n  hunter2\n",
              "2 | b: ***\n  |    ^ begins here\n4 |\n  | ^\n"),
          new Case(
              "quote.yaml",
              "password: \"hunter2\n  hunter2\n",
              "1 | password: ***\n  |           ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "indent.yaml",
              "b: {c: [hunter2\nd: hunter2\n",
              "1 | b: ***\n  |    ^ begins here\n2 | ***\n  | ^\n"),
          new Case(
              "block.yaml",
              "b: |\n    \n  hunter2\n",
              "1 | b: ***\n  |    ^ begins here\n2 |\n  | ^\n"),
          new Case(
              "list.json",
              "{\"😀\": [\"hunter2\",\n\"hunter2\"\n",
              "1 | {\"😀\": ***\n  |        ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "object.json",
              "{\n\"a\": {\n\"b\": \"hunter2\"\n",
              "2 | \"a\": ***\n  |      ^ begins here\n4 |\n  | ^\n"),
          new Case(
              "quote.json",
              "{\n\"a\": \"hunter2\\\"",
              "2 | \"a\": ***\n  |      ^ begins here\n  |         ^\n"),
          new Case(
              "key.json",
              "{\n\"a\": 1, \"hunter2",
              "2 | \"a\": ***\n  |      ^ begins here\n  |         ^\n"),
          new Case(
              "list.toml",
              "a = 1\nb = [\n  \"hunter2\",\n",
              "2 | b = ***\n  |     ^ begins here\n4 |\n  | ^\n"),
          new Case(
              "table.toml",
              "b = {\n  c = \"hunter2\"\n",
              "1 | b = ***\n  |     ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "text.toml",
              "a = \"\"\"\nhunter2\nhunter2\n",
              "1 | a = ***\n  |     ^ begins here\n4 |\n  | ^\n"),
          new Case(
              "object.conf", "a {\n  b = hunter2\n", "1 | a {\n  |   ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "list.conf",
              "a = [\n  hunter2,\n",
              "1 | a = ***\n  |     ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "text.conf",
              "a = \"\"\"hunter2\nhunter2",
              "1 | a = ***\n  |     ^ begins here\n2 | ***\n  |    ^\n"),
          new Case(
              "block.hcl",
              "disk \"main\" {\n  a = \"hunter2\"\n",
              "1 | disk \"main\" {\n  | ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "list.hcl",
              "a = [\n  \"hunter2\",\n",
              "1 | a = ***\n  |     ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "object.hcl",
              "a = {\n  b = \"hunter2\"\n",
              "1 | a = ***\n  |     ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "quote.hcl", "a = \"hunter2\n", "1 | a = ***\n  |     ^ begins here\n  |        ^\n"),
          new Case(
              "element.xml", "<a>\n  <b>hunter2\n", "2 | ***\n  | ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "tag.xml", "<a>\n  <b c='hunter2'\n\n", "2 | ***\n  | ^ begins here\n4 |\n  | ^\n"),
          new Case("quote.xml", "<a\n  b='hunter2\n", "2 | ***\n  | ^ begins here\n3 |\n  | ^\n"),
          new Case(
              "comment.xml", "<a>\n<!-- hunter2\n", "2 | ***\n  | ^ begins here\n3 |\n  | ^\n"),
          new Case("end.xml", "<a>\n  <b>hunter2</c>\n", "2 | ***\n  | ^\n"),
          new Case(
              "quote.env",
              "A=1\nB=\"hunter2\nhunter2\n",
              "2 | B=***\n  |   ^ begins here\n4 |\n  | ^\n"),
          new Case("key.env", "A=1\n\"B", "2 | ***\n  | ^ begins here\n  |    ^\n"));

  @TempDir Path folder;

  /** The lines below the message and its place, without the blanks before their bars. */
  private String lines(Case one) throws IOException {
    String file = Files.writeString(folder.resolve(one.file()), one.document()).toString();
    Run run = Run.gimbal("check", "-s", file);
    assertEquals(new Run(3, "", run.err()), run);
    return run.err().replaceFirst("GIM-004 .*\n +at .*\n", "").replaceAll("(?m)^ {7}", "");
  }

  @Test
  void check_ofWhatIsNotClosed_showsTheLineWhereItBegins() throws IOException {
    int looked = 0;
    for (Case one : CASES) {
      assertEquals(one.lines(), lines(one), one.file());
      looked++;
    }
    assertEquals(25, looked);
  }

  @Test
  void check_withReveal_showsBothLinesAsTheyAre() throws IOException {
    String file =
        Files.writeString(folder.resolve("a.yaml"), "\uFEFFa: {b: [hunter2\nc: }\n").toString();

    assertEquals(
        """
        GIM-004 the line is indented by 0, but the list that begins at 1:8 is not closed: expected ']', or an indentation of 1 or more
                at $file:2:1
               1 | a: {b: [hunter2
                 |        ^ begins here
               2 | c: }
                 | ^
        """
            .replace("$file", file),
        Run.gimbal("check", "-s", file, "--reveal").err());
  }
}
