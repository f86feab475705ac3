package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Watcher;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits for a change that does not come, while others come. */
class IdleReceiversTest {

  private static final int VERSIONS = 200;

  /** The current snapshot and the history. */
  private static final int KEPT = 17;

  private final ManualTasks tasks = new ManualTasks(name -> true);
  private final MemorySource memory = new MemorySource("memory");
  private final MemoryLoader loader = Loaders.open(tasks, memory);
  private final Config config = new ConfigView(loader);
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<WeakReference<Snapshot>> snapshots = new ArrayList<>();

  /** At each version another watcher and another listener begin to wait. */
  private void waitAcrossVersions() {
    memory.put("idle", 1);
    for (int i = 0; i < VERSIONS; i++) {
      memory.put("other", i);
      watchers.add(config.watch("idle"));
      config.onChange("idle", change -> told.add(change.before() + " " + change.after()));
      snapshots.add(new WeakReference<>(config.snapshot()));
    }
  }

  private long alive(long wanted) {
    long alive = Long.MAX_VALUE;
    for (int i = 0; i < 100 && alive > wanted; i++) {
      System.gc();
      alive = snapshots.stream().filter(snapshot -> snapshot.get() != null).count();
    }
    return alive;
  }

  private void passTime() {
    tasks.advance(Renewal.PERIOD.toMillis());
  }

  @Test
  void whoWaits_keepsNoOldSnapshot() throws Exception {
    waitAcrossVersions();
    passTime();
    long alive = alive(KEPT);
    assertTrue(alive <= KEPT, () -> "snapshots: " + alive);
    long newest = config.snapshot().version();
    for (Watcher watcher : watchers) {
      assertEquals(1, watcher.current().asInt());
      assertEquals(newest, watcher.current().version());
      assertTrue(watcher.next(Duration.ZERO).isEmpty());
    }
    assertEquals(List.of(), told);
    memory.put("idle", 2);
    for (Watcher watcher : watchers) {
      assertEquals(2, watcher.next(Duration.ZERO).orElseThrow().asInt());
    }
    assertEquals(VERSIONS, told.size());
    assertEquals(1, told.stream().distinct().count());
  }

  /** The twin: as long as no time passes, who waits holds what was there when it began. */
  @Test
  void whoIsNotRenewed_keepsThemAll() {
    waitAcrossVersions();
    memory.put("other", "later");
    assertEquals(VERSIONS, alive(VERSIONS - 1));
    assertEquals(VERSIONS, watchers.size());
  }

  @Test
  void whoHasNotTakenAChange_keepsWhatItKnew() throws Exception {
    waitAcrossVersions();
    memory.put("idle", 2);
    passTime();
    for (Watcher watcher : watchers) {
      assertEquals(1, watcher.current().asInt());
      assertEquals(2, watcher.next(Duration.ZERO).orElseThrow().asInt());
    }
  }

  @Test
  void fewVersions_renewNobody() {
    Watcher watcher = config.watch("idle");
    long version = watcher.current().version();
    memory.put("other", 1);
    passTime();
    assertEquals(version, watcher.current().version());
  }
}
