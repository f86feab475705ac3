package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Counts the nodes that the lane compares for one patch: merging, and finding declared keys and
 * watchers.
 */
@Tag("slow")
class VisitsTest {

  /** log16(1,000,000), rounded up. */
  private static final long LEVELS = 5;

  @Test
  void patchAboveAMillionKeys_visitsAtMostLog16MoreNodesThanAboveAHundred() {
    long few = visits(100, 0, 0, false);
    long many = visits(1_000_000, 0, 0, false);
    assertBetween(1, 5, few);
    assertBetween(few, few + LEVELS, many);
  }

  @Test
  void patchAmongAMillionKeys_visitsAtMostLog16MoreNodesThanAmongAHundred() {
    long few = visits(100, 0, 0, true);
    long many = visits(1_000_000, 0, 0, true);
    assertBetween(1, 5, few);
    assertBetween(few, few + LEVELS, many);
  }

  private static void assertBetween(long least, long most, long visits) {
    assertTrue(least <= visits && visits <= most, "visits: " + visits);
  }

  @Test
  void patchBesideAHundredThousandWatchersOfOtherPaths_visitsNoMore() {
    long alone = visits(100_001, 0, 0, true);
    long watched = visits(100_001, 100_000, 0, true);
    assertBetween(alone, alone + LEVELS, watched); // one walk through the trie's changed nodes
    assertBetween(1, 9, watched);
    assertEquals(watched, visits(100_001, 50_000, 0, true));
  }

  @Test
  void patchBesideTwentyThousandHandlesOfOtherPaths_visitsNoMore() {
    long alone = visits(20_001, 0, 1, true);
    long declared = visits(20_001, 0, 20_000, true);
    assertBetween(alone, alone + 2 * LEVELS, declared); // to be converted, and to be taken away
    assertBetween(1, 14, declared);
    assertEquals(declared, visits(20_001, 0, 10_000, true));
  }

  @Test
  void publication_offersToItsOwnWatcherOnly_besideAThousandAndAHundredThousand() {
    for (int elsewhere : new int[] {1_000, 100_000}) {
      assertEquals(1, offers(elsewhere, i -> "key" + i));
      assertEquals(1, offers(elsewhere, i -> "list[" + i + "].a"));
    }
  }

  /** To how many watchers a put offers, of which one watches its path. */
  private static int offers(int elsewhere, IntFunction<String> path) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i <= elsewhere; i++) {
      values.put(path.apply(i), i);
    }
    MemorySource memory = new MemorySource("memory");
    memory.replace(values);
    MemoryLoader loader = Loaders.open(new EngineTasks(), memory);
    try {
      AtomicInteger offers = new AtomicInteger();
      for (int i = 0; i <= elsewhere; i++) {
        ConfigPath watched = ConfigPath.parse(path.apply(i));
        loader.register(new Counting(watched, offers), List.of(watched));
      }
      assertEquals(2, memory.put(path.apply(0), "x"));
      offers.set(0);
      long before = loader.visits();
      assertEquals(3, memory.put(path.apply(0), "y"));
      assertBetween(1, 10, loader.visits() - before);
      return offers.get();
    } finally {
      loader.close();
    }
  }

  private record Counting(ConfigPath path, AtomicInteger offers) implements Receiver {
    @Override
    public void offer(PublishedSnapshot snapshot) {
      offers.incrementAndGet();
    }

    @Override
    public void renew(PublishedSnapshot now) {}

    @Override
    public ConfigPath watched(ConfigPath asked) {
      return path;
    }

    @Override
    public void end() {}
  }

  /** What a second patch of one key costs, when everything is warm. */
  private static long visits(int keys, int watchers, int handles, boolean inOneLayer) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      values.put("key" + i, i);
    }
    MemorySource memory = new MemorySource("memory");
    MemoryLoader loader;
    if (inOneLayer) {
      memory.replace(values);
      loader = Loaders.open(new EngineTasks(), memory);
    } else {
      loader = Loaders.open(new EngineTasks(), Sources.map("map", values), memory);
    }
    try {
      Config config = new ConfigView(loader);
      for (int i = 1; i <= watchers; i++) {
        Watcher watcher = config.watch("key" + i);
        assertEquals(1, watcher.current().version());
      }
      for (int i = 1; i <= handles; i++) {
        assertEquals(i, config.live("key" + i, Integer.class).get());
      }
      assertEquals(2, memory.put("key0", "x"));
      long before = loader.visits();
      assertEquals(3, memory.put("key0", "y"));
      return loader.visits() - before;
    } finally {
      loader.close();
    }
  }
}
