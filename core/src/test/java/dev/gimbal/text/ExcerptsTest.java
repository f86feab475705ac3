package dev.gimbal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Excerpt;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.tree.DocumentText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExcerptsTest {

  private static final DocumentText YAML = new DocumentText("yaml", "a: 1\nb: x ]\n");

  private static Problem at(int line, int column) {
    return Problem.at(ErrorCode.MALFORMED, new Origin("s", "d", line, column), "wrong");
  }

  private static @Nullable Excerpt excerpt(DocumentText document, int line, int column) {
    return new Excerpts(place -> document, true).of(at(line, column)).details().excerpt();
  }

  @Test
  void excerpt_ofAValue_pointsAtItsMask() {
    assertEquals(new Excerpt(2, "b: ***", 3), excerpt(YAML, 2, 6));
    assertEquals(new Excerpt(2, "b: ***", 0), excerpt(YAML, 2, 1));
  }

  @Test
  void excerpt_behindTheLine_pointsBehindItsMask() {
    assertEquals(new Excerpt(2, "b: ***", 6), excerpt(YAML, 2, 7));
    assertEquals(new Excerpt(2, "b: ***", 6), excerpt(YAML, 2, 70));
    assertEquals(new Excerpt(2, "", 0), excerpt(new DocumentText("yaml", "a\n"), 2, 9));
  }

  @Test
  void excerpt_countsCharactersAndNotTheirHalves() {
    DocumentText json = new DocumentText("json", "{\"😀\": 1, \"b\": }");

    assertEquals(new Excerpt(1, "{\"😀\": ***", 6), excerpt(json, 1, 7));
    assertEquals(new Excerpt(1, "{\"😀\": ***", 9), excerpt(json, 1, 16));
  }

  @Test
  void excerpt_ofNoPlaceInTheDocument_isNone() {
    assertEquals(null, excerpt(YAML, 4, 1));
    assertEquals(null, excerpt(YAML, 0, 0));
    assertEquals(null, excerpt(YAML, 1, 0));
  }

  private static Problem opened(int beginLine, int beginColumn, int line, int column) {
    Origin begin = new Origin("s", "d", beginLine, beginColumn);
    return at(line, column)
        .withDetails(new Problem.Details(null, null, null, List.of(), List.of(), begin, null));
  }

  private static @Nullable Excerpt opened(String yaml, Problem problem) {
    DocumentText document = new DocumentText("yaml", yaml);
    return new Excerpts(place -> document, false).of(problem).details().excerpt();
  }

  @Test
  void excerpt_ofWhatIsNotClosed_hasTheLineWhereItBegins_masked() {
    assertEquals(
        new Excerpt(3, "***", 0, new Excerpt(1, "password: ***", 10)),
        opened("password: 'hunter2\n hunter2\nhunter2", opened(1, 11, 3, 4)));
    assertEquals(
        new Excerpt(3, "***", 0, new Excerpt(2, "***", 0)),
        opened("a: |\n  b: [hunter2\n  hunter2", opened(2, 6, 3, 3)));
  }

  @Test
  void excerpt_ofOneLine_hasItsBeginWhereThatIsAnotherPlace() {
    assertEquals(
        new Excerpt(1, "a: ***", 6, new Excerpt(1, "a: ***", 3)),
        opened("a: [1", opened(1, 4, 1, 6)));
    assertEquals(new Excerpt(1, "a: ***", 3), opened("a: [1 }", opened(1, 4, 1, 7)));
  }

  @Test
  void excerpt_ofAPlaceThatBeginsNowhere_isOfItsLineAlone() {
    assertEquals(new Excerpt(1, "a: ***", 3), opened("a: [1 }", opened(9, 1, 1, 7)));
    assertEquals(null, opened("a: [1 }", opened(1, 4, 9, 1)));
  }

  @Test
  void of_severalProblemsAtOnePlace_givesEachItsOwnBegin() {
    DocumentText document = new DocumentText("yaml", "a: 1\nb: 2\nc: 3");
    Excerpts excerpts = new Excerpts(place -> document, true);

    assertEquals(
        List.of(
            new Excerpt(3, "c: ***", 0, new Excerpt(1, "a: ***", 3)),
            new Excerpt(3, "c: ***", 0),
            new Excerpt(3, "c: ***", 0, new Excerpt(2, "b: ***", 3))),
        Stream.of(opened(1, 4, 3, 1), at(3, 1), opened(2, 4, 3, 1))
            .map(problem -> excerpts.of(problem).details().excerpt())
            .toList());
  }

  @Test
  void of_whereNothingIsToBeAdded_isTheSame() {
    Excerpts none = new Excerpts(place -> null, true);
    ConfigException without = new ConfigException(at(1, 1));
    assertSame(without, none.of(without));

    Problem has = at(1, 1).withExcerpt(new Excerpt(7, "of another", 0));
    assertSame(has, new Excerpts(place -> YAML, true).of(has));
    Problem nowhere = Problem.of(ErrorCode.MALFORMED, "wrong");
    assertSame(nowhere, new Excerpts(place -> YAML, true).of(nowhere));
  }

  @Test
  void of_aFailure_keepsItsCauseAndWhereItArose() {
    IllegalStateException cause = new IllegalStateException();
    ConfigException failure = new ConfigException(List.of(at(2, 1), at(9, 1)), cause);

    ConfigException more = new Excerpts(place -> YAML, true).of(failure);

    assertEquals(
        List.of(at(2, 1).withExcerpt(new Excerpt(2, "b: ***", 0)), at(9, 1)), more.problems());
    assertSame(cause, more.getCause());
    assertEquals(List.of(failure.getStackTrace()), List.of(more.getStackTrace()));
  }

  @Test
  void of_moreThan100Places_addsTheFirst100_andThemAgain() {
    Excerpts excerpts = new Excerpts(place -> new DocumentText("yaml", "a\n".repeat(200)), true);
    List<Integer> with = new ArrayList<>();
    for (int line = 1; line <= 120; line++) {
      if (excerpts.of(at(line, 1)).details().excerpt() != null) {
        with.add(line);
      }
    }
    assertEquals(100, with.size());
    assertEquals(100, with.get(99));
    assertEquals(new Excerpt(5, "***", 0), excerpts.of(at(5, 1)).details().excerpt());
  }

  /**
   * A document of many lines, asked for as often as there are excerpts, is not searched so often.
   */
  @Test
  void of_severalProblems_asksForTheDocumentAtEachPlaceOnce() {
    int[] asked = {0};
    Excerpts excerpts =
        new Excerpts(
            place -> {
              asked[0]++;
              return YAML;
            },
            true);
    for (int i = 0; i < 10; i++) {
      excerpts.of(at(1 + i % 2, 1));
    }
    assertEquals(2, asked[0]);
  }

  @Test
  void of_whatAnEarlierReportKnows_doesNotAskForTheDocument() {
    KnownExcerpts known = new KnownExcerpts();
    Problem first = new Excerpts(place -> YAML, true, known).of(at(2, 6));

    assertEquals(
        first,
        new Excerpts(
                place -> {
                  throw new AssertionError(place);
                },
                true,
                known)
            .of(at(2, 6)));
    assertEquals(at(1, 1), new Excerpts(place -> null, true, known).of(at(1, 1)));
  }

  @Test
  void known_ofMorePlacesThanAreKept_beginsAnew() {
    KnownExcerpts known = new KnownExcerpts();
    Excerpt excerpt = new Excerpt(1, "a", 0);
    for (int line = 1; line <= KnownExcerpts.MOST; line++) {
      known.keep(new Origin("s", "d", line, 1), excerpt);
    }
    assertEquals(excerpt, known.find(new Origin("s", "d", 1, 1)));
    known.keep(new Origin("s", "d", 5_000, 1), excerpt);
    assertEquals(null, known.find(new Origin("s", "d", 1, 1)));
    assertEquals(excerpt, known.find(new Origin("s", "d", 5_000, 1)));
  }
}
