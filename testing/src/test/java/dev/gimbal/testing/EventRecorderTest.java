package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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

  /** A layer of secrets below that of the test. */
  private static final class Secrets implements Consumer<Config.Builder> {
    @Override
    public void accept(Config.Builder builder) {
      Map<String, Object> values = Map.of("db.password", "p", "keys", List.of("k", "l"));
      builder.source(Sources.map("secrets", values).secret());
    }
  }

  @Test
  @WithConfig(setup = Secrets.class)
  void awaitValue_treeWithSecrets_isComparedByItsValues(TestConfig test) {
    EventRecorder db = test.record("db");
    test.set("db.url", "u");
    Map<String, String> other = Map.of("password", "x", "url", "u");
    assertThrows(AssertionError.class, () -> db.awaitValue(other, SHORT));
    test.set("db.url", "v");
    assertEquals(3, db.awaitValue(Map.of("password", "p", "url", "v")).version());
    EventRecorder keys = test.record("keys");
    test.set("keys", "none").awaitDelivered().remove("keys");
    assertEquals(5, keys.awaitValue(List.of("k", "l")).version());
  }

  @Test
  void awaitValue_treeWithWhatLooksLikeAPlaceholder_isAText(TestConfig test) {
    EventRecorder recorder = test.record("x");
    test.set("x.k", "$${pool.max}");
    assertEquals(2, recorder.awaitValue(Map.of("k", "${pool.max}")).version());
  }

  @Test
  void awaitValue_classThatTheJdkHides_isReadAsItsType(TestConfig test) throws Exception {
    EventRecorder recorder = test.record("x");
    Map<Object, String> texts =
        Map.of(
            Path.of("a", "b"),
            Path.of("a", "b").toString(),
            ZoneId.of("Europe/Paris"),
            "Europe/Paris",
            ZoneOffset.ofHours(2),
            "+02:00",
            StandardCharsets.UTF_16BE,
            "UTF-16BE",
            InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
            "10.0.0.1",
            InetAddress.getByAddress(new byte[] {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8}),
            "1:2:3:4:5:6:7:8");
    for (Map.Entry<Object, String> each : texts.entrySet()) {
      test.set("x", "").awaitDelivered().set("x", each.getValue());
      assertEquals(
          test.config().snapshot().version(), recorder.awaitValue(each.getKey()).version());
    }
  }

  @Test
  void awaitValue_array_isComparedByItsElements(TestConfig test) {
    EventRecorder recorder = test.record("x");
    List<Object> arrays =
        List.of(
            new int[] {1, 2},
            new String[] {"a", "b"},
            new Integer[][] {{1}, {2, 3}},
            new Object[] {1, "a", true},
            new byte[] {1, 2},
            new char[] {'a', 'b'},
            new Level[] {Level.LOW, Level.HIGH});
    for (Object array : arrays) {
      test.set("x", "between").awaitDelivered().set("x", array);
      assertEquals(test.config().snapshot().version(), recorder.awaitValue(array).version());
    }
    test.set("x", "AQI=");
    assertEquals(
        test.config().snapshot().version(), recorder.awaitValue(new byte[] {1, 2}).version());
    test.set("x", "ab");
    assertEquals(
        test.config().snapshot().version(), recorder.awaitValue(new char[] {'a', 'b'}).version());
  }

  @Test
  void awaitValue_otherArray_doesNotCome(TestConfig test) {
    EventRecorder recorder = test.record("x");
    test.set("x", List.of(1, 2)).awaitDelivered();
    int[] other = {1, 3};
    AssertionError e = assertThrows(AssertionError.class, () -> recorder.awaitValue(other, SHORT));
    assertEquals(
        """
        no change to [1, 3] came within PT0.02S; 1 change came
          version 2: x = [1,2], before: absent""",
        e.getMessage());
  }

  @Test
  void awaitValue_classOfNoValue_isTold(TestConfig test) {
    EventRecorder recorder = test.record("x");
    test.set("x", 1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> recorder.awaitValue(new StringBuilder("1")));
    assertEquals(
        "type: java.lang.StringBuilder (expected: a type that the conversions make)",
        e.getMessage());
  }

  @Test
  void await_timeoutOfAnyLength(TestConfig test) {
    EventRecorder recorder = test.record("x");
    test.set("x", 1);
    assertEquals(2, recorder.awaitNext(Duration.ofSeconds(Long.MAX_VALUE)).version());
    test.set("x", 2);
    assertEquals(3, recorder.awaitValue(2, Duration.ofDays(365_000)).version());
    Duration past = Duration.ofSeconds(Long.MIN_VALUE);
    AssertionError e = assertThrows(AssertionError.class, () -> recorder.awaitNext(past));
    assertEquals(
        "no further change came within "
            + past
            + "; 2 changes came\n  version 2: x = 1, before: absent\n  version 3: x = 2, before: 1",
        e.getMessage());
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
