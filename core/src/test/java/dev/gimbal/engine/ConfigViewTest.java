package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Live;
import dev.gimbal.LiveInt;
import dev.gimbal.Snapshot;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Config and its views, on the calling thread. */
@Timeout(60)
class ConfigViewTest {

  private final ManualTasks tasks = new ManualTasks(name -> true);
  private final MemorySource memory = new MemorySource("memory");
  private final MemoryLoader loader = Loaders.open(tasks, memory);
  private final Config config = new ConfigView(loader);

  @AfterEach
  void close() {
    loader.close();
  }

  @Test
  void valueThatWasRead_isKept_untilTheNextVersion() {
    memory.put("a", 1);
    Value read = config.get("a");
    assertSame(read, config.get("a"));
    memory.put("b", 1);
    Value again = config.get("a");
    assertNotSame(read, again);
    assertEquals(3, again.version());
    assertSame(again, config.get("a"));
  }

  @Test
  void pathThatIsWatchedAlready_isHeldOnce() {
    Watcher first = config.watch("a.b[0]");
    Watcher second = config.watch("a.b[0]");
    assertSame(first.current().path(), second.current().path());
    first.stop();
    second.stop();
    Watcher later = config.watch("a.b[0]");
    assertEquals(first.current().path(), later.current().path());
    assertNotSame(first.current().path(), later.current().path());
    assertEquals("onChange[a, b] by " + LISTENER.getClass().getName(), listening("a", "b").name());
    assertSame(config.watch("b").current().path(), config.watch("b").current().path());
  }

  private static final ChangeListener LISTENER = change -> {};

  private Subscription listening(String... paths) {
    return config.onChange(List.of(paths), LISTENER);
  }

  @Test
  void values_ofPathsThatAreNotReadAgain_andIdleHandles_keepFewOldSnapshots() throws Exception {
    memory.put("handle", 0);
    List<WeakReference<Snapshot>> snapshots = new ArrayList<>();
    List<Live<Integer>> idle = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      memory.put("n" + i, i);
      assertEquals(i, config.get("n" + i).asInt());
      Live<Integer> live = config.live("handle", Integer.class);
      assertEquals(0, live.get());
      idle.add(live);
      snapshots.add(new WeakReference<>(config.snapshot()));
    }
    int most = ValueCache.DROP_AFTER + 16 + 1; // the history, and the current one
    long alive = Long.MAX_VALUE;
    for (int i = 0; i < 100 && alive > most; i++) {
      System.gc();
      alive = snapshots.stream().filter(snapshot -> snapshot.get() != null).count();
    }
    assertTrue(alive <= most, "snapshots: " + alive);
    assertEquals(500, idle.size());
  }

  @Test
  void view_isEverythingThatAConfigIs_belowItsPath() {
    memory.patch(patch -> patch.set("a.b.c", 1).set("a.d", 2).set("e", 3));
    Config view = config.at("a");
    assertTrue(view.exists());
    assertFalse(config.at("none").exists());
    assertEquals(List.of("b", "d"), view.children());
    assertEquals(Map.of("b", Map.of("c", 1L), "d", 2L), view.asMap());
    assertEquals("a", view.root().path().toString());
    assertEquals("a.b.c", view.get("b", "c").path().toString());
    assertEquals(1, config.get("a", "b", "c").asInt());
    assertSame(config.snapshot(), view.snapshot());
    assertEquals(1, config.snapshot().get("a", "b", "c").asInt());
    assertEquals(2, config.snapshot().get("a", "d").asInt());
    assertEquals(List.of("a", "e"), config.snapshot().root().children());
    assertEquals("version 2", config.snapshot().toString());
    assertEquals(1, config.snapshot().explain("e").candidates().size());
    assertEquals(2, view.status().version());
    assertEquals(List.of(), view.warnings());
  }

  @Test
  void controlThroughAView_isThatOfTheConfig() {
    MemorySource more = new MemorySource("more");
    Config view = config.at("a");
    more.put("a.b", 1);
    assertEquals(2, view.add(more));
    assertEquals(1, view.get("b").asInt());
    assertEquals(2, view.reload());
    assertEquals(3, view.remove("more"));
    assertFalse(view.exists());
  }

  @Test
  void whatIsNoValueOfAConfig_isRefused_andSoIsNoPath() {
    assertEquals(
        "since: null (expected: a value of a Config)",
        assertThrows(IllegalArgumentException.class, () -> config.watch((Value) null))
            .getMessage());
    assertEquals(
        "paths: none (expected: >= 1)",
        assertThrows(IllegalArgumentException.class, () -> config.onChange(List.of(), c -> {}))
            .getMessage());
  }

  // ---- live

  @Test
  void liveInt_answersFromTheCurrentSnapshot_orItsDefault_andDeclaresItsKey() {
    LiveInt number = config.at("a").liveInt("n");
    LiveInt orElse = config.liveInt("a.n", 7);
    assertEquals(
        "GIM-002 a.n: there is no value, expected an integer from -2147483648 to 2147483647",
        assertThrows(ConfigException.class, number::getAsInt).getMessage());
    assertEquals(7, orElse.getAsInt());
    memory.put("a.n", 1_000);
    assertEquals(2_000, number.getAsInt() + orElse.getAsInt());
    memory.put("other", 1);
    assertEquals(1_000, number.getAsInt());
    memory.put("a.n", -5);
    assertEquals(-5, number.getAsInt());
    assertEquals("a.n", number.path().toString());
    assertEquals("live a.n", number.toString());
    ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("a.n", "x"));
    assertEquals(ErrorCode.CONVERSION, refused.problems().get(0).code());
    assertEquals(-5, number.getAsInt());
    assertThrows(ConfigException.class, () -> memory.remove("a.n"));
    assertEquals(-5, orElse.getAsInt());
  }

  /** How the class below was initialized; it is so once. */
  private static boolean initializedByTheLane;

  enum Level {
    LOW;

    static {
      initializedByTheLane =
          StackWalker.getInstance()
              .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith(".Lane")));
    }
  }

  /** What an enum's own initializer does is no business of the lane. */
  @Test
  void enumOfALiveValue_isInitialized_beforeTheLaneNeedsIt() {
    memory.put("level", "LOW");
    Live<Level> live = config.live("level", Level.class);
    assertSame(Level.LOW, live.get());
    assertFalse(initializedByTheLane);
    assertEquals("live level", live.toString());
  }
}
