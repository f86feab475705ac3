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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/proof.md} and {@code docs/go-micro.md} are what their templates, the tests and the
 * figures make of them, and leave nothing out. With {@code -Dgimbal.proof.write=true} they are
 * written first.
 */
class ProofPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root"));
  private static final Path TEMPLATES = ROOT.resolve("verification/proof");
  private static final String PROOF = "proof.md";
  private static final String GO_MICRO = "go-micro.md";
  private static final TestIndex INDEX = TestIndex.of(ROOT);

  private static final int CLASSES = 20;
  private static final int DEFECTS = 60;
  private static final int TESTS_OF_GO_MICRO = 39;

  @TempDir private Path folder;

  private static String page(String template) {
    return new ProofPage(ROOT, INDEX, Figures.stored()).of(PROOF, template);
  }

  private static String template(String name) throws IOException {
    return Files.readString(TEMPLATES.resolve(name));
  }

  private static void holdOrWrite(String name, String page) throws IOException {
    Path file = ROOT.resolve("docs").resolve(name);
    if (Boolean.getBoolean("gimbal.proof.write")) {
      Files.writeString(file, page);
    }
    assertEquals(page, Files.readString(file));
  }

  // ---- the page

  @Test
  void page_isWhatItsTemplateMakes() throws IOException {
    holdOrWrite(PROOF, page(template(PROOF)));
  }

  @Test
  void pageOfGoMicro_isWhatItsTemplateMakes() throws IOException {
    Figures none = new Figures(folder.resolve("none.tsv"), false);
    holdOrWrite(GO_MICRO, new ProofPage(ROOT, INDEX, none).of(GO_MICRO, template(GO_MICRO)));
  }

  /** The rows of tables of the section of that name of a template, without their headings. */
  private static List<MatchResult> lines(String template, String section) throws IOException {
    String text = template(template);
    int begin = text.indexOf("\n## " + section + "\n");
    assertTrue(begin >= 0, "no section " + section);
    int end = text.indexOf("\n## ", begin + 1);
    String part = text.substring(begin, end < 0 ? text.length() : end);
    return Pattern.compile("^\\| ([\\w-]+) \\|.*", Pattern.MULTILINE)
        .matcher(part)
        .results()
        .toList();
  }

  /** The first cells of those rows, each of which cites. */
  private static List<String> rows(String template, String section) throws IOException {
    List<String> rows = new ArrayList<>();
    for (MatchResult line : lines(template, section)) {
      assertTrue(line.group().contains("{{"), "it cites nothing: " + line.group());
      rows.add(line.group(1));
    }
    return rows;
  }

  private static List<String> numbered(String prefix, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> prefix + i).toList();
  }

  @Test
  void everyGuarantee_hasARow() throws IOException {
    assertEquals(numbered("G", 12), rows(PROOF, "The guarantees").stream().distinct().toList());
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
    assertEquals(expected, rows(PROOF, "The experiments").stream().distinct().toList());
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
    assertEquals(numbered("", CLASSES), rows(PROOF, "The classes of defects"));
    assertEquals(numbered("D", DEFECTS), rows(GO_MICRO, "The defects"));
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

  @Test
  void everyTestOfGoMicro_hasARow_andEveryOneOfParityIsNamed() throws IOException {
    int rows = rows(GO_MICRO, "Its tests, shown here").size();
    rows += rows(GO_MICRO, "Its tests, where Gimbal differs on purpose").size();
    rows += lines(GO_MICRO, "Its tests of what Gimbal does not have").size();
    assertEquals(TESTS_OF_GO_MICRO, rows);
    String text = template(GO_MICRO);
    List<String> parity =
        INDEX.tests().stream()
            .map(TestIndex.Entry::name)
            .filter(name -> name.startsWith("GoMicroParityTest."))
            .toList();
    assertEquals(
        List.of(), parity.stream().filter(name -> !text.contains("{{" + name + "}}")).toList());
    assertTrue(parity.size() >= 20, parity.size() + " tests");
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
