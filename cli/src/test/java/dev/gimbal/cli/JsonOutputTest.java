package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --output json} of the commands whose text is for people. */
final class JsonOutputTest {

  private static final String NOT_CLOSED =
      "the line is indented by 0, but the list that begins at 1:8 is not closed: expected ']',"
          + " or an indentation of 1 or more";

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String problem(String severity, String code, String text, String at, int line) {
    return problem(severity, code, text, at, line, "null");
  }

  private static String problem(
      String severity, String code, String text, String at, int line, String excerpt) {
    return ("{\"severity\":\"%s\",\"code\":\"%s\",\"path\":null,\"message\":\"%s\",\"source\":\"%s\",\"document\":\"%s\",%s,\"found\":null,\"expected\":null,\"suggestion\":null,\"overridden\":[],\"steps\":[],\"begin\":null,\"excerpt\":%s}\n")
        .formatted(
            severity,
            code,
            text,
            at,
            at,
            line == 0
                ? "\"line\":null,\"column\":null"
                : "\"line\":" + line + ",\"column\":" + (line == 1 ? 4 : 1),
            excerpt);
  }

  private static String place(String name, int line, int column) {
    return "{\"source\":\"%s\",\"document\":\"%s\",\"line\":%d,\"column\":%d}"
        .formatted(name, name, line, column);
  }

  private static String excerpt(int line, String text, int caret) {
    return line(line, text, caret) + ",\"begin\":null}";
  }

  private static String line(int line, String text, int caret) {
    return "{\"line\":" + line + ",\"text\":\"" + text + "\",\"caret\":" + caret;
  }

  @Test
  void check_ofProblems_printsALineForEach() throws IOException {
    String bad = write("bad.yaml", "a: 1\na: 2\n");
    String open = write("open.yaml", "x: ${no}\n");

    Run run = Run.gimbal("check", "-s", bad, "-s", open, "-o", "json");

    assertEquals(
        new Run(
            3,
            problem(
                    "error",
                    "GIM-006",
                    "the key \\\"a\\\" stands twice, first at 1:1",
                    bad,
                    2,
                    excerpt(2, "a: ***", 0))
                + problem(
                        "error",
                        "GIM-008",
                        "no is absent, and ${no} has no default",
                        open,
                        1,
                        excerpt(1, "x: ***", 3))
                    .replace("\"path\":null", "\"path\":\"x\""),
            ""),
        run);
  }

  @Test
  void check_ofAValue_printsItsDetails() throws IOException {
    String low = write("low.properties", "port=1\nhost=h\n");
    String high = write("high.properties", "port=${no.${host}}\n");
    String schema = write("schema.json", "{}");

    Run run = Run.gimbal("check", "-s", low, "-s", high, "--schema", schema, "-o", "json");

    assertEquals(
        new Run(
            3,
            ("{\"severity\":\"error\",\"code\":\"GIM-008\",\"path\":\"port\",\"message\":\"no.h is absent, and"
                    + " ${no.${host}} has no default\",\"source\":\"$high\",\"document\":\"$high\",\"line\":1,\"column\":6,"
                    + "\"found\":null,\"expected\":null,\"suggestion\":null,\"overridden\":[],"
                    + "\"steps\":[{\"placeholder\":\"${host}\",\"value\":\"h\",\"source\":\"$low\",\"document\":\"$low\",\"line\":2,\"column\":6}],"
                    + "\"begin\":null,\"excerpt\":{\"line\":1,\"text\":\"port=***\",\"caret\":5,\"begin\":null}}\n")
                .replace("$high", high)
                .replace("$low", low),
            ""),
        run);
  }

  @Test
  void check_ofAMalformedDocument_printsWhatWasFoundAndExpected() throws IOException {
    String bad = write("bad.json", "{\"a\": 1,\n\"b\" 2}\n");
    String list = write("list.json", "[1]\n");

    assertEquals(
        new Run(
            3,
            problem(
                        "error",
                        "GIM-004",
                        "unexpected '2', expected ':'",
                        bad,
                        2,
                        excerpt(2, "***", 0))
                    .replace("\"column\":1", "\"column\":5")
                    .replace("\"found\":null", "\"found\":\"'2'\"")
                    .replace("\"expected\":null", "\"expected\":\"':'\"")
                + problem(
                        "error",
                        "GIM-007",
                        "the root is a list, expected an object or nothing",
                        list,
                        1,
                        excerpt(1, "***", 0))
                    .replace("\"column\":4", "\"column\":1")
                    .replace("\"found\":null", "\"found\":\"a list\"")
                    .replace("\"expected\":null", "\"expected\":\"an object or nothing\""),
            ""),
        Run.gimbal("check", "-s", bad, "-s", list, "-o", "json"));
  }

  @Test
  void check_ofWhatIsNotClosed_printsTheLineWhereItBegins() throws IOException {
    String bad = write("bad.yaml", "hosts: [hunter2,\nport: 1\n");

    String excerpt = excerpt(2, "***", 0).replace("null", line(1, "hosts: ***", 7) + "}");
    assertEquals(
        new Run(
            3,
            problem("error", "GIM-004", NOT_CLOSED, bad, 2, excerpt)
                .replace(
                    "\"expected\":null", "\"expected\":\"']', or an indentation of 1 or more\"")
                .replace("\"begin\":null", "\"begin\":" + place(bad, 1, 8)),
            ""),
        Run.gimbal("check", "-s", bad, "-o", "json"));
  }

  @Test
  void check_withReveal_printsTheLineAsItIs() throws IOException {
    String bad = write("bad.yaml", "a: 1\na: \"2\"\n");

    assertEquals(
        problem(
            "error",
            "GIM-006",
            "the key \\\"a\\\" stands twice, first at 1:1",
            bad,
            2,
            excerpt(2, "a: \\\"2\\\"", 0)),
        Run.gimbal("check", "-s", bad, "-o", "json", "--reveal").out());
  }

  /** What the command itself never finds has its parts too. */
  @Test
  void line_ofAProblem_hasEachPart() {
    Problem problem =
        new Problem(
            ErrorCode.CONVERSION,
            ConfigPath.of("port"),
            "wrong",
            null,
            null,
            new Problem.Details(
                "\"80a\"",
                "an integer",
                "80",
                List.of(Origin.of("low"), new Origin("lower", "l.yaml", 3, 4)),
                List.of(),
                new Origin("s", "d", 5, 6),
                null));

    assertEquals(
        "{\"severity\":\"warning\",\"code\":\"GIM-003\",\"path\":\"port\",\"message\":\"wrong\",\"source\":null,"
            + "\"document\":null,\"line\":null,\"column\":null,\"found\":\"\\\"80a\\\"\",\"expected\":\"an integer\","
            + "\"suggestion\":\"80\",\"overridden\":[{\"source\":\"low\",\"document\":\"low\",\"line\":null,\"column\":null},"
            + "{\"source\":\"lower\",\"document\":\"l.yaml\",\"line\":3,\"column\":4}],\"steps\":[],\"begin\":{\"source\":\"s\",\"document\":\"d\",\"line\":5,\"column\":6},\"excerpt\":null}",
        JsonLine.of("warning", problem).toString());
  }

  @Test
  void check_ofWarnings_printsThemBeforeTheCounts() throws IOException {
    String good = write("good.yaml", "a: 1\n");
    String none = folder.resolve("none.yaml").toString();

    Run run = Run.gimbal("check", "-s", good, "-s", none + "?optional=true", "-o", "json");

    assertEquals(
        new Run(
            0,
            problem("warning", "GIM-011", "there is nothing at this path", none, 0)
                + "{\"sources\":2,\"keys\":1}\n",
            ""),
        run);
  }

  @Test
  void explain_ofAValue_printsOneLine() throws IOException {
    String low = write("low.properties", "port=80\nurl=h:${port}\npassword=p\n");
    String place =
        "\"source\":\""
            + low
            + "\",\"document\":\""
            + low
            + "\",\"line\":2,\"column\":5,\"labels\":{}}";

    assertEquals(
        new Run(
            0,
            "{\"path\":\"url\",\"value\":\"h:90\",\"candidates\":[{\"outcome\":\"won\","
                + "\"value\":\"h:${port}\","
                + place
                + "],\"steps\":[{\"placeholder\":\"${port}\",\"value\":\"90\","
                + "\"source\":\"--set\",\"document\":\"--set\",\"line\":null,\"column\":null}],\"down\":[]}\n",
            ""),
        Run.gimbal("explain", "url", "-s", low, "--set", "port=90", "-o", "json"));
    assertEquals(
        new Run(
            0,
            "{\"path\":\"password\",\"value\":\"***\",\"candidates\":[{\"outcome\":\"won\","
                + "\"value\":\"***\","
                + place.replace("2,\"column\":5", "3,\"column\":10")
                + "],\"steps\":[],\"down\":[]}\n",
            ""),
        Run.gimbal("explain", "password", "-s", low, "-o", "json"));
  }

  @Test
  void explain_ofNothing_hasNullAsItsValue() throws IOException {
    String low = write("low.properties", "port=80\n");

    assertEquals(
        new Run(
            1,
            "{\"path\":\"none\",\"value\":null,\"candidates\":[],\"steps\":[],\"down\":[]}\n",
            "absent: none\n"),
        Run.gimbal("explain", "none", "-s", low, "-o", "json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"get -s", "explain a -s", "watch -s", "diff /dev/null?format=json"})
  void aProblem_isALineOnStandardError(String command) throws IOException {
    String bad = write("bad.yaml", "a: 1\na: 2\n");
    String text = "the key \\\"a\\\" stands twice, first at 1:1";

    Run run = Run.gimbal((command + " " + bad + " -o json").split(" "));

    assertEquals(
        new Run(3, "", problem("error", "GIM-006", text, bad, 2, excerpt(2, "a: ***", 0))), run);
  }
}
