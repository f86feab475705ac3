package dev.gimbal.format.hocon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.testing.FormatTester;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small documents that ask for much. None may hang, run out of memory or overflow the stack. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoconBombTest {

  private final FormatTester tester = new FormatTester(new HoconFormat());

  private static String lines(int from, int to, IntFunction<String> line) {
    return IntStream.range(from, to).mapToObj(line).collect(Collectors.joining("\n"));
  }

  private void refused(String expected, String text) {
    assertEquals(List.of(expected), tester.problems(text));
  }

  @Test
  void read_doublingText_isRefused() {
    refused(
        "GIM-005 21:7 substitutions give more text than maxBytes 10485760",
        "a0 = xxxxxxxxxx\n"
            + lines(1, 40, i -> "a" + i + " = ${a" + (i - 1) + "}${a" + (i - 1) + "}"));
  }

  @Test
  void read_doublingList_isRefused() {
    refused(
        "GIM-005 1:7 more values than maxNodes 1000000",
        "a0 = [1, 2]\n" + lines(1, 40, i -> "a" + i + " = ${a" + (i - 1) + "}${a" + (i - 1) + "}"));
  }

  @Test
  void read_doublingObject_isRefused() {
    refused(
        "GIM-005 1:6 more values than maxNodes 1000000",
        "a0 = {x = 1}\n"
            + lines(1, 40, i -> "a" + i + " = {l = ${a" + (i - 1) + "}, r = ${a" + (i - 1) + "}}"));
  }

  /** Each may be absent because of each other one: there are more ways than steps. */
  @Test
  void read_manyCircles_areRefused_fewAreRead() {
    assertEquals(Map.of(), tester.map(allOfAll(5)));
    for (int n : new int[] {20, 100}) {
      String problem = tester.problems(allOfAll(n)).get(0);
      assertTrue(problem.startsWith("GIM-005 "), problem);
    }
  }

  private static String allOfAll(int n) {
    String all = lines(0, n, i -> "${?a" + i + "}").replace("\n", "");
    return lines(0, n, i -> "a" + i + " = " + all);
  }

  @Test
  void read_chain_eachOfTheOneBefore_isRead() {
    String text = "a0 = 1\n" + lines(1, 100_000, i -> "a" + i + " = ${a" + (i - 1) + "}");
    assertEquals(1L, tester.map(text).get("a99999"));
  }

  @Test
  void read_chain_eachOfTheNext_isLimited() {
    refused(
        "GIM-005 201:1 more than 200 substitutions that wait for each other",
        lines(0, 100_000, i -> "a" + i + " = ${a" + (i + 1) + "}") + "\na100000 = 1");
  }

  /** With a list at the greatest depth that waits for the longest chain. */
  @Test
  void read_longestChain_fitsTheStackOfAThread() throws Exception {
    String deep = "b.".repeat(254) + "b = [${a0}]\n";
    String text = deep + lines(0, 198, i -> "a" + i + " = ${a" + (i + 1) + "}${?x}") + "\na198 = 1";
    AtomicReference<Object> read = new AtomicReference<>();
    Thread small = new Thread(null, () -> read.set(tester.map(text).get("a0")), "small", 768 << 10);
    small.start();
    small.join();
    assertEquals(1L, read.get());
  }

  @Test
  void read_manyAppended_areRead() {
    Object list = tester.map(lines(0, 200_000, i -> "a += " + i)).get("a");
    assertEquals(200_000, ((List<?>) list).size());
    Object other = tester.map("b = [x]\na = ${b}\n" + lines(0, 200_000, i -> "a += " + i)).get("a");
    assertEquals(200_001, ((List<?>) other).size());
  }

  @Test
  void read_pathOfManyKeys_isRefused() {
    refused("GIM-005 1:1 nested deeper than maxDepth 256", "a" + ".a".repeat(100_000) + " = 1");
    refused(
        "GIM-004 1:5 nothing stands at "
            + "b.".repeat(50)
            + "... in the document; \"${?\" allows that",
        "a = ${b" + ".b".repeat(100_000) + "}");
    assertEquals(
        Map.of("b", 1L),
        tester.map("a = {b = 1, c = ${?a}}\nz = ${a" + ".c".repeat(100_000) + "}").get("z"));
  }

  @Test
  void read_manyMembersAtOnePath_areRead() {
    Map<?, ?> a = (Map<?, ?>) tester.map(lines(0, 100_000, i -> "a.b.c" + i + " = " + i)).get("a");
    assertEquals(100_000, ((Map<?, ?>) a.get("b")).size());
  }

  @Test
  void read_absentElementsOverAndOver_areRefused() {
    String a = "a0 = [" + "${?x},".repeat(1000) + "]\n";
    refused(
        "GIM-005 1:5971 substitutions look at more values than maxNodes 1000000 lets them",
        a + lines(1, 6, i -> "a" + i + " = [" + ("${a" + (i - 1) + "},").repeat(1000) + "]"));
  }

  @Test
  void read_valueThatLooksBackTooOften_isRefused() {
    assertEquals("x".repeat(200), tester.map(lines(0, 200, i -> "a = ${?a}x")).get("a"));
    refused(
        "GIM-005 1:1 more than 200 substitutions that wait for each other",
        lines(0, 100_000, i -> "a = ${?a}x"));
  }

  @Test
  void read_moreValuesThanTheLimit_areRefusedWhileTheyAreParsed() {
    refused("GIM-005 1:2000001 more values than maxNodes 1000000", "[" + "1,".repeat(5_000_000));
  }

  @Test
  void read_deepObjectsAndLists_areRefused() {
    refused("GIM-005 1:1281 nested deeper than maxDepth 256", "{\"a\":".repeat(100_000));
    refused("GIM-005 1:257 nested deeper than maxDepth 256", "[".repeat(100_000));
    refused("GIM-004 1:7 unexpected '$', expected a path", "a = " + "${".repeat(100_000));
  }
}
