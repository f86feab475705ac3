package dev.gimbal.engine;

import static dev.gimbal.engine.Allocated.ROUNDS;
import static dev.gimbal.engine.Allocated.TIMES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.LiveInt;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one operation allocates, in bytes: exact, and the same on a busy machine. */
@Tag("slow")
class AllocationTest {

  /** A value that was read. */
  private static final int VALUE = 32;

  /** An Integer, which a value keeps once it was read as one. */
  private static final int NUMBER = 16;

  /** Written, so that no read is optimised away. */
  private int sum;

  @Test
  void reads_allocateNothing_whatIsThereAndWhatIsNot() {
    try (Config config = Config.of(Map.of("a.b", 1_000, "a.c", "2000", "a.d", Map.of("max", 3)))) {
      Live<Integer> live = config.live("a.b", Integer.class);
      Live<Pool> bound = config.live("a.d", Pool.class);
      LiveInt number = config.liveInt("a.b");
      assertNothing(i -> sum += live.get());
      assertNothing(i -> sum += number.getAsInt());
      assertNothing(i -> sum += bound.get().max());
      assertNothing(i -> sum += config.get("a.b").asInt());
      assertNothing(i -> sum += config.get("a.c").asInt(7));
      assertNothing(i -> sum += config.get("a.missing").asInt(7));
      assertNothing(i -> sum += config.get("a.c").asString("x").length());
    }
  }

  record Pool(int max) {}

  @Test
  void readsOfManyPathsInTurn_allocateNothing_whatIsThereAndWhatIsNot() {
    Map<String, Object> values = new HashMap<>();
    String[] there = new String[10_000];
    String[] missing = new String[there.length];
    for (int i = 0; i < there.length; i++) {
      there[i] = "service" + i / 100 + ".key" + i % 100;
      missing[i] = "service" + i / 100 + ".none" + i % 100;
      values.put(there[i], i);
    }
    try (Config config = Config.of(values)) {
      assertNothing(i -> sum += config.get(there[i % there.length]).asInt());
      assertNothing(i -> sum += config.get(missing[i % missing.length]).asInt(7));
    }
  }

  /** Not even once in so many calls. */
  private static void assertNothing(IntConsumer read) {
    assertEquals(0, Allocated.inARound(read));
  }

  /** A path that nobody has read before is not taken apart: the value is all that is made. */
  @Test
  void readsOfMadeUpPaths_allocateTheirValueOnly() {
    try (Config config = Config.of(Map.of("a.b", 1))) {
      for (int i = 0; i < 2 * ValueCache.MAX_ABSENT; i++) {
        sum += config.get("a.filling" + i).asInt(7);
      }
      String[] madeUp = new String[ROUNDS * TIMES];
      for (int i = 0; i < madeUp.length; i++) {
        madeUp[i] = "a.b.made.up" + i;
      }
      long bytes = Allocated.byOne(i -> sum += config.get(madeUp[i]).asInt(7));
      assertTrue(bytes <= VALUE, "bytes: " + bytes);
    }
  }

  @Test
  void readAfterAPublication_allocatesItsValueOnly() {
    MemorySource memory = Sources.memory("memory");
    memory.put("a.b", 1);
    try (Config config = Config.builder().source(memory).build()) {
      assertFirstReadMakes(VALUE, config, memory, "a.other", "a.b");
      assertFirstReadMakes(VALUE + NUMBER, config, memory, "a.b", "a.b");
      assertFirstReadMakes(VALUE, config, memory, "a.b", "a.missing");
    }
  }

  /**
   * Of the reads of a round, each after a publication; one in a while drops old values too. Another
   * read before it finds where the publication differs.
   */
  private void assertFirstReadMakes(
      int bytes, Config config, MemorySource memory, String written, String read) {
    int most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int exact = 0;
      for (int i = 0; i < TIMES; i++) {
        memory.put(written, 1_000 + round * TIMES + i);
        sum += config.get("a.first").asInt(7);
        long before = Allocated.soFar();
        sum += config.get(read).asInt(7);
        exact += Allocated.soFar() - before == bytes ? 1 : 0;
      }
      most = Math.max(most, exact);
    }
    int others = TIMES / ValueCache.DROP_AFTER + 1;
    assertTrue(most >= TIMES - others, most + " of " + TIMES + " reads");
  }

  /** It is a text, and what it is made of; found once for each version. */
  @Test
  void placeOfAChange_isSmall_howeverManyKeysThereAre() {
    for (int keys : new int[] {100, 10_000}) {
      MemorySource memory = Sources.memory("memory");
      memory.patch(
          patch -> {
            for (int i = 0; i < keys; i++) {
              patch.set("a.b.n" + i, i);
            }
          });
      try (Config config = Config.builder().source(memory).build()) {
        sum += config.get("a.c").asInt(7);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
          memory.put("a.b.n1", -i);
          long before = Allocated.soFar();
          sum += config.get("a.c").asInt(7);
          least = Math.min(least, Allocated.soFar() - before);
        }
        assertTrue(least > VALUE && least <= 512, least + " bytes of " + keys);
      }
    }
  }

  @Test
  void put_ofOneKey_allocatesNoMoreAmongManyKeys() {
    long few = put(100, 3);
    long many = put(100_000, 3);
    assertTrue(few <= 1_750, "bytes: " + few);
    assertTrue(many <= few + 350, many + " bytes beside " + few);
  }

  @Test
  void put_belowNineLayers_allocatesAPathOfTheTreeForEach() {
    long bytes = put(10_000, 10);
    assertTrue(bytes <= 7_400, "bytes: " + bytes);
  }

  private static String key(int i) {
    return "service" + i / 20 + ".group" + i / 4 % 5 + ".key" + i % 4;
  }

  /**
   * Bytes of one put into the highest of three layers, or the lowest of more.
   *
   * @param layers the source that is written among them
   */
  private static long put(int keys, int layers) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      values.put(key(i), i);
    }
    MemorySource memory = Sources.memory("memory");
    Config.Builder builder = Config.builder();
    if (layers == 3) {
      memory.put(key(46), 0);
      builder.source(Sources.map("defaults", values));
      builder.source(Sources.map("others", Map.of(key(25), "x"))).source(memory);
    } else {
      memory.replace(values);
      builder.source(memory);
      for (int i = 1; i < layers; i++) {
        builder.source(Sources.map("layer" + i, Map.of(key(46 + i % 2 + 1), i)));
      }
    }
    try (Config config = builder.build()) {
      return put(config, memory, key(46));
    }
  }

  private static long put(Config config, MemorySource memory, String path) {
    long before = config.snapshot().version();
    long bytes = Allocated.byOne(i -> memory.put(path, 1_000_000 + i % 100_000));
    assertEquals(before + (long) ROUNDS * TIMES, config.snapshot().version());
    return bytes;
  }

  @Test
  void put_atFiftyLevels_allocatesEachOfThemTwice() {
    MemorySource memory = Sources.memory("memory");
    String path = "level" + ".level".repeat(49);
    memory.put(path, 0);
    try (Config config =
        Config.builder().source(Sources.map("below", Map.of("other", 1))).source(memory).build()) {
      long bytes = put(config, memory, path);
      assertTrue(bytes <= 7_900, "bytes: " + bytes);
    }
  }
}
