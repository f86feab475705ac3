package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.Session;
import dev.gimbal.source.SimulatedStore;
import dev.gimbal.source.SimulatedStore.Kind;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layer of a store elsewhere, whose connections break while it changes. */
@Timeout(60)
class RemoteStoresTest {

  private static final int WRITES = 3_000;

  private static Source source(SimulatedStore store) {
    RemoteOptions options =
        RemoteOptions.of("store", "memory")
            .withBackoff(Duration.ofMillis(2), Duration.ofMillis(10));
    return new Source() {
      @Override
      public String name() {
        return "store";
      }

      @Override
      public Session open(Sink sink) {
        return options.open(store.remote(), sink);
      }
    };
  }

  private static Map<String, Long> values(Snapshot snapshot) {
    Map<String, Long> values = new HashMap<>();
    snapshot.get("").asMap().forEach((key, value) -> values.put(key, (Long) value));
    return values;
  }

  @ParameterizedTest
  @CsvSource({"DELTAS, 1000000", "DELTAS, 3", "NOTICES, 1000000"})
  @Tag("G1")
  @Tag("G2")
  @Tag("G3")
  void layer_isAlwaysAStateOfTheStore_neverAnOlderOne_andComesToTheLast(Kind kind, int history)
      throws InterruptedException {
    SimulatedStore store = new SimulatedStore(kind, history, 1);
    store.write();
    List<String> wrong = new CopyOnWriteArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    long[] last = {0};
    try (Config config = Config.builder().source(source(store)).build()) {
      config.onChange(
          "revision",
          change -> {
            Map<String, Long> seen = values(change.snapshot());
            long revision = seen.get("revision");
            if (!seen.equals(store.state(revision)) || revision <= last[0]) {
              wrong.add(last[0] + " then " + seen);
            }
            last[0] = revision;
            calls.incrementAndGet();
          });
      for (int i = 2; i <= WRITES; i++) {
        long now = store.write();
        if (i % 20 == 0) {
          Waiting.until(() -> config.get("revision").asLong(0) == now);
        }
        if (i % 200 == 0) {
          store.breakAll();
        }
      }
      Waiting.until(() -> config.get("revision").asInt(0) == WRITES);
      Waiting.until(() -> last(config).equals("OK"));
      Waiting.until(() -> store.open() == 1 && store.telling() == 1);
      config.awaitDelivered(config.snapshot().version(), Duration.ofSeconds(30));
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
    assertEquals(List.of(), wrong);
    assertTrue(calls.get() > 20, "calls: " + calls);
    assertEquals(0, store.open());
  }

  private static String last(Config config) {
    return config.status().sources().get(0).state().name();
  }

  private static int afterAWriteDuringTheFirstReading(SimulatedStore store)
      throws InterruptedException {
    store.write();
    store.duringRead =
        () -> {
          store.duringRead = () -> {};
          store.write();
        };
    try (Config config = Config.builder().source(source(store)).build()) {
      // After so many looks whatever the store has to tell was told.
      Waiting.until(() -> config.get("revision").asInt(0) == 2 || store.looks() > 100);
      return config.get("revision").asInt(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"DELTAS", "NOTICES"})
  @Tag("G6")
  void write_duringTheFirstReading_isNotLost(Kind kind) throws InterruptedException {
    SimulatedStore store = new SimulatedStore(kind, 100, 1);
    assertEquals(2, afterAWriteDuringTheFirstReading(store));
  }

  @Test
  void twin_subscribesAfterTheFirstReading_losesAWrite() throws InterruptedException {
    SimulatedStore store = new SimulatedStore(Kind.NOTICES, 100, 1);
    store.subscribesLate = true;
    assertEquals(1, afterAWriteDuringTheFirstReading(store));
  }
}
