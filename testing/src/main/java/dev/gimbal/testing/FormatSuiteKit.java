package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Format;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A suite of documents for a {@link Format}, as files on the test class path, with the format's
 * name, or another {@link #extension}, at the end of their names. Below {@code valid} each has a
 * {@code .json} of the same name beside it; a JSON format must be on the class path. Below {@code
 * invalid} each folder has a file {@code errors.txt}, which says in lines such as {@code name:
 * GIM-004 1:5 message} what is wrong with the documents in it.
 *
 * @since 0.1.0
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FormatSuiteKit {

  private static final String JSON = "json";
  private static final String ERRORS = "errors.txt";

  /** For test classes. */
  protected FormatSuiteKit() {}

  /** The format under test. */
  protected abstract Format format();

  /** How many documents there are below {@code valid}. */
  protected abstract int validDocuments();

  /** How many documents there are below {@code invalid}. */
  protected abstract int invalidDocuments();

  /** What the names of documents end with, without the dot; by default the format's name. */
  protected String extension() {
    return format().name();
  }

  /** The folder that holds {@code valid} and {@code invalid}, on the class path of this class. */
  protected String suite() {
    return "/suite";
  }

  @Test
  public final void read_validDocument_givesWhatItsJsonSays() throws Exception {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (Path file : documents("valid")) {
      Path json = file.resolveSibling(name(file) + "." + JSON);
      String expected = tester().written(JSON, read(JSON, Files.readAllBytes(json)));
      String found;
      try {
        found = tester().written(JSON, read(format().name(), Files.readAllBytes(file)));
      } catch (ConfigException e) {
        found = e.getMessage();
      }
      if (!expected.equals(found)) {
        wrong.add(file + " gives " + found + "expected " + expected);
      }
      seen++;
    }
    assertEquals(List.of(), wrong);
    assertEquals(validDocuments(), seen);
  }

  @Test
  public final void write_validDocument_readsBackEqual_orSaysWhatItCannotExpress()
      throws Exception {
    int seen = 0;
    for (Path file : documents("valid")) {
      ObjectNode tree = read(format().name(), Files.readAllBytes(file));
      try {
        byte[] written = format().write(tree).getBytes(StandardCharsets.UTF_8);
        assertEquals(
            tester().written(JSON, tree),
            tester().written(JSON, read(format().name(), written)),
            file.toString());
      } catch (ConfigException e) {
        assertEquals(ErrorCode.NOT_EXPRESSIBLE, e.code(), file + ": " + e.getMessage());
      }
      seen++;
    }
    assertEquals(validDocuments(), seen);
  }

  @Test
  public final void read_invalidDocument_saysWhatIsWrongAndWhere() throws Exception {
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    int seen = 0;
    for (Path file : documents("invalid")) {
      List<String> problems = problems(Files.readAllBytes(file));
      for (String problem : problems.isEmpty() ? List.of("nothing is wrong") : problems) {
        found.add(folder(file) + "/" + name(file) + ": " + problem);
      }
      seen++;
    }
    for (Path errors : files("invalid", ERRORS)) {
      for (String line : Files.readAllLines(errors)) {
        expected.add(folder(errors) + "/" + line);
      }
    }
    assertEquals(
        String.join("\n", expected.stream().sorted().toList()),
        String.join("\n", found.stream().sorted().toList()));
    assertEquals(invalidDocuments(), seen);
  }

  private FormatTester tester() {
    return new FormatTester(format());
  }

  private ObjectNode read(String formatName, byte[] bytes) {
    return tester().read(formatName, bytes, ReadOptions.DEFAULT).tree();
  }

  private List<String> problems(byte[] bytes) {
    try {
      read(format().name(), bytes);
      return List.of();
    } catch (ConfigException e) {
      return FormatTester.problems(e);
    }
  }

  private List<Path> documents(String folder) throws IOException, URISyntaxException {
    return files(folder, "." + extension());
  }

  private List<Path> files(String folder, String ending) throws IOException, URISyntaxException {
    URL url = Objects.requireNonNull(getClass().getResource(suite() + "/" + folder), folder);
    try (Stream<Path> files = Files.walk(Path.of(url.toURI()))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.resolveSibling("").getFileName());
  }

  private static String name(Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    return name.substring(0, name.lastIndexOf('.'));
  }
}
