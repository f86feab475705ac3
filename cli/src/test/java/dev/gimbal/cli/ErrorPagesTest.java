package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each error has a page whose example prints what stands there. With {@code
 * -Dgimbal.errors.write=true} the examples are written first.
 */
@Timeout(300)
final class ErrorPagesTest {

  private static final Path PAGES =
      Path.of(System.getProperty("gimbal.root", ".."), "docs", "errors");
  private static final Pattern BLOCK =
      Pattern.compile("^```(yaml|console|text)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path dir;

  @Test
  void eachError_hasAPageWhoseExampleIsWhatIsPrinted() throws Exception {
    Map<ErrorCode, ErrorExamples.Example> java = ErrorExamples.all(dir.resolve("classes"));
    int commands = 0;
    for (ErrorCode code : ErrorCode.values()) {
      Path file = PAGES.resolve(code.id() + ".md");
      String page = Files.readString(file);
      String rendered = rendered(page, code, java.get(code));
      if (Boolean.getBoolean("gimbal.errors.write")) {
        Files.writeString(file, rendered);
      }
      assertEquals(rendered, Files.readString(file));
      assertEquals(
          List.of("# " + code.id() + " `" + code + "`", "Example", "What helps", "Meanwhile"),
          headings(page));
      assertEquals(!rendered.contains("```console"), java.containsKey(code), code.id());
      commands += java.containsKey(code) ? 0 : 1;
    }
    assertEquals(ErrorCode.values().length, java.size() + commands);
    try (Stream<Path> files = Files.list(PAGES)) {
      assertEquals(ErrorCode.values().length, files.count());
    }
  }

  @Test
  void index_hasARowForEachError() throws IOException {
    List<String> rows = new ArrayList<>();
    Matcher row =
        Pattern.compile(
                "^\\| \\[(GIM-\\d+)]\\(errors/(GIM-\\d+)\\.md\\) \\| `(\\w+)` ", Pattern.MULTILINE)
            .matcher(Files.readString(PAGES.resolveSibling("errors.md")));
    while (row.find()) {
      rows.add(row.group(1) + row.group(2) + row.group(3));
    }
    assertEquals(
        Stream.of(ErrorCode.values()).map(code -> code.id() + code.id() + code).toList(), rows);
  }

  private static List<String> headings(String page) {
    List<String> headings = new ArrayList<>();
    for (String line : page.split("\n")) {
      if (line.startsWith("# GIM-") || line.startsWith("## ")) {
        headings.add(line.replaceFirst("^## ", ""));
      }
    }
    return headings;
  }

  /** The page with what its example prints now; the id is in it. */
  private String rendered(String page, ErrorCode code, ErrorExamples.Example java)
      throws Exception {
    Path folder = Files.createDirectory(dir.resolve(code.id()));
    StringBuilder rendered = new StringBuilder();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      String text = block.group(2);
      if (block.group(1).equals("yaml")) {
        Files.writeString(folder.resolve(text.substring(2, text.indexOf('\n'))), text);
      } else {
        text = block.group(1).equals("console") ? printed(text, folder) : java.message() + "\n";
        assertEquals(true, text.contains(code.id() + " "), text);
      }
      block.appendReplacement(
          rendered, Matcher.quoteReplacement("```" + block.group(1) + "\n" + text + "```"));
    }
    return block.appendTail(rendered).toString();
  }

  private static String printed(String examples, Path folder) throws Exception {
    StringBuilder printed = new StringBuilder();
    for (String line : examples.split("\n")) {
      if (line.startsWith("$ ")) {
        String command = line.substring(2);
        printed.append(line).append('\n').append(new PageShell(folder).run(command));
      }
    }
    return printed.toString();
  }
}
