package dev.gimbal.format.xml;

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

class XmlSuiteTest extends FormatSuiteKit {

  private static final Path FOLDER =
      Path.of(System.getProperty("gimbal.root"), "formats/xml/src/test/resources/suite");

  /**
   * What the JDK's parser reads nevertheless: in another encoding, or a name that begins with a
   * colon.
   */
  private static final Set<String> READ_BY_THE_JDK =
      Set.of(
          "invalid/declaration/encoding-of-more-than-ascii.xml",
          "invalid/namespaces/empty-prefix.xml");

  @Override
  protected Format format() {
    return new XmlFormat();
  }

  @Override
  protected int validDocuments() {
    return 78;
  }

  @Override
  protected int invalidDocuments() {
    return 131;
  }

  @Test
  void parserOfTheJdk_agreesButForWhatIsListed() throws IOException {
    Set<String> others = new TreeSet<>();
    int seen = 0;
    for (Path document : documents()) {
      String text = Files.readString(document).replaceFirst("^\uFEFF", "");
      if (!Reference.ours(text).agreesWith(Reference.theirs(text))) {
        others.add(FOLDER.relativize(document).toString());
      }
      seen++;
    }
    assertEquals(new TreeSet<>(READ_BY_THE_JDK), others);
    assertEquals(validDocuments() + invalidDocuments(), seen);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    }
  }
}
