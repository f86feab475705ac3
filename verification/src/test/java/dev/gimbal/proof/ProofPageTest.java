package dev.gimbal.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/proof.md} is what its template, the tests and the figures make of it, and leaves
 * nothing out. With {@code -Dgimbal.proof.write=true} it is written first.
 */
class ProofPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root"));
  private static final Path TEMPLATE = ROOT.resolve("verification/proof/proof.md");
  private static final Path PAGE = ROOT.resolve("docs/proof.md");
  private static final TestIndex INDEX = TestIndex.of(ROOT);

  private static final int CLASSES = 20;
  private static final int DEFECTS = 50;

  @TempDir private Path folder;

  private static String page(String template) {
    return new ProofPage(ROOT, INDEX, Figures.stored()).of(template);
  }

  // ---- the page

  @Test
  void page_isWhatItsTemplateMakes() throws IOException {
    String page = page(Files.readString(TEMPLATE));
    if (Boolean.getBoolean("gimbal.proof.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE));
  }

  /** The first cells of all rows of tables of the section of that name, each of which cites. */
  private static List<String> rows(String section) throws IOException {
    String text = Files.readString(TEMPLATE);
    int begin = text.indexOf("\n## " + section + "\n");
    assertTrue(begin >= 0, "no section " + section);
    int end = text.indexOf("\n## ", begin + 1);
    List<String> rows = new ArrayList<>();
    for (String line : text.substring(begin, end < 0 ? text.length() : end).split("\n")) {
      Matcher row = Pattern.compile("\\| ([\\w-]+) \\|.*").matcher(line);
      if (row.matches()) {
        assertTrue(line.contains("{{"), "it cites nothing: " + line);
        rows.add(row.group(1));
      }
    }
    return rows;
  }

  private static List<String> numbered(String prefix, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> prefix + i).toList();
  }

  @Test
  void everyGuarantee_hasARow() throws IOException {
    assertEquals(numbered("G", 12), rows("The guarantees").stream().distinct().toList());
  }

  @Test
  void everyExperiment_hasARow_andNoFigureOfGimbalIsABreach() throws IOException {
    List<String> expected = new ArrayList<>();
    expected.addAll(numbered("A-", 4));
    expected.addAll(numbered("B-", 4));
    expected.addAll(numbered("C-", 3));
    expected.addAll(numbered("D-", 5));
    expected.addAll(numbered("E-", 7));
    expected.addAll(numbered("F-", 7));
    expected.addAll(numbered("GS", 7));
    expected.addAll(numbered("A", 3));
    expected.addAll(List.of("V1", "V2", "C1", "O1", "O2"));
    assertEquals(expected, rows("The experiments").stream().distinct().toList());
    List<Figures.Figure> broken = new ArrayList<>(Figures.stored().all());
    int all = broken.size();
    broken.removeIf(
        figure ->
            figure.who() == Figures.Who.GIMBAL
                ? figure.high() == 0 || !figure.unit().isEmpty()
                : figure.low() > 0);
    assertEquals(List.of(), broken);
    assertTrue(all >= 100, all + " figures");
  }

  @Test
  void everyClassAndDefect_hasARow_andATestThatIsRun() throws IOException {
    assertEquals(numbered("", CLASSES), rows("The classes of defects"));
    assertEquals(numbered("D", DEFECTS), rows("The defects of Go-Micro's module"));
    Set<String> tags = new TreeSet<>();
    int tests = 0;
    for (TestIndex.Entry test : INDEX.tests()) {
      List<String> own = test.tags().stream().filter(ProofPageTest::isOfADefect).toList();
      tests += own.isEmpty() ? 0 : 1;
      if (!test.isDisabled() && !test.tags().contains("proof")) {
        tags.addAll(own);
      }
    }
    Set<String> expected = new TreeSet<>(numbered("D", DEFECTS));
    expected.addAll(numbered("class", CLASSES));
    assertEquals(expected, tags);
    assertTrue(tests >= 100, tests + " tests with tags of defects");
  }

  private static boolean isOfADefect(String tag) {
    return tag.matches("(D|class)\\d+");
  }

  // ---- what it would not take

  @Test
  void template_thatNamesWhatIsNotThere_isRefusedWithAllOfIt() {
    String template =
        """
        {{ProofPageTest}} {{ProofPageTest.page_isWhatItsTemplateMakes}} {{NoSuchTest}}
        {{ProofPageTest.noSuchMethod}} {{tests D0}} {{gimbal X1}} {{tla G1_NoSuch}}
        {{spin parking.never}} {{tla G6_NoGap}} {{spin parking.latest}} {{odd thing}} {{ }}
        """;
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> page(template));
    List<String> problems =
        e.getMessage().lines().filter(line -> !line.startsWith("nothing shows")).toList();
    assertEquals(
        List.of(
            "there is not a figure GIMBAL X1",
            "there is not a placeholder of this kind: {{odd thing}}",
            "there is not a property G1_NoSuch in Engine.tla",
            "there is not a property parking.never in parking.pml",
            "there is not a test NoSuchTest",
            "there is not a test ProofPageTest.noSuchMethod",
            "there is not a test with the tag D0",
            "what is this: {{ }}"),
        problems);
  }
}
