package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.util.HashMap;
import java.util.Map;
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
    assertTrue(few > 0, "visits: " + few);
    assertTrue(many <= few + LEVELS, many + " visits beside " + few);
  }

  @Test
  void patchAmongAMillionKeys_visitsAtMostLog16MoreNodesThanAmongAHundred() {
    long few = visits(100, 0, 0, true);
    long many = visits(1_000_000, 0, 0, true);
    assertTrue(few > 0, "visits: " + few);
    assertTrue(many <= few + LEVELS, many + " visits beside " + few);
  }

  @Test
  void patchBesideAHundredThousandWatchersOfOtherPaths_visitsNoMore() {
    long alone = visits(100_001, 0, 0, true);
    long watched = visits(100_001, 100_000, 0, true);
    assertTrue(
        watched <= alone + LEVELS, // one walk through the trie's changed nodes
        watched + " visits beside " + alone);
    assertEquals(watched, visits(100_001, 50_000, 0, true));
  }

  @Test
  void patchBesideTwentyThousandHandlesOfOtherPaths_visitsNoMore() {
    long alone = visits(20_001, 0, 1, true);
    long declared = visits(20_001, 0, 20_000, true);
    assertTrue(
        declared <= alone + 2 * LEVELS, // what is to be converted, and what is taken away
        declared + " visits beside " + alone);
    assertEquals(declared, visits(20_001, 0, 10_000, true));
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
