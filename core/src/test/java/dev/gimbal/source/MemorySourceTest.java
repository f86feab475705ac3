package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Sources;
import dev.gimbal.tree.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemorySourceTest {

  private final RecordingSink sink = new RecordingSink(new ManualTasks());
  private final MemorySource memory = new MemorySource("overrides");

  private Map<String, Object> layer() {
    return Nodes.toMap(sink.layer());
  }

  @Test
  void writesBeforeOpen_areHandedOverAsTheFirstDocument() {
    assertEquals(0, memory.put("a.b", 1));
    assertEquals(0, memory.patch(p -> p.set("c", "x").set("d", true)));
    assertEquals(0, memory.remove("d"));
    memory.open(sink);
    assertEquals(List.of("document {a={b=1}, c=x}"), sink.log());
    assertEquals(List.of(1L), sink.revisions());
  }

  @Test
  @Tag("D39")
  void open_withoutWrites_handsOverAnEmptyDocument() {
    memory.open(sink);
    assertEquals(List.of("document {}"), sink.log());
  }

  @Test
  void writesAfterOpen_changeTheLayerAndReturnTheVersion() {
    memory.open(sink);
    assertEquals(1, memory.put("a.b", 1));
    assertEquals(2, memory.patch(p -> p.set("a.c", List.of(1, 2)).set("x", null).remove("a.b")));
    Map<String, Object> expected = new HashMap<>();
    expected.put("a", Map.of("c", List.of(1L, 2L)));
    expected.put("x", null);
    assertEquals(expected, layer());
    assertEquals(3, memory.remove("x"));
    assertEquals(Map.of("a", Map.of("c", List.of(1L, 2L))), layer());
  }

  @Test
  void replace_isTheWholeLayer_itsOwnKeysArePaths() {
    memory.open(sink);
    memory.put("old", 1);
    assertEquals(2, memory.replace(Map.of("a.b", 1, "c", Map.of("d.e", 2))));
    assertEquals(Map.of("a", Map.of("b", 1L), "c", Map.of("d.e", 2L)), layer());
  }

  @Test
  void objectThatDoesNotSayItself_isRefused_whereItIsInAListToo() {
    memory.open(sink);
    Object silent = new Object();
    for (Object value : List.of(silent, List.of(silent), Map.of("k", silent))) {
      IllegalArgumentException put =
          assertThrows(IllegalArgumentException.class, () -> memory.put("a", value));
      IllegalArgumentException patched =
          assertThrows(IllegalArgumentException.class, () -> memory.patch(p -> p.set("a", value)));
      String message = "value: java.lang.Object (expected: a type with a toString of its own)";
      assertEquals(message, put.getMessage());
      assertEquals(message, patched.getMessage());
    }
    memory.put("a", Duration.ofSeconds(3));
    memory.put("b", "java.lang.Object@1f");
    assertEquals(Map.of("a", "PT3S", "b", "java.lang.Object@1f"), layer());
  }

  @Test
  void put_atTheRoot_takesOnlyAMap() {
    memory.open(sink);
    memory.put("", Map.of("a", 1));
    assertEquals(Map.of("a", 1L), layer());
    assertEquals(
        "the root: NUMBER (expected: a Map)",
        assertThrows(IllegalArgumentException.class, () -> memory.put("", 5)).getMessage());
    assertEquals(
        "the root: NULL (expected: a Map)",
        assertThrows(IllegalArgumentException.class, () -> memory.patch(p -> p.set("", null)))
            .getMessage());
    assertEquals(Map.of("a", 1L), layer());
  }

  @Test
  void patch_whoseMakerThrows_writesNothing() {
    memory.open(sink);
    assertThrows(
        IllegalStateException.class,
        () ->
            memory.patch(
                p -> {
                  p.set("a", 1);
                  throw new IllegalStateException("mine");
                }));
    assertEquals(Map.of(), layer());
  }

  @Test
  @Tag("D30")
  void closed_refusesWrites() {
    memory.open(sink).close();
    assertEquals(
        "memory source \"overrides\" is closed: it was removed, or its Config is closed",
        assertThrows(IllegalStateException.class, () -> memory.put("a", 1)).getMessage());
    assertEquals(Map.of(), layer());
  }

  @Test
  void openedTwice_throws() {
    memory.open(sink);
    assertEquals(
        "memory source \"overrides\" was opened before: an instance belongs to one Config, once",
        assertThrows(IllegalStateException.class, () -> memory.open(sink)).getMessage());
  }

  @Test
  @Tag("D11")
  @Tag("class6")
  void writesRacingWithOpen_areNeitherLostNorDoubled() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      MemorySource raced = new MemorySource("raced");
      RecordingSink to = new RecordingSink(new ManualTasks());
      int writers = 3;
      int each = 20;
      CountDownLatch go = new CountDownLatch(1);
      AtomicInteger early = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        Thread thread =
            new Thread(
                () -> {
                  awaitQuietly(go);
                  for (int i = 0; i < each; i++) {
                    if (raced.put("w" + writer + "-" + i, i) == 0) {
                      early.incrementAndGet();
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      go.countDown();
      raced.open(to);
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(writers * each, to.layer().size());
      long late = raced.put("last", 1) - 1;
      assertEquals(writers * each, early.get() + late);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysOfAMap_thatGiveOnePathTwoValues_areRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Sources.map("m", Map.of("r.a", 1, "r", Map.of("a", 2))));
    assertEquals("keys: \"r.a\" twice (expected: once)", e.getMessage());
  }
}
