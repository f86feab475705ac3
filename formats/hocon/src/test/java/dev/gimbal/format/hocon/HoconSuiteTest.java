package dev.gimbal.format.hocon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatSuiteKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HoconSuiteTest extends FormatSuiteKit {

  private static final Path FOLDER =
      Path.of(System.getProperty("gimbal.root"), "formats/hocon/src/test/resources/suite");

  /**
   * Where the implementation that HOCON's specification comes from reads what is refused here, or
   * other values. {@code docs/spec/formats.md} says why.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "invalid/quoted/signed-hex-digits.hocon",
          "invalid/substitutions/list-in-text.hocon",
          "invalid/text/after-a-list.hocon",
          "invalid/text/after-an-object.hocon",
          "valid/append/inside-a-list.hocon",
          "valid/append/to-what-an-object-inherits.hocon",
          "valid/numbers/large.hocon",
          "valid/substitutions/absent-beside-object-or-list.hocon");

  @Override
  protected Format format() {
    return new HoconFormat();
  }

  @Override
  protected int validDocuments() {
    return 152;
  }

  @Override
  protected int invalidDocuments() {
    return 156;
  }

  /** Includes aside, which the reference implementation follows or passes over. */
  @Test
  void referenceImplementation_agreesButForWhatIsListed() throws IOException {
    Set<String> others = new TreeSet<>();
    int seen = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      String name = FOLDER.relativize(document).toString();
      if (!name.startsWith("invalid/includes/")) {
        if (!Reference.ours(text).agreesWith(Reference.theirs(text))) {
          others.add(name);
        }
        seen++;
      }
    }
    assertEquals(new TreeSet<>(OTHERS), others);
    assertEquals(292, seen);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".hocon")).sorted().toList();
    }
  }
}
