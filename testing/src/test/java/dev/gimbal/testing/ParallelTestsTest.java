package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests of a sample project, each a thousand times, in parallel. */
class ParallelTestsTest {

  private static final int TIMES = 1000;
  private static final int TESTS = 4;

  /** The project: a limit that follows its configuration. */
  static final class Limiter implements AutoCloseable {
    private final AtomicInteger limit = new AtomicInteger();
    private final Live<String> name;
    private final Subscription changes;

    Limiter(Config config) {
      name = config.live("limiter.name", String.class, "unnamed");
      changes = config.onChange("limiter.limit", change -> limit.set(change.after().asInt(0)));
      limit.set(config.get("limiter.limit").asInt(0));
    }

    @Override
    public String toString() {
      return name.get() + ":" + limit.get();
    }

    @Override
    public void close() {
      changes.close();
    }
  }

  /** Its tests. */
  @WithConfig({"limiter.limit=5", "limiter.name=class"})
  abstract static class LimiterTests {

    /** The Config that a test uses. */
    TestConfig of(TestConfig own) {
      return own;
    }

    Duration patience() {
      return Duration.ofSeconds(60);
    }

    @RepeatedTest(TIMES)
    void starts(TestConfig own) {
      TestConfig test = of(own);
      try (Limiter limiter = new Limiter(test.config())) {
        assertEquals("class:5", limiter.toString());
      }
    }

    @RepeatedTest(TIMES)
    @WithConfig("limiter.name=method")
    void follows(TestConfig own) {
      TestConfig test = of(own);
      int limit = ThreadLocalRandom.current().nextInt(10, 1_000_000);
      try (Limiter limiter = new Limiter(test.config())) {
        test.set("limiter.limit", limit).awaitDelivered();
        assertEquals("method:" + limit, limiter.toString());
      }
    }

    @RepeatedTest(TIMES)
    void isToldEachChange(TestConfig own) {
      TestConfig test = of(own);
      EventRecorder recorder = new EventRecorder();
      try (Subscription changes = test.config().onChange("limiter.limit", recorder)) {
        for (int limit = 6; limit < 9; limit++) {
          test.set("limiter.limit", limit);
          assertEquals(limit, recorder.awaitNext(patience()).after().asInt(), changes.name());
        }
        recorder.requireNoMore();
      }
    }

    @RepeatedTest(TIMES)
    @WithConfig(without = "limiter")
    void doesWithout(TestConfig own) {
      TestConfig test = of(own);
      try (Limiter limiter = new Limiter(test.config())) {
        assertEquals("unnamed:0", limiter.toString());
        test.set("limiter.name", "set");
        assertEquals("set:0", limiter.toString());
      }
    }
  }

  @ConfigTest
  static class Own extends LimiterTests {}

  @Test
  void tests_inParallel_aThousandTimes_pass() {
    SampleRun run = SampleRun.inParallel(8, Own.class);
    assertEquals(List.of(), run.failures());
    assertEquals(TESTS * TIMES, run.passed());
  }

  // ---- the twin

  /**
   * One Config for all tests in a static field, put back before each: right as long as one test
   * runs at a time.
   */
  @ConfigTest
  static class Shared extends LimiterTests {
    private static final TestConfig.Scope SCOPE = TestConfig.open(List.of());

    @Override
    TestConfig of(TestConfig own) {
      Value limiter = own.config().get("limiter");
      Object values = limiter.exists() ? limiter.asMap() : null;
      return SCOPE.test().set("limiter", values).awaitDelivered();
    }
  }

  static class SharedInParallel extends Shared {

    /** Where another test set the same value first, none comes. */
    @Override
    Duration patience() {
      return Duration.ofMillis(100);
    }
  }

  @Test
  @Tag("slow")
  void twin_sharedConfig_failsInParallelOnly() {
    try (TestConfig.Scope closed = Shared.SCOPE) {
      SampleRun alone = SampleRun.of(Shared.class);
      assertEquals(List.of(), alone.failures(), closed.toString());
      assertEquals(TESTS * TIMES, alone.passed());
      SampleRun parallel = SampleRun.inParallel(8, SharedInParallel.class);
      assertTrue(parallel.failed() > 0);
      assertEquals(TESTS * TIMES, parallel.passed() + parallel.failed());
    }
  }
}
