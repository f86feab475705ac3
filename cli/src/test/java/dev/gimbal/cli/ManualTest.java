package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/cli.md print what stands there, but for that of watch, which is not run. */
@Timeout(120)
final class ManualTest {

  private static final Path PAGE =
      Path.of(System.getProperty("gimbal.root", ".."), "docs", "cli.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(properties|yaml|console)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void examples_printWhatThePageShows() throws Exception {
    int files = 0;
    List<String> expected = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      String text = block.group(2);
      if (!block.group(1).equals("console")) {
        String name = text.substring(2, text.indexOf('\n'));
        Files.writeString(folder.resolve(name), text);
        files++;
        continue;
      }
      for (String example : text.split("(?m)^\\$ ")) {
        if (!example.isEmpty() && !example.startsWith("gimbal watch")) {
          expected.add("$ " + example);
          String command = example.substring(0, example.indexOf('\n'));
          printed.add("$ " + command + "\n" + new PageShell(folder).run(command));
        }
      }
    }
    assertEquals(expected, printed);
    assertEquals(2, files);
    assertEquals(40, printed.size());
  }

  /** The options of files and folders are those that the error about an unknown one names. */
  @Test
  void sources_haveARowForEachOption() throws IOException {
    String known =
        Run.gimbal("check", "-s", "dir:none?no=1").err().replaceAll("(?s).*known: |\\).*", "");
    List<String> options = new ArrayList<>();
    String page = Files.readString(PAGE.resolveSibling("sources.md"));
    for (String line : page.substring(0, page.indexOf("\n## HTTP\n")).split("\n")) {
      Matcher row = Pattern.compile("\\| `(\\w+)` \\| `\\w+\\(.*").matcher(line);
      if (row.matches()) {
        options.add(row.group(1));
      }
    }
    assertEquals(List.of(known.split(", ")), options);
    assertEquals(15, options.size());
  }
}
