package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.LiveInt;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one operation allocates, in bytes: exact, and the same on a busy machine. */
@Tag("slow")
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 30;
  private static final int TIMES = 2_000;

  /** Written, so that no read is optimised away. */
  private int sum;

  @Test
  void reads_allocateNothing_whatIsThereAndWhatIsNot() {
    try (Config config = Config.of(Map.of("a.b", 1_000, "a.c", "2000", "a.d", Map.of("max", 3)))) {
      Live<Integer> live = config.live("a.b", Integer.class);
      Live<Pool> bound = config.live("a.d", Pool.class);
      LiveInt number = config.liveInt("a.b");
      assertEquals(0, least(i -> sum += live.get()));
      assertEquals(0, least(i -> sum += number.getAsInt()));
      assertEquals(0, least(i -> sum += bound.get().max()));
      assertEquals(0, least(i -> sum += config.get("a.b").asInt()));
      assertEquals(0, least(i -> sum += config.get("a.c").asInt(7)));
      assertEquals(0, least(i -> sum += config.get("a.missing").asInt(7)));
      assertEquals(0, least(i -> sum += config.get("a.c").asString("x").length()));
    }
  }

  record Pool(int max) {}

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
      long bytes = least(i -> sum += config.get(madeUp[i]).asInt(7));
      assertTrue(bytes <= 32, "bytes: " + bytes);
    }
  }

  @Test
  void put_ofOneKey_allocatesNoMoreAmongManyKeys() {
    long few = put(100);
    long many = put(100_000);
    assertTrue(few <= 1_800, "bytes: " + few);
    assertTrue(many <= few + 350, many + " bytes beside " + few);
  }

  private long put(int keys) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      values.put("service" + i / 20 + ".group" + i / 4 % 5 + ".key" + i % 4, i);
    }
    MemorySource memory = Sources.memory("memory");
    memory.put("service2.group1.key2", 0);
    try (Config config =
        Config.builder()
            .source(Sources.map("defaults", values))
            .source(Sources.map("others", Map.of("service1.group1.key1", "x")))
            .source(memory)
            .build()) {
      long before = config.snapshot().version();
      long bytes = least(i -> memory.put("service2.group1.key2", 1_000_000 + i % 100_000));
      assertEquals(before + (long) ROUNDS * TIMES, config.snapshot().version());
      return bytes;
    }
  }

  @Test
  void put_inAListOfObjects_allocatesNoMoreInALongOne() {
    long few = putInList(50);
    long many = putInList(50_000);
    assertTrue(many <= few + 600, many + " bytes beside " + few);
  }

  private long putInList(int elements) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < elements; i++) {
      values.put("list[" + i + "].a", i);
    }
    MemorySource memory = Sources.memory("memory");
    memory.replace(values);
    try (Config config = Config.builder().source(memory).build()) {
      long before = config.snapshot().version();
      long bytes = least(i -> memory.put("list[3].a", 1_000_000 + i % 100_000));
      assertEquals(before + (long) ROUNDS * TIMES, config.snapshot().version());
      return bytes;
    }
  }

  /** The bytes of one call, where they are fewest: in the end all is compiled. */
  private static long least(IntConsumer call) {
    long least = Long.MAX_VALUE;
    int i = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int time = 0; time < TIMES; time++) {
        call.accept(i++);
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / TIMES);
    }
    return least;
  }
}
