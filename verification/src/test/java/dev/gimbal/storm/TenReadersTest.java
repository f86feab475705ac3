package dev.gimbal.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten readers, more than small machines have processors, beside one key that changes: what one
 * snapshot says belongs together, and no reader goes back. Each twin is seen.
 */
@Timeout(120)
class TenReadersTest {

  private static final int READERS = 10;
  private static final int READS = 2_000;
  private static final int CHANGES = 2_000;

  /**
   * Readings that were wrong: a copy that is not of the key beside it; a version that went back.
   */
  private record Tally(long torn, long back) {}

  @Test
  void tenReaders_besideOneKeyThatChanges_seeWholeSnapshotsInOrder() throws Exception {
    MemorySource memory = memory();
    try (Config config = config(memory)) {
      assertEquals(new Tally(0, 0), read(memory, config, config::snapshot, false));
    }
  }

  @Test
  void tenReaders_ofATwinThatMixesVersions_seeIt() throws Exception {
    MemorySource memory = memory();
    try (Config config = config(memory);
        SeededBug.Seed seed = new SeededBug.Seed(SeededBug.MIXES_VERSIONS)) {
      Config mixing = seed.wrap(config);
      Tally tally = read(memory, config, mixing::snapshot, true);
      assertTrue(tally.torn > 0, tally::toString);
    }
  }

  /** One answer in a hundred is the first snapshot. */
  @Test
  void tenReaders_ofATwinThatGoesBack_seeIt() throws Exception {
    MemorySource memory = memory();
    try (Config config = config(memory)) {
      Snapshot first = config.snapshot();
      AtomicLong calls = new AtomicLong();
      Tally tally =
          read(
              memory,
              config,
              () -> calls.incrementAndGet() % 100 == 0 ? first : config.snapshot(),
              true);
      assertEquals(0, tally.torn);
      assertTrue(tally.back > 0, tally::toString);
    }
  }

  private MemorySource memory() {
    MemorySource memory = Sources.memory("memory");
    memory.put("n", 0);
    return memory;
  }

  private static Config config(MemorySource memory) {
    return Config.builder()
        .source(Sources.string("copies", "properties", "copy=${n}"))
        .source(Sources.map("others", Map.of("other", 1)))
        .source(memory)
        .build();
  }

  /**
   * Reads until every reader has read enough and the key has changed often.
   *
   * @param twin whether it ends with the first reading that is wrong
   */
  private static Tally read(
      MemorySource source, Config config, Supplier<Snapshot> snapshots, boolean twin)
      throws Exception {
    AtomicLong torn = new AtomicLong();
    AtomicLong back = new AtomicLong();
    CountDownLatch enough = new CountDownLatch(READERS);
    CountDownLatch changed = new CountDownLatch(1);
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Thread reader =
          Storm.thread(
              "ten-readers",
              () -> {
                long version = 0;
                for (int own = 1; changed.getCount() > 0; own++) {
                  Snapshot snapshot = snapshots.get();
                  back.addAndGet(snapshot.version() < version ? 1 : 0);
                  version = snapshot.version();
                  long n = snapshot.get("n").asLong();
                  torn.addAndGet(snapshot.get("copy").asLong() == n ? 0 : 1);
                  if (own == READS) {
                    enough.countDown();
                  }
                }
              });
      readers.add(reader);
      reader.start();
    }
    long last = config.snapshot().version();
    boolean seen = false;
    for (int n = 1; !seen && (n <= CHANGES || enough.getCount() > 0); n++) {
      assertEquals(++last, source.put("n", n));
      seen = twin && torn.get() + back.get() > 0;
    }
    changed.countDown();
    for (Thread reader : readers) {
      reader.join();
    }
    return new Tally(torn.get(), back.get());
  }
}
