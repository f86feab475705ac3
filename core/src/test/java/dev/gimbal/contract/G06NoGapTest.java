package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G06NoGapTest {

  private final MemorySource memory = Sources.memory("memory");

  @Test
  void watchOfAValue_deliversAtOnceWhatChangedSinceItWasRead() throws Exception {
    memory.put("v", 1);
    try (Config config = Config.builder().source(memory).build()) {
      Value read = config.get("v");
      memory.put("v", 2);
      try (Watcher gapless = config.watch(read);
          Watcher fromNow = config.watch("v")) {
        assertEquals(1, gapless.current().asInt());
        assertEquals(2, gapless.next(Duration.ZERO).orElseThrow().asInt());
        assertEquals(Optional.empty(), gapless.next(Duration.ZERO));
        assertEquals(Optional.empty(), fromNow.next(Duration.ZERO)); // what the first is for
      }
    }
  }

  @Test
  void watchOfAValue_thatCameBack_deliversNothing() throws Exception {
    memory.put("v", 1);
    try (Config config = Config.builder().source(memory).build()) {
      Value read = config.get("v");
      memory.put("v", 2);
      memory.put("v", 1);
      try (Watcher gapless = config.watch(read)) {
        assertEquals(Optional.empty(), gapless.next(Duration.ZERO));
      }
    }
  }

  @Test
  @Tag("D7")
  @Tag("class6")
  void watchWhileAWriterWrites_missesNothing() throws Exception {
    memory.put("v", 0);
    try (Config config = Config.builder().source(memory).build()) {
      for (int round = 1; round <= 2_000; round++) {
        int value = round;
        CountDownLatch go = new CountDownLatch(1);
        Value read = config.get("v");
        Waiting.Running writer =
            Waiting.start(
                () -> {
                  go.await();
                  memory.put("v", value);
                });
        go.countDown();
        try (Watcher watcher = config.watch(read)) {
          assertEquals(value, watcher.next().asInt());
        }
        writer.finish();
      }
      assertEquals(2_001, config.snapshot().version());
    }
  }

  @Test
  @Tag("D11")
  void changeBetweenTheFirstReadAndTheStart_isInVersionOneOrFollows() throws Exception {
    ScriptedSource source =
        new ScriptedSource(
            "s",
            s -> {
              s.document(Map.of("v", 1));
              s.document(Map.of("v", 2));
              s.patch(p -> p.set("w", 3));
            });
    try (Config config = source.attach(Config.builder().source(source).build())) {
      Waiting.until(() -> config.get("w").exists());
      assertEquals(Map.of("v", 2L, "w", 3L), config.asMap());
      assertEquals("s@3", config.status().source("s").revision());
    }
  }

  @Test
  void sourceThatFailedAndCameBack_deliversWhatChangedMeanwhile() throws Exception {
    ScriptedSource source = new ScriptedSource("s", Map.of("v", 1));
    try (Config config = source.attach(Config.builder().source(source).build());
        Watcher watcher = config.watch("v")) {
      source.failed();
      assertEquals(1, config.get("v").asInt());
      source.document(Map.of("v", 2));
      assertEquals(2, watcher.next().asInt());
    }
  }
}
