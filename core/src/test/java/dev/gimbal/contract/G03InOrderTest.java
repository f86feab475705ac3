package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G03InOrderTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemorySource memory = Sources.memory("memory");

  @Test
  @Tag("D9")
  void aToBAndBackToA_isBThenA() throws Exception {
    List<String> pushed = new CopyOnWriteArrayList<>();
    memory.put("v", "A");
    try (Config config = Config.builder().source(memory).build();
        Watcher watcher = config.watch("v")) {
      config.onChange("v", c -> pushed.add(c.before().asString() + " to " + c.after().asString()));
      config.awaitDelivered(memory.put("v", "B"), LONG);
      assertEquals("B", watcher.next().asString());
      config.awaitDelivered(memory.put("v", "A"), LONG);
      assertEquals("A", watcher.next().asString());
      assertEquals(List.of("A to B", "B to A"), pushed);
    }
  }

  @Test
  void aToBAndBackToA_beforeAnyoneLooks_isNothing() throws Exception {
    memory.put("v", "A");
    try (Config config = Config.builder().source(memory).build();
        Watcher watcher = config.watch("v")) {
      memory.put("v", "B");
      memory.put("v", "A");
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
    }
  }

  @Test
  @Tag("class8")
  void versions_riseStrictly_andNoValueComesTwiceInARow() throws Exception {
    memory.put("v", 0);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger seen = new AtomicInteger();
    List<Value> pushed = new CopyOnWriteArrayList<>();
    try (Config config = Config.builder().source(memory).build();
        Watcher watcher = config.watch("v")) {
      config.onChange("v", change -> pushed.add(change.after()));
      Waiting.Running consumer =
          Waiting.start(
              () -> {
                Value last = watcher.current();
                while (!done.get() || last.asInt() != 99) {
                  Optional<Value> next = watcher.next(Duration.ofMillis(50));
                  if (next.isPresent()) {
                    assertTrue(next.get().version() > last.version());
                    assertNotEquals(last.asInt(), next.get().asInt());
                    last = next.get();
                    seen.incrementAndGet();
                  }
                }
              });
      Waiting.inThreads(
          4,
          () -> {
            for (int i = 0; i < 3_000; i++) {
              memory.put("v", i % 3);
            }
          });
      long version = memory.put("v", 99);
      done.set(true);
      consumer.finish();
      config.awaitDelivered(version, LONG);
      assertTrue(seen.get() > 0, "seen: " + seen);
      for (int i = 1; i < pushed.size(); i++) {
        assertTrue(pushed.get(i).version() > pushed.get(i - 1).version());
        assertNotEquals(pushed.get(i - 1).asInt(), pushed.get(i).asInt());
      }
      assertEquals(99, pushed.get(pushed.size() - 1).asInt());
    }
  }

  @Test
  void insideACallback_theSnapshotIsAtLeastTheChanges() throws Exception {
    List<Boolean> atLeast = new CopyOnWriteArrayList<>();
    try (Config config = Config.builder().source(memory).build()) {
      config.onChange("v", c -> atLeast.add(config.snapshot().version() >= c.version()));
      List<Boolean> expected = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        config.awaitDelivered(memory.put("v", i), LONG);
        expected.add(true);
      }
      assertEquals(expected, atLeast);
    }
  }

  @Test
  void equalValueWrittenAgain_publishesNothing() throws Exception {
    memory.put("v", "same");
    try (Config config = Config.builder().source(memory).build();
        Watcher watcher = config.watch("")) {
      assertEquals(1, memory.put("v", "same"));
      assertEquals(1, memory.replace(java.util.Map.of("v", "same")));
      assertEquals(1, memory.remove("other"));
      assertEquals(1, config.snapshot().version());
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
    }
  }

  @Test
  void newOriginsOfTheSameTree_keepTheVersion_andWakeNobody() throws Exception {
    ScriptedSource source =
        new ScriptedSource("s", s -> s.document(java.util.Map.of("v", 1), "v", 1, 4));
    try (Config config = source.attach(Config.builder().source(source).build());
        Watcher watcher = config.watch("")) {
      AtomicInteger calls = new AtomicInteger();
      config.onChange("", change -> calls.incrementAndGet());
      assertEquals("s.yaml:1:4", config.get("v").origin().orElseThrow().toString());
      source.document(java.util.Map.of("v", 1), "v", 2, 4);
      assertEquals("s.yaml:2:4", config.get("v").origin().orElseThrow().toString());
      assertEquals(1, config.snapshot().version());
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
      source.document(java.util.Map.of("v", 2), "v", 2, 4);
      config.awaitDelivered(2, LONG);
      assertEquals(1, calls.get());
    }
  }

  @Test
  void documentThatIsNotNewer_isIgnored_untilReset() {
    ScriptedSource source = new ScriptedSource("s", java.util.Map.of("v", 1));
    try (Config config = source.attach(Config.builder().source(source).build())) {
      source.document(dev.gimbal.source.Revision.of(10), java.util.Map.of("v", 10));
      source.document(dev.gimbal.source.Revision.of(9), java.util.Map.of("v", 9));
      assertEquals(10, config.get("v").asInt());
      source.reset();
      source.document(dev.gimbal.source.Revision.of(3), java.util.Map.of("v", 3));
      assertEquals(3, config.get("v").asInt());
    }
  }
}
