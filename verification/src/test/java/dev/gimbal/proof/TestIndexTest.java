package dev.gimbal.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is a test, how it is called and which tags it has, read in sources. */
class TestIndexTest {

  private static final String SOURCE =
      """
      @Timeout(5)
      @Tag("slow")
      class OuterTest {

        @TempDir
        private Path folder;

        @Tag("D1")
        private static final int FIELD = 1;

        @Test
        @Tag("D2")
        @Tag("D3")
        void first_does() {
          new Other().second_does();
          return call(1);
        }

        @ParameterizedTest
        @CsvSource({
          "a, 1",
          "b, 2"
        })
        @Tag("D4")
        void second_does(
            String text, int number) throws Exception {
        }

        private <T> List<? extends T> helper(T t) {
          return List.of(t);
        }

        @Disabled("not yet")
        @Test
        void third_does() {}

        @Nested
        @Tag("D5")
        class Inner {
          @Test
          void fourth_does() {}

          enum Kind {
            ONE(1),
            TWO(2);
          }
        }

        @RepeatedTest(3)
        void fifth_does() {}
      }
      """;

  private final TestIndex index = TestIndex.of("a/OuterTest.java", SOURCE.lines().toList());

  private static TestIndex.Entry entry(
      String name, boolean test, boolean disabled, String... tags) {
    return new TestIndex.Entry(name, "a/OuterTest.java", Set.of(tags), test, disabled);
  }

  @Test
  void tests_areMethodsThatJunitRuns_withTheTagsAroundThem() {
    assertEquals(
        List.of(
            entry("OuterTest.Inner.fourth_does", true, false, "slow", "D5"),
            entry("OuterTest.fifth_does", true, false, "slow"),
            entry("OuterTest.first_does", true, false, "slow", "D2", "D3"),
            entry("OuterTest.second_does", true, false, "slow", "D4"),
            entry("OuterTest.third_does", true, true, "slow")),
        index.tests());
  }

  @Test
  void tagged_areTheTestsWithThatTag() {
    assertEquals(
        List.of(entry("OuterTest.Inner.fourth_does", true, false, "slow", "D5")),
        index.tagged("D5"));
    assertEquals(List.of(), index.tagged("D1"));
    assertEquals(5, index.tagged("slow").size());
  }

  @Test
  void find_knowsTypesAndMethods() {
    assertEquals(Optional.of(entry("OuterTest", false, false, "slow")), index.find("OuterTest"));
    assertEquals(
        Optional.of(entry("OuterTest.Inner.Kind", false, false, "slow", "D5")),
        index.find("OuterTest.Inner.Kind"));
    assertEquals(
        Optional.of(entry("OuterTest.helper", false, false, "slow")),
        index.find("OuterTest.helper"));
    assertEquals(Optional.empty(), index.find("OuterTest.call"));
    assertEquals(Optional.empty(), index.find("OuterTest.Inner.Kind.ONE"));
  }

  @Test
  void repository_hasItsTestsOnce() {
    TestIndex all = TestIndex.of(Path.of(System.getProperty("gimbal.root")));
    assertEquals(true, all.tests().size() >= 1_000, all.tests().size() + " tests");
    assertEquals(
        "verification/src/test/java/dev/gimbal/proof/TestIndexTest.java",
        all.find("TestIndexTest.repository_hasItsTestsOnce").orElseThrow().path());
    assertThrows(IllegalArgumentException.class, () -> all.find("ScriptedSource")); // two of them
  }
}
