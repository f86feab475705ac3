package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.WatcherStoppedException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One who waits for the next value, among those who offer and stop. */
final class WatcherInterleavings {

  private WatcherInterleavings() {}

  abstract static class WithWatcher extends EngineScenario {
    final MemoryLoader loader = Loaders.of(new ExploredTasks(), null);
    final PullWatcher watcher =
        new PullWatcher(loader, SnapshotValue.of(Snapshots.of(1), ConfigPath.ROOT));
    final List<Long> seen = new ArrayList<>();

    @Override
    public void begin() {
      loader.register(watcher, List.of(ConfigPath.ROOT));
    }

    void see(Value value) {
      seen.add(value.version());
      assertEquals(value.version(), value.get("version").asLong(), "a mix of two versions");
    }

    void see(Optional<Value> value) {
      value.ifPresent(this::see);
    }

    void offer(int version) {
      watcher.offer(Snapshots.of(version));
    }

    void seeUntilStopped() throws InterruptedException {
      try {
        while (true) {
          see(watcher.next());
        }
      } catch (WatcherStoppedException e) {
        assertThrows(WatcherStoppedException.class, watcher::next);
      }
    }

    void look() throws Exception {
      assertEquals(seen.stream().distinct().sorted().toList(), seen, "versions do not rise");
      Field waiter = PullWatcher.class.getDeclaredField("waiter");
      waiter.setAccessible(true);
      assertNull(waiter.get(watcher), "a thread is kept");
    }
  }

  /** It ends on the last of two, and meets no version twice. */
  static final class OffersWhileNext extends WithWatcher {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            while (watcher.current().version() < 3) {
              see(watcher.next());
              assertEquals(seen.get(seen.size() - 1), watcher.current().version());
            }
          },
          () -> {
            offer(2);
            offer(3);
          });
    }

    @Override
    void look() throws Exception {
      super.look();
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
      assertEquals(3, seen.get(seen.size() - 1));
    }
  }

  /** A value that comes back, and one that does not differ: the last is seen, none twice. */
  static final class EqualValues extends WithWatcher {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            see(watcher.next(Duration.ZERO));
            see(watcher.next(Duration.ZERO));
          },
          () -> {
            watcher.offer(Snapshots.of(2, 1));
            watcher.offer(Snapshots.of(3, 5));
            watcher.offer(Snapshots.of(4, 5));
          });
    }

    @Override
    void see(Value value) {
      seen.add(value.get("version").asLong());
    }

    @Override
    void look() throws Exception {
      see(watcher.next(Duration.ZERO));
      assertEquals(List.of(5L), seen);
      assertEquals(5, watcher.current().get("version").asInt());
    }
  }

  /** A value goes and comes back while the watcher is renewed: the last one is known in the end. */
  static final class RenewWhileNext extends WithWatcher {
    private volatile int published = 1;

    private void publish(int version) {
      published = version;
      watcher.offer(snapshot(version));
    }

    /** The third says what the first did. */
    private PublishedSnapshot snapshot(int version) {
      return Snapshots.of(version, version == 3 ? 1 : version);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            seeNewer();
            seeNewer();
          },
          () -> {
            publish(2);
            publish(3);
          },
          () -> watcher.renew(snapshot(published)));
    }

    private void seeNewer() throws InterruptedException {
      long before = watcher.current().version();
      Optional<Value> next = watcher.next(Duration.ZERO);
      if (next.isPresent()) {
        assertTrue(next.get().version() > before, "older than the current value");
        seen.add(next.get().version());
      }
    }

    @Override
    void look() throws Exception {
      seeNewer();
      super.look();
      assertEquals(1, watcher.current().get("version").asInt(), "the last is missing: " + seen);
      assertTrue(seen.isEmpty() || seen.get(seen.size() - 1) == 3, "and was not told: " + seen);
    }
  }

  /** A value is taken while the watcher is renewed to the one after it: versions rise. */
  static final class RenewWhileRead extends WithWatcher {
    @Override
    public void begin() {
      super.begin();
      offer(2);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> see(watcher.next(Duration.ZERO)),
          () -> watcher.renew(Snapshots.of(3, 1)),
          () -> {
            long before = watcher.current().version();
            assertTrue(watcher.current().version() >= before, "the version falls");
          });
    }
  }

  /** A stop, or the end of the Config, beside an offer: whoever waits is let go. */
  abstract static class StoppedWhileNext extends WithWatcher {
    private boolean stopped;

    abstract void stop();

    @Override
    public List<Act> acts() {
      return List.of(
          this::seeUntilStopped,
          () -> offer(2),
          () -> {
            stop();
            stopped = true;
          },
          () -> {
            boolean before = stopped;
            try {
              see(watcher.next(Duration.ZERO));
              assertTrue(!before, "begun after stop, and returned");
            } catch (WatcherStoppedException e) {
              assertTrue(watcher.isStopped());
            }
          });
    }

    @Override
    void look() throws Exception {
      super.look();
      assertTrue(watcher.isStopped());
      offer(7);
      assertThrows(WatcherStoppedException.class, () -> watcher.next(Duration.ZERO));
    }
  }

  static final class StopWhileNext extends StoppedWhileNext {
    @Override
    void stop() {
      watcher.stop();
    }

    @Override
    void look() throws Exception {
      super.look();
      assertEquals(List.of(), loader.watchers().receivers(), "still registered");
    }
  }

  static final class EndWhileNext extends StoppedWhileNext {
    @Override
    void stop() {
      watcher.end();
    }
  }

  /** Two stop at once, and one waits. */
  static final class TwoStop extends WithWatcher {
    @Override
    public List<Act> acts() {
      return List.of(this::seeUntilStopped, watcher::stop, watcher::stop);
    }
  }

  /** Two consumers: no version is seen twice, and each is let go. */
  static final class TwoConsumers extends WithWatcher {
    @Override
    public List<Act> acts() {
      return List.of(
          this::seeUntilStopped,
          this::seeUntilStopped,
          () -> {
            offer(2);
            offer(3);
            watcher.stop();
          });
    }
  }

  /** Waiting for some time: what comes is seen then or by the next call. */
  static final class TimedNext extends WithWatcher {
    @Override
    public boolean timePasses() {
      return true;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> see(watcher.next(Duration.ofMillis(1))),
          () -> see(watcher.next(Duration.ofMillis(1))),
          () -> offer(2));
    }

    @Override
    void look() throws Exception {
      see(watcher.next(Duration.ZERO));
      assertEquals(List.of(2L), seen);
      super.look();
    }
  }

  /** A second consumer leaves in time while the first waits. */
  static final class TimedBesideWaiting extends WithWatcher {
    private boolean left;

    @Override
    public boolean timePasses() {
      return true;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          this::seeUntilStopped,
          () -> {
            see(watcher.next(Duration.ofMillis(1)));
            left = true;
            watcher.stop();
          });
    }

    @Override
    void look() throws Exception {
      super.look();
      assertTrue(left);
    }
  }

  /** An interrupt ends the waiting and loses nothing. */
  static final class InterruptedNext extends WithWatcher {
    private Thread consumer;
    private boolean ended;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            consumer = Thread.currentThread();
            try {
              see(watcher.next());
              see(watcher.next());
            } catch (InterruptedException e) {
              ended = true;
            } catch (WatcherStoppedException e) {
              assertTrue(watcher.isStopped());
            }
          },
          () -> {
            Thread waiting = consumer;
            if (waiting == null) {
              watcher.stop();
            } else {
              waiting.interrupt();
            }
          },
          () -> offer(2));
    }

    @Override
    public void threadEnds() {
      boolean ignored = Thread.interrupted();
      super.threadEnds();
    }

    @Override
    public void end() throws Exception {
      if (ended) {
        see(watcher.next(Duration.ZERO));
        assertEquals(List.of(2L), seen);
        super.end();
      }
    }
  }

  /** A watcher that begins at a value which is not the present one has the present one next. */
  static final class BeginsBehind extends EngineScenario {
    private final MemoryLoader loader = Loaders.of(new ExploredTasks(), null);

    @Override
    public List<Act> acts() {
      return List.of();
    }

    @Override
    void look() throws Exception {
      SnapshotValue start = SnapshotValue.of(Snapshots.of(3), ConfigPath.ROOT);
      PullWatcher watcher = new PullWatcher(loader, start);
      assertEquals(start, watcher.current());
      watcher.offer(Snapshots.of(3));
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
      watcher.offer(Snapshots.of(4));
      assertEquals(4, watcher.next(Duration.ZERO).orElseThrow().version());
    }
  }
}
