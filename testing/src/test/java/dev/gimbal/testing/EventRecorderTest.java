package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Change;
import dev.gimbal.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a recorder waits for, and what it says when that does not come. */
@ConfigTest
@WithConfig("pool.max=1")
class EventRecorderTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "high";
      }
    }
  }

  @Test
  void awaitNext_takesChangesInTheirOrder(TestConfig test) {
    EventRecorder recorder = test.record("pool");
    test.set("pool.max", 2).awaitDelivered().set("pool.max", 3).awaitDelivered();
    assertEquals(2, recorder.awaitNext().after().get("max").asInt());
    assertEquals(3, recorder.awaitNext().after().get("max").asInt());
    recorder.requireNoMore();
    assertEquals(List.of(2L, 3L), recorder.changes().stream().map(Change::version).toList());
  }

  @Test
  void awaitValue_passesOthers_andAsksForEachKind(TestConfig test) {
    EventRecorder recorder = test.record("x");
    List<Object> values =
        List.of(
            "a", 7, true, 2.5, Duration.ofSeconds(3), Level.HIGH, Map.of("k", 1), List.of(1, 2));
    for (Object value : values) {
      test.set("x", "between").awaitDelivered().set("x", value);
      assertEquals(test.config().snapshot().version(), recorder.awaitValue(value).version());
    }
    test.remove("x");
    recorder.awaitValue(null);
    recorder.requireNoMore();
    assertEquals(2 * values.size() + 1, recorder.changes().size());
  }

  @Test
  void awaitValue_sameValueAgain_isALaterChange(TestConfig test) {
    EventRecorder recorder = test.record("x");
    test.set("x", 1).awaitDelivered().set("x", 2).awaitDelivered().set("x", 1);
    assertEquals(2, recorder.awaitValue(1).version());
    assertEquals(4, recorder.awaitValue(1).version());
  }

  @Test
  void await_takesAnyCondition(TestConfig test) {
    EventRecorder recorder = test.record("a", "b");
    test.patch(patch -> patch.set("a", 1).set("b", 2));
    assertEquals(2, recorder.await("two at once", c -> c.changes().size() == 2).version());
    AssertionError e =
        assertThrows(AssertionError.class, () -> recorder.await("any other", c -> true, SHORT));
    assertEquals(
        """
        no change such as: any other came within PT0.02S; 1 change came
          version 2: a = 1, before: absent; b = 2, before: absent""",
        e.getMessage());
  }

  @Test
  void awaitValue_thatDoesNotCome_saysWhatCame(TestConfig test) {
    EventRecorder recorder = test.record("pool.max", "api.password", "new");
    test.set("pool.max", 2).awaitDelivered();
    test.patch(p -> p.set("api.password", "hidden").set("new", 1)).awaitDelivered();
    AssertionError e =
        assertThrows(AssertionError.class, () -> recorder.awaitValue(Map.of("a", 5), SHORT));
    assertEquals(
        """
        no change to {a=5} came within PT0.02S; 2 changes came
          version 2: pool.max = 2, before: 1
          version 3: api.password = ***, before: absent; new = 1, before: absent""",
        e.getMessage());
  }

  @Test
  void awaitNext_thatDoesNotCome_saysSo(TestConfig test) {
    EventRecorder recorder = test.record("pool");
    test.set("other", 1).awaitDelivered();
    AssertionError e = assertThrows(AssertionError.class, () -> recorder.awaitNext(SHORT));
    assertEquals("no further change came within PT0.02S; 0 changes came", e.getMessage());
  }

  @Test
  void requireNoMore_withMore_showsAll(TestConfig test) {
    EventRecorder recorder = test.record("");
    test.patch(
            p -> {
              for (int i = 0; i < 7; i++) {
                p.set("k" + i, i);
              }
            })
        .awaitDelivered();
    AssertionError e = assertThrows(AssertionError.class, recorder::requireNoMore);
    assertEquals(
        """
        1 more than was looked for; 1 change came
          version 2: k0 = 0, before: absent; k1 = 1, before: absent; k2 = 2, before: absent; \
        k3 = 3, before: absent; k4 = 4, before: absent; and 2 more""",
        e.getMessage());
  }

  @Test
  void await_interrupted_saysSo_andLeavesTheInterrupt(TestConfig test) {
    EventRecorder recorder = test.record("pool");
    Thread.currentThread().interrupt();
    AssertionError e = assertThrows(AssertionError.class, recorder::awaitNext);
    assertTrue(Thread.interrupted());
    assertEquals("no further change came before an interrupt; 0 changes came", e.getMessage());
  }

  @Test
  void recorderOfOnesOwn_listensAsAnyListener(TestConfig test) {
    EventRecorder recorder = new EventRecorder();
    try (Subscription subscription = test.config().onChange("pool", recorder)) {
      assertEquals("onChange[pool] by dev.gimbal.testing.EventRecorder", subscription.name());
      test.set("pool.max", 9);
      recorder.awaitNext();
    }
  }

  // ---- awaitDelivered

  @Test
  void awaitDelivered_returnsAfterTheCall(TestConfig test) {
    AtomicBoolean called = new AtomicBoolean();
    try (Subscription slow =
        test.config()
            .onChange(
                "pool",
                change -> {
                  Thread.sleep(20); // a listener that takes its time
                  called.set(true);
                })) {
      test.set("pool.max", 2).awaitDelivered();
      assertTrue(called.get(), slow.name());
    }
  }

  @Test
  void awaitDelivered_listenerThatHangs_isNamed(TestConfig test) {
    CountDownLatch end = new CountDownLatch(1);
    EventRecorder calls = new EventRecorder();
    try (Subscription hanging = test.config().onChange("pool", new Hanging(end))) {
      try (Subscription other = test.config().onChange("pool", calls)) {
        test.set("pool.max", 2);
        AssertionError e = assertThrows(AssertionError.class, () -> test.awaitDelivered(SHORT));
        assertEquals(
            "version 2 was not delivered within PT0.02S; open: [subscription "
                + hanging.name()
                + ", subscription "
                + other.name()
                + "]",
            e.getMessage());
      }
      end.countDown();
    }
  }

  private record Hanging(CountDownLatch end) implements dev.gimbal.ChangeListener {
    @Override
    public void onChange(Change change) throws Exception {
      end.await();
    }
  }

  @Test
  void awaitDelivered_interrupted_saysSo_andLeavesTheInterrupt(TestConfig test) {
    CountDownLatch end = new CountDownLatch(1);
    try (Subscription hanging = test.config().onChange("pool", new Hanging(end))) {
      test.set("pool.max", 2);
      Thread.currentThread().interrupt();
      AssertionError e = assertThrows(AssertionError.class, test::awaitDelivered, hanging.name());
      assertTrue(Thread.interrupted());
      assertEquals("interrupted while version 2 was delivered", e.getMessage());
      end.countDown();
    }
  }
}
