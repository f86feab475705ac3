package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.testing.SourceFixture.Ability;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the kit leaves out: checks that a source is not up to, and threads of others. */
class KitScopeTest {

  private static final String NOT_CHECKED = "not checked";

  /** What the checks say of a kit with these abilities, and without a URI. */
  private static Map<String, String> notChecked(Set<Ability> abilities) throws Throwable {
    Map<String, String> said = new TreeMap<>();
    int checks = 0;
    for (Method method : SourceCompatibilityKit.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        SeededSourceKit kit =
            new SeededSourceKit(SeededSource::new) {
              @Override
              protected Set<Ability> abilities() {
                return abilities;
              }

              @Override
              protected @Nullable String uri() {
                return null;
              }
            };
        kit.reportTo(entry -> said.put(method.getName(), entry.get(NOT_CHECKED)));
        kit.run(method.getName());
        checks++;
      }
    }
    assertEquals(22, checks);
    return said;
  }

  @Test
  void checks_thatDoNotApply_sayWhy() throws Throwable {
    Map<String, String> said = new TreeMap<>();
    said.put("uri_namesTheSource_itsOptionsAreKnownAndOptionalToo", "the source has no URI");
    assertEquals(said, notChecked(EnumSet.allOf(Ability.class)));
    said.put("change_isTold_andOnlyWhole", "the source lacks [CHANGES]");
    said.put("change_whileTheFirstStateIsTold_isNotMissed", "the source lacks [CHANGES, WATCHES]");
    said.put("sameAgain_isNotToldAgain", "the source lacks [CHANGES, WATCHES]");
    said.put(
        "damage_atTheStart_isAFailureWithAReason_andEndsWithTheNextState",
        "the source lacks [FAILS]");
    said.put(
        "damage_later_isAFailureWithAReason_andEndsWithTheNextState",
        "the source lacks [CHANGES, FAILS]");
    said.put("nothing_atTheStart_isAbsent_andEndsWithTheNextState", "the source lacks [VANISHES]");
    said.put(
        "nothing_later_isToldWithAReason_andEndsWithTheNextState",
        "the source lacks [CHANGES, VANISHES]");
    assertEquals(said, notChecked(EnumSet.of(Ability.RELOADS)));
  }

  private static void hold(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that begins after the kit looked, under this name. */
  private static void withThread(String name, Predicate<Thread> foreign) throws Exception {
    KitThreads threads = KitThreads.present(foreign);
    CountDownLatch end = new CountDownLatch(1);
    Thread other = new Thread(() -> hold(end), name);
    other.start();
    try {
      threads.awaitNoOthers(Duration.ofMillis(100));
    } finally {
      end.countDown();
      other.join();
    }
  }

  @Test
  void threads_thatAreNotTheSources_areNotBlamedOnIt() throws Throwable {
    withThread("ForkJoinPool.commonPool-worker-7", thread -> false);
    withThread("CompletableFutureDelayScheduler", thread -> false);
    withThread("driver-1", thread -> thread.getName().startsWith("driver-"));
    assertThrows(AssertionError.class, () -> withThread("driver-1", thread -> false));
    SeededSourceKit kit =
        new SeededSourceKit(SourceCompatibilityKitTest::withAThreadThatStays) {
          @Override
          protected boolean isForeign(Thread thread) {
            return thread.getName().equals("seeded");
          }
        };
    kit.run("threads_endWithTheSession");
  }
}
