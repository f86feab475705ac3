package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G01AtomicTest {

  private static final int WRITES = 20_000;

  @Test
  @Tag("slow")
  void patch_isSeenWholeByAReaderThatHammers() throws Exception {
    MemorySource memory = Sources.memory("memory");
    memory.patch(p -> p.set("a", 0).set("b.c", 0));
    try (Config config = Config.builder().source(memory).build()) {
      long torn = tornReads(config, i -> memory.patch(p -> p.set("a", i).set("b.c", i)));
      assertEquals(0, torn);
      assertEquals(WRITES + 1, config.snapshot().version());
    }
  }

  @Test
  @Tag("slow")
  void twoWritesInPlaceOfAPatch_areSeenTorn() throws Exception {
    MemorySource memory = Sources.memory("memory");
    memory.patch(p -> p.set("a", 0).set("b.c", 0));
    try (Config config = Config.builder().source(memory).build()) {
      long torn =
          tornReads(
              config,
              i -> {
                memory.put("a", i);
                Thread.yield();
                memory.put("b.c", i);
              });
      assertTrue(torn > 0);
    }
  }

  private static long tornReads(Config config, IntConsumer write) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong torn = new AtomicLong();
    AtomicLong reads = new AtomicLong();
    Waiting.Running reader =
        Waiting.start(
            () -> {
              while (!done.get()) {
                Snapshot snapshot = config.snapshot();
                if (snapshot.get("a").asInt() != snapshot.get("b.c").asInt()) {
                  torn.incrementAndGet();
                }
                reads.incrementAndGet();
              }
            });
    Waiting.until(() -> reads.get() > 0);
    for (int i = 1; i <= WRITES; i++) {
      write.accept(i);
    }
    done.set(true);
    reader.finish();
    assertTrue(reads.get() > 100, "reads: " + reads);
    return torn.get();
  }

  @Test
  @Tag("class2")
  void placeholders_areNeverSeenUnresolvedOrOfAnotherVersion() throws Exception {
    MemorySource memory = Sources.memory("memory");
    memory.put("host", "h0");
    Map<String, String> urls = Map.of("url", "http://${host}/");
    try (Config config = Config.builder().source(Sources.map("map", urls)).source(memory).build()) {
      AtomicBoolean done = new AtomicBoolean();
      AtomicLong reads = new AtomicLong();
      Waiting.Running reader =
          Waiting.start(
              () -> {
                while (!done.get()) {
                  Snapshot s = config.snapshot();
                  assertEquals("http://" + s.get("host").asString() + "/", s.get("url").asString());
                  reads.incrementAndGet();
                }
              });
      Waiting.until(() -> reads.get() > 0);
      for (int i = 1; i <= 5_000; i++) {
        memory.put("host", "h" + i);
      }
      done.set(true);
      reader.finish();
      assertEquals("http://h5000/", config.get("url").asString());
    }
  }

  @Test
  @Tag("D21")
  void snapshot_neverChangesAfterItWasTaken() {
    MemorySource memory = Sources.memory("memory");
    memory.put("a", 1);
    try (Config config = Config.builder().source(memory).build()) {
      Snapshot first = config.snapshot();
      assertEquals(2, memory.put("a", 2));
      assertEquals(1, first.version());
      assertEquals(1, first.get("a").asInt());
      assertEquals(2, config.get("a").asInt());
    }
  }

  @Test
  void patchOfASource_isOneVersion() {
    ScriptedSource source = new ScriptedSource("s", Map.of("a", 1, "b", 1));
    try (Config config = source.attach(Config.builder().source(source).build())) {
      source.patch(p -> p.set("a", 2).remove("b").set("c.d", true));
      assertEquals(2, config.snapshot().version());
      assertEquals(Map.of("a", 2L, "c", Map.of("d", true)), config.asMap());
    }
  }
}
