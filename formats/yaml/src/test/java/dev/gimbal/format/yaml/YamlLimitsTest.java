package dev.gimbal.format.yaml;

import static dev.gimbal.format.yaml.Parsing.map;
import static dev.gimbal.format.yaml.Parsing.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents made to hang a parser, to exhaust its stack or its memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class YamlLimitsTest {

  private static final String TOO_DEEP = "nested deeper than maxDepth 256";

  /** Thirty levels, each naming the one before ten times. */
  private static String bomb(String first, String open, String close) {
    StringBuilder text = new StringBuilder("a0: &a0 " + first + "\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1) + ",";
      text.append("a" + i + ": &a" + i + " " + open + alias.repeat(10) + close + "\n");
    }
    return text.toString();
  }

  @Test
  void read_billionLaughs_namesTheLimit() {
    assertEquals("GIM-005 1:5 more values than maxNodes 1000000", problem(bomb("lol", "[", "]")));
  }

  @Test
  void read_billionMerges_costWhatTheyAre() {
    assertEquals(30, map(bomb("{x: 1}", "{<<: [", "]}")).size());
  }

  @Test
  void read_manyMergesOfALargeMap_nameTheLimit() {
    StringBuilder text = new StringBuilder("a: &a {");
    for (int i = 0; i < 10_000; i++) {
      text.append("k" + i + ": 1, ");
    }
    text.append("}\nb: {<<: [" + "*a, ".repeat(100_000) + "]}");
    assertEquals("GIM-005 2:5 more values than maxNodes 1000000", problem(text.toString()));
  }

  @Test
  void read_aliasesThatNestDeeply_nameTheLimit() {
    StringBuilder text = new StringBuilder("a0: &a0 x\n");
    for (int i = 1; i < 400; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }
    assertEquals("GIM-005 2:5 " + TOO_DEEP, problem(text.toString()));
  }

  @Test
  void read_depthBombs_nameTheLimit() {
    assertEquals("GIM-005 1:257 " + TOO_DEEP, problem("[".repeat(100_000)));
    assertEquals("GIM-005 1:260 " + TOO_DEEP, problem("&a [" + "[".repeat(100_000)));
    assertEquals("GIM-005 1:1025 " + TOO_DEEP, problem("{a: ".repeat(100_000)));
    assertEquals("GIM-005 1:513 " + TOO_DEEP, problem("- ".repeat(100_000)));
  }

  /** One level takes a few frames of the stack. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void read_deeperThanTheStack_namesIt(String open) {
    ReadOptions deep = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxDepth(1_000_000));
    String problem = problem(open.repeat(900_000), deep);
    assertEquals("GIM-005 1:", problem.substring(0, 10));
    assertTrue(problem.endsWith(" nested deeper than the stack of the thread allows"), problem);
  }

  /** Each tag stands for its prefix, which is not copied for each. */
  @Test
  void read_manyTagsOfALongPrefix_takeNoTime() {
    String prefix = "tag:x".repeat(400_000);
    String text = "%TAG !e! " + prefix + "\n---\na: [" + "!e!b c, ".repeat(100_000) + "]";
    assertEquals(100_000, ((List<?>) Objects.requireNonNull(map(text).get("a"))).size());
  }

  @Test
  void read_moreValuesThanTheLimit_namesItWithAndWithoutAnchors() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(3));
    assertEquals("GIM-005 1:8 more values than maxNodes 3", problem("a: [1, 2]", options));
    assertEquals("GIM-005 1:5 more values than maxNodes 3", problem("a: [&x 1, *x]", options));
  }

  @Test
  void read_numbersOfAMillionDigits_nameTheLimit() {
    String digits = "1".repeat(1_000_000);
    assertEquals(
        "GIM-005 1:4 a number of 1000000 characters, more than 1000", problem("a: " + digits));
    assertEquals(
        "GIM-005 1:4 a number of 1000002 characters, more than 1000", problem("a: 0x" + digits));
  }

  @Test
  void read_oneScalarOfManyMegabytes_isTaken() {
    String word = "x".repeat(9_000_000);
    assertEquals(Map.of("a", word), map("a: " + word));
    assertEquals(Map.of("a", word), map("a: \"" + word + "\""));
    assertEquals(Map.of("a", 1L), map("\n".repeat(9_000_000) + "a: 1"));
  }
}
