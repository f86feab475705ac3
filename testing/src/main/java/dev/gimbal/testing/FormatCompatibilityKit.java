package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Format} keeps. A test class of a format extends it and says what is the
 * format's own; JUnit 5 must be on the test class path.
 *
 * @since 0.1.0
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FormatCompatibilityKit {

  private static final int CASES = 1000;

  /** For test classes. */
  protected FormatCompatibilityKit() {}

  /** The format under test; the same or a new one with each call. */
  protected abstract Format format();

  /** A document with every kind of value that the format knows, on several lines. */
  protected abstract String example();

  /** The values of {@link #example()}. */
  protected abstract Map<String, Object> exampleValues();

  /** Documents that are malformed, each in its own way; at least three. */
  protected abstract List<String> malformed();

  /**
   * A document whose values nest so deep, the root included, or null for a format that does not
   * nest.
   */
  protected abstract @Nullable String nested(int depth);

  /** A tree that the format is asked to write; most must be such that it can express them. */
  protected ObjectNode writable(RandomTrees trees) {
    return trees.object(4);
  }

  /** What reading gives of a tree that was written; the tree itself unless kinds are lost. */
  protected ObjectNode readBack(ObjectNode written) {
    return written;
  }

  private FormatTester tester() {
    return new FormatTester(format());
  }

  @Test
  public final void names_areLowerCase_andTheNameIsAnExtension() {
    Format format = format();
    assertEquals(format.name().toLowerCase(Locale.ROOT), format.name());
    assertTrue(format.extensions().contains(format.name()), "an extension is " + format.name());
    for (String extension : format.extensions()) {
      assertEquals(extension.toLowerCase(Locale.ROOT), extension);
      assertFalse(extension.startsWith("."), extension);
    }
  }

  @Test
  public final void read_example_givesItsValues() {
    assertEquals(exampleValues(), tester().map(example()));
  }

  @Test
  public final void read_exampleWithOtherLineBreaks_givesTheSameKeys() {
    String windows = example().replace("\r\n", "\n").replace("\n", "\r\n");
    assertEquals(exampleValues().keySet(), tester().map(windows).keySet());
  }

  @Test
  public final void read_blankDocument_isAnEmptyObject() {
    for (String blank : List.of("", " ", "\n", "\r\n\t ", "\uFEFF")) {
      assertEquals(Map.of(), tester().map(blank));
    }
  }

  @Test
  public final void read_example_placesEachValueInsideTheDocument() {
    Document document = tester().read(example());
    long lines = example().lines().count();
    int[] seen = {0};
    forEachPath(
        ConfigPath.ROOT,
        document.tree(),
        path -> {
          Origin origin = document.origins().find("file", path);
          if (origin == null) {
            throw new AssertionError(path + " has no place");
          }
          assertTrue(origin.line() >= 1 && origin.line() <= lines, () -> path + ": " + origin);
          String line = example().lines().toList().get(origin.line() - 1);
          int width = line.codePointCount(0, line.length());
          assertTrue(
              origin.column() >= 1 && origin.column() <= width + 1, () -> path + ": " + origin);
          seen[0]++;
        });
    assertTrue(seen[0] >= exampleValues().size(), "places: " + seen[0]);
  }

  private interface Visitor {
    void visit(ConfigPath path);
  }

  private static void forEachPath(ConfigPath path, Node node, Visitor visitor) {
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        forEachChild(path.child(key), object.get(key), visitor);
      }
    } else if (node instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        forEachChild(path.child(i), list.elements().get(i), visitor);
      }
    }
  }

  private static void forEachChild(ConfigPath path, @Nullable Node child, Visitor visitor) {
    if (child != null) {
      visitor.visit(path);
      forEachPath(path, child, visitor);
    }
  }

  @Test
  public final void read_malformedDocument_saysWhereInOneLine() {
    List<String> malformed = malformed();
    assertTrue(malformed.size() >= 3, "malformed documents: " + malformed.size());
    for (String text : malformed) {
      ConfigException e = assertThrows(ConfigException.class, () -> tester().read(text), text);
      assertPlaced(e, text);
    }
  }

  /** Every beginning of the example, as a reader sees a file that is being written. */
  @Test
  public final void read_truncatedExample_failsOnlyWithAPlace() {
    String example = example();
    int refused = 0;
    for (int end = 0; end < example.length(); end++) {
      refused += readOrRefused(example.substring(0, end)) ? 0 : 1;
    }
    assertTrue(refused < example.length(), "each beginning was refused");
  }

  @Test
  public final void read_mutatedDocument_failsOnlyWithAPlace() {
    RandomTrees random = new RandomTrees(5);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      refused += readOrRefused(random.mutated(i % 2 == 0 ? example() : written(random))) ? 0 : 1;
    }
    assertTrue(refused > 0, "nothing was refused");
  }

  /** A document of a random tree, or the example where the format cannot express that tree. */
  private String written(RandomTrees random) {
    try {
      return format().write(writable(random));
    } catch (ConfigException e) {
      return example();
    }
  }

  @Test
  public final void read_garbage_failsOnlyWithAPlace() {
    RandomTrees random = new RandomTrees(9);
    for (int i = 0; i < CASES; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = 0; n < 8; n++) {
        text.append(random.text());
      }
      readOrRefused(text.toString());
    }
  }

  private boolean readOrRefused(String text) {
    try {
      tester().read(text);
      return true;
    } catch (ConfigException e) {
      assertPlaced(e, text);
      return false;
    }
  }

  private static void assertPlaced(ConfigException e, String text) {
    assertFalse(e.problems().isEmpty());
    for (Problem problem : e.problems()) {
      Origin origin = problem.origin();
      assertTrue(origin != null && origin.line() > 0, text + "\n" + problem);
      assertEquals(-1, problem.message().indexOf('\n'), problem.message());
    }
  }

  @Test
  public final void read_nestedDeeperThanTheLimit_isRefused_howeverDeep() {
    String shallow = nested(4);
    if (shallow == null) {
      return; // it has nothing that nests
    }
    tester().read(shallow);
    ReadOptions three = limits(3, 1_000_000);
    assertRefused(ErrorCode.LIMIT, tester().problems(shallow, three));
    String deep = Objects.requireNonNull(nested(100_000));
    assertRefused(ErrorCode.LIMIT, tester().problems(deep));
  }

  @Test
  public final void read_moreValuesThanTheLimit_isRefused() {
    assertRefused(ErrorCode.LIMIT, tester().problems(example(), limits(256, 1)));
  }

  private static ReadOptions limits(int depth, int nodes) {
    return ReadOptions.DEFAULT.withLimits(
        ReadOptions.DEFAULT.limits().withMaxDepth(depth).withMaxNodes(nodes));
  }

  private static void assertRefused(ErrorCode code, List<String> problems) {
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith(code.id() + " "), problems.get(0));
  }

  @Test
  public final void write_example_readsBackEqual() {
    ObjectNode tree = tester().read(example()).tree();
    assertEquals(Nodes.toMap(tree), tester().map(format().write(tree)));
  }

  @Test
  public final void write_literal_readsBackAsAPlaceholder_unlessTheFormatHasLiterals() {
    Scalar literal = Scalar.string("${b}");
    ObjectNode tree = ObjectNode.of(Map.of("a", literal));
    Node back = tester().read(format().write(tree)).tree().get("a");
    assertEquals(
        format().hasLiterals() ? literal : Scalar.string("${b}", Scalar.Template.ALL), back);
  }

  @Test
  public final void write_randomTree_readsBackEqual_orSaysWhatItCannotExpress() {
    RandomTrees random = new RandomTrees(3);
    int written = 0;
    for (int i = 0; i < CASES; i++) {
      ObjectNode tree = writable(random);
      try {
        String text = format().write(tree);
        assertEquals(text, format().write(tree));
        assertEquals(readBack(tree), tester().read(text).tree(), text);
        written++;
      } catch (ConfigException e) {
        assertEquals(
            Set.of(ErrorCode.NOT_EXPRESSIBLE),
            new HashSet<>(e.problems().stream().map(Problem::code).toList()),
            tree.toString());
      }
    }
    assertTrue(written > CASES / 10, "written: " + written);
  }

  @Test
  public final void read_byManyThreadsAtOnce_givesTheSame() throws Exception {
    Format shared = format();
    Map<String, Object> expected = exampleValues();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Integer> reader =
          () -> {
            FormatTester tester = new FormatTester(shared);
            for (int i = 0; i < 50; i++) {
              assertEquals(expected, tester.map(example()));
            }
            return 50;
          };
      int read = 0;
      for (Future<Integer> done :
          threads.invokeAll(Stream.generate(() -> reader).limit(4).toList())) {
        read += done.get();
      }
      assertEquals(200, read);
    } finally {
      threads.shutdownNow();
    }
  }
}
