package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G02LatestWinsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemorySource memory = Sources.memory("memory");

  @Test
  void slowListener_skipsIntermediateValues_neverTheLast() throws Exception {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    memory.put("n", 0);
    try (Config config = Config.builder().source(memory).build();
        Subscription subscription =
            config.onChange(
                "n",
                change -> {
                  seen.add(change.after().asInt());
                  entered.countDown();
                  Waiting.await(release);
                })) {
      memory.put("n", 1);
      entered.await();
      long version = 0;
      for (int i = 2; i <= 1_000; i++) {
        version = memory.put("n", i);
      }
      release.countDown();
      config.awaitDelivered(version, LONG);
      assertEquals(List.of(1, 1_000), seen);
      assertEquals(2, config.status().delivered());
      assertEquals(true, subscription.name().startsWith("onChange[n] by "));
    }
  }

  @Test
  @Tag("D2")
  void slowWatcher_skipsIntermediateValues_neverTheLast() throws Exception {
    memory.put("n", 0);
    try (Config config = Config.builder().source(memory).build();
        Watcher watcher = config.watch("n")) {
      for (int i = 1; i <= 1_000; i++) {
        memory.put("n", i);
      }
      assertEquals(1_000, watcher.next().asInt());
      assertEquals(1_000, watcher.current().asInt());
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
    }
  }

  @Test
  void boundedQueueInPlaceOfAMailbox_losesTheLast() {
    ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    int dropped = 0;
    for (int i = 1; i <= 1_000; i++) {
      dropped += queue.offer(i) ? 0 : 1;
    }
    assertEquals(999, dropped);
    assertNotEquals(1_000, queue.poll());
  }

  @Test
  @Tag("D5")
  @Tag("class1")
  void manyWriters_everyWatcherEndsWithTheMergeOfTheLastStates() throws Exception {
    List<MemorySource> sources = new ArrayList<>();
    Config.Builder builder = Config.builder();
    for (int i = 0; i < 4; i++) {
      sources.add(Sources.memory("memory" + i));
      sources.get(i).put("own" + i, -1);
      builder.source(sources.get(i));
    }
    try (Config config = builder.build()) {
      List<AtomicInteger> last = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        AtomicInteger seen = new AtomicInteger(-1);
        last.add(seen);
        config.onChange("own" + i, change -> seen.set(change.after().asInt()));
      }
      Watcher all = config.watch("");
      List<Waiting.Running> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int own = i;
        writers.add(
            Waiting.start(
                () -> {
                  for (int n = 0; n <= 2_000; n++) {
                    int value = n;
                    sources.get(own).patch(p -> p.set("own" + own, value).set("top", value));
                  }
                }));
      }
      for (Waiting.Running writer : writers) {
        writer.finish();
      }
      config.awaitDelivered(config.snapshot().version(), LONG);
      for (int i = 0; i < 4; i++) {
        assertEquals(2_000, last.get(i).get());
        assertEquals(2_000, config.get("own" + i).asInt());
      }
      assertEquals(config.asMap(), all.next().asMap());
      assertEquals(Optional.empty(), all.next(Duration.ZERO));
    }
  }
}
