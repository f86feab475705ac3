package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a document or a name may not do to a terminal. */
final class VisibleTest {

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void inLine_showsWhatATerminalObeysOrHides() {
    assertEquals(
        "a\\u001b[31m\\u0007\\u007f\\u009b\\u000d\\n\t\\u202e\\u2028\\u2066\\u200f\\u061cé世\uD83D\uDE00",
        Visible.inLine(
            "a\u001b[31m\u0007\u007f\u009b\r\n\t\u202e\u2028\u2066\u200f\u061cé世\uD83D\uDE00"));
  }

  @Test
  void check_ofAKeyWithAnEscape_showsIt() throws IOException {
    String file = write("app.yaml", "\"a\\e[31m\": 1\n\"a\\e[31m\": 2\n");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-006 the key \"a\\u001b[31m\" stands twice, first at 1:1\n        at "
                + file
                + ":2:1\n       2 | ***\n         | ^\n"),
        Run.gimbal("check", "-s", file));
  }

  @Test
  void check_ofAKeyWithALineBreak_staysInItsLine() throws IOException {
    String file = write("app.json", "{\"a\\nok: 1 source\":1,\"a\\nok: 1 source\":2}");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-006 the key \"a\\nok: 1 source\" stands twice, first at 1:2\n        at "
                + file
                + ":1:22\n       1 | ***\n         | ^\n"),
        Run.gimbal("check", "-s", file));
  }

  @Test
  void check_ofAFileWhoseNameHasAnEscape_showsIt() throws IOException {
    String file = write("a\u001b[2J.json", "{");
    String shown = file.replace("\u001b", "\\u001b");

    assertEquals(
        "        at " + shown + ":1:2", Run.gimbal("check", "-s", file).err().split("\n")[1]);
  }

  @Test
  void explain_ofAValueWithControls_showsThem() throws IOException {
    String file = write("app.json", "{\"a\":\"x\\u001b[31m\\n  won: y\",\"b\":\"${a}\"}");

    assertEquals(
        new Run(
            0,
            "b = x\\u001b[31m\\n  won: y\n  won: ${a}   at $file:1:34\n".replace("$file", file)
                + "  resolved: ${a} -> x\\u001b[31m\\n  won: y   at $file:1:6\n"
                    .replace("$file", file),
            ""),
        Run.gimbal("explain", "b", "-s", file));
  }

  @Test
  void absent_ofAPathWithAnEscape_showsIt() throws IOException {
    String file = write("app.json", "{}");

    assertEquals(
        new Run(1, "", "absent: a\\u001b(31m\n"), Run.gimbal("get", "a\u001b(31m", "-s", file));
  }

  @Test
  void run_withAnOptionThatHasAnEscape_showsIt() {
    assertEquals(
        "gimbal get: Unknown option: '--a\\u001b[31m' (see gimbal get --help)\n",
        Run.gimbal("get", "--a\u001b[31m").err());
  }

  @Test
  void batch_escapesWhatJsonWouldLeave() throws IOException {
    String file = write("app.json", "{\"a\":\"\u009b31m\u007f\"}");

    assertEquals(
        new Run(
            0,
            "{\"source\":\"" + file + "\",\"exit\":0,\"output\":{\"a\":\"\\u009b31m\\u007f\"}}\n",
            ""),
        Run.reading(file + "\n", "get", "--batch"));
  }

  @Test
  void get_raw_printsTheTextAsItIs() throws IOException {
    String file = write("app.json", "{\"a\":\"x\\u001b[31m\"}");

    assertEquals(new Run(0, "x\u001b[31m\n", ""), Run.gimbal("get", "a", "-s", file));
  }
}
