package dev.gimbal.format.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;
import dev.gimbal.testing.FormatTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HclSuiteTest extends FormatSuiteKit {

  @Override
  protected Format format() {
    return new HclFormat();
  }

  @Override
  protected int validDocuments() {
    return 89;
  }

  @Override
  protected int invalidDocuments() {
    return 138;
  }

  /** A document that is cut in the middle of a block, an expression, a template or a heredoc. */
  @Test
  void read_beginningOfAValidDocument_failsOnlyWithAPlace() throws IOException {
    FormatTester hcl = new FormatTester(new HclFormat());
    int seen = 0;
    int refused = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      for (int end = 0; end < text.length(); end += 7) {
        List<String> problems = hcl.problems(text.substring(0, end));
        refused += problems.isEmpty() ? 0 : 1;
        assertTrue(
            problems.stream().allMatch(p -> p.matches("GIM-00[46] \\d+:\\d+ .*")),
            document + "\n" + problems);
      }
      seen++;
    }
    assertEquals(89, seen);
    assertTrue(refused > 1000, refused + " refused");
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/suite/valid"))) {
      return files.filter(file -> file.toString().endsWith(".hcl")).sorted().toList();
    }
  }
}
