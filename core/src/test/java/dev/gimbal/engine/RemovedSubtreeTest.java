package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One publication that takes away an object with a hundred thousand keys. */
@Tag("slow")
class RemovedSubtreeTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int KEYS = 100_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * What the publication cost.
   *
   * @param visits nodes that the lane compared
   * @param bytes that the writer's thread allocated
   */
  private record Cost(long visits, long bytes) {}

  private static String key(int i) {
    return "big.service" + i / 100 + ".key" + i % 100;
  }

  private static Map<String, Object> keys(int count) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(key(i), i);
    }
    values.put("small.key", 1);
    return values;
  }

  @Test
  void removal_ofAHundredThousandKeys_visitsAndAllocatesNoMoreThanOfAThousand() {
    Map<String, Object> below = Map.of("small.key", 2);
    Cost few = removal(1_000, below);
    Cost many = removal(KEYS, below);
    assertTrue(few.visits > 0, few::toString);
    assertEquals(few.visits, many.visits);
    assertTrue(many.bytes <= few.bytes + 1_000, () -> many + " beside " + few);
  }

  /** Equal keys of a lower layer are the very objects that were shown: none of them is visited. */
  @Test
  void removal_aboveEqualKeys_visitsWhatHoldsThem() {
    Map<String, Object> below = keys(KEYS);
    below.put(key(0), -1);
    Cost cost = removal(KEYS, below);
    assertTrue(cost.visits <= KEYS / 100, cost::toString); // objects of a hundred keys
    assertTrue(cost.bytes <= 4_000, cost::toString);
  }

  /** Each key shows another value then. */
  @Test
  void removal_aboveOtherValues_visitsEachOfThem() {
    Map<String, Object> below = keys(KEYS);
    below.replaceAll((key, value) -> -1);
    Cost cost = removal(KEYS, below);
    assertTrue(KEYS <= cost.visits && cost.visits <= 2 * KEYS, cost::toString);
  }

  /**
   * The third removal, when the classes are there.
   *
   * @param below what a lower layer has
   */
  private static Cost removal(int count, Map<String, Object> below) {
    Cost cost = new Cost(0, 0);
    for (int i = 0; i < 3; i++) {
      MemorySource memory = new MemorySource("memory");
      memory.replace(keys(count));
      MemoryLoader loader = Loaders.open(new EngineTasks(), Sources.map("below", below), memory);
      try {
        Config config = new ConfigView(loader);
        Watcher elsewhere = config.watch("small.key");
        for (int k = 0; k < 10; k++) {
          assertEquals(1, config.watch(key(100 * k)).current().version());
          assertEquals(100 * k, config.live(key(100 * k), Integer.class, -1).get());
        }
        long visits = loader.visits();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long version = memory.remove("big");
        cost = new Cost(loader.visits() - visits, THREADS.getCurrentThreadAllocatedBytes() - bytes);
        assertEquals(2, version);
        elsewhere.stop();
      } finally {
        loader.close();
      }
    }
    return cost;
  }

  @Test
  void removal_ofAHundredThousandKeys_tellsWhoWatchedThem() throws Exception {
    MemorySource memory = Sources.memory("memory");
    memory.replace(keys(KEYS));
    try (Config config =
        Config.builder()
            .source(Sources.map("below", Map.of("big.service7.key7", "below")))
            .source(memory)
            .build()) {
      Watcher whole = config.watch("big");
      Watcher gone = config.watch(key(KEYS - 1));
      Watcher shown = config.watch(key(707));
      Watcher elsewhere = config.watch("small");
      CompletableFuture<Change> told = new CompletableFuture<>();
      try (var subscription = config.onChange("big", told::complete)) {
        Snapshot before = config.snapshot();
        assertEquals(2, memory.remove("big"));

        assertEquals(Map.of("service7", Map.of("key7", "below")), next(whole).get().asMap());
        assertFalse(next(gone).get().exists());
        assertEquals("below", next(shown).get().asString());
        assertEquals(Optional.empty(), elsewhere.next(Duration.ZERO));
        assertEquals(KEYS - 1, before.get(key(KEYS - 1)).asInt());

        Change change = told.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertEquals(2, change.version());
        Set<ConfigPath> paths = new HashSet<>();
        for (Change.Entry entry : change.changes()) {
          assertTrue(entry.before().exists(), entry::toString);
          boolean below = entry.path().equals(ConfigPath.parse(key(707)));
          assertEquals(below, entry.after().exists(), entry::toString);
          paths.add(entry.path());
        }
        assertEquals(KEYS, paths.size());
        assertEquals(KEYS, change.changes().size());
      }
    }
  }

  private static Optional<Value> next(Watcher watcher) throws Exception {
    return watcher.next(LIMIT);
  }
}
