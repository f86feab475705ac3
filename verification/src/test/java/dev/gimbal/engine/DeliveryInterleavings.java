package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Change;
import dev.gimbal.ConfigPath;
import dev.gimbal.interleavings.Points;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A listener among those who offer, run and close. */
final class DeliveryInterleavings {

  private DeliveryInterleavings() {}

  abstract static class WithListener extends EngineScenario {
    final ExploredTasks tasks = new ExploredTasks();
    final MemoryLoader loader = Loaders.of(tasks, null);
    final List<Long> seen = new ArrayList<>();
    PushSubscription subscription;
    volatile int inside;
    volatile boolean closed;

    @Override
    public void begin() {
      List<ConfigPath> paths = List.of(ConfigPath.ROOT);
      subscription = new PushSubscription(loader, paths, this::onChange, Snapshots.of(1));
      loader.register(subscription, paths);
    }

    void onChange(Change change) throws Exception {
      if (closed) {
        Points.fail("a call begins after close");
      }
      int others = inside;
      inside = others + 1;
      if (others > 0) {
        Points.fail("two calls at once");
      }
      if (change.before().get("version").asLong()
          != (seen.isEmpty() ? 1 : seen.get(seen.size() - 1))) {
        Points.fail("the change begins elsewhere than the last one ended");
      }
      seen.add(change.version());
      called(change.version());
      inside = 0;
    }

    void called(long version) throws Exception {}

    void offer(int version) {
      subscription.offer(Snapshots.of(version));
    }

    /** From now on no call begins, and none is under way but the caller's. */
    void close() {
      subscription.close();
      closed = true;
      if (inside > 0) {
        Points.fail("close returned while a call is under way");
      }
    }

    @Override
    void look() {
      assertEquals(seen.stream().distinct().sorted().toList(), seen, "versions do not rise");
      assertEquals(seen.size(), loader.counters().delivered.sum());
      if (subscription.isClosed()) {
        assertEquals(Set.of(), loader.deliveries(), "a closed one is waited for");
        assertEquals(List.of(), loader.watchers().receivers(), "still registered");
      } else {
        assertEquals(Set.of(subscription), loader.deliveries());
      }
      assertTrue(subscription.isIdle());
    }

    void lookForLast(long version) {
      assertEquals(version, seen.get(seen.size() - 1), () -> "the last is missing: " + seen);
      assertTrue(subscription.isPast(version));
    }
  }

  /** Three versions from two threads: calls in order, none beside another, the last one comes. */
  static final class OffersBesideCalls extends WithListener {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(2);
            offer(4);
          },
          () -> offer(3));
    }

    @Override
    void look() {
      super.look();
      lookForLast(4);
    }
  }

  /** A value goes and comes back while the listener is renewed: it knows the last one. */
  static final class RenewBesideCalls extends WithListener {
    private volatile long known = 1;

    /** The third says what the first did. */
    private PublishedSnapshot snapshot(int version) {
      return Snapshots.of(version, version == 3 ? 1 : version);
    }

    @Override
    void onChange(Change change) {
      seen.add(change.version());
      if (change.before().get("version").asLong() != known) {
        Points.fail("the change begins elsewhere than the last one ended");
      }
      if (change.before().version() >= change.version()) {
        Points.fail("the change goes back");
      }
      known = change.after().get("version").asLong();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            subscription.renew(snapshot(3));
            subscription.offer(snapshot(3));
          },
          () -> subscription.offer(snapshot(2)));
    }

    @Override
    void look() {
      super.look();
      assertEquals(1, known, () -> "the last is missing: " + seen);
      assertTrue(subscription.isPast(3));
    }
  }

  /** A listener that throws, or leaves an interrupt, is called for the next change. */
  static final class ListenerThatThrows extends WithListener {
    private boolean interrupted;

    @Override
    void called(long version) {
      interrupted |= Thread.interrupted();
      if (version < 4) {
        inside = 0;
        Thread.currentThread().interrupt();
        throw new IllegalStateException("thrown");
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(2);
            offer(3);
          },
          () -> offer(4));
    }

    @Override
    public void end() {
      lookForLast(4);
      assertEquals(seen.size() - 1, loader.counters().listenerFailures.sum());
      assertEquals(seen.size() - 1, Points.logged().size());
      assertEquals(1, loader.counters().delivered.sum());
      assertTrue(!interrupted, "an interrupt went on to the next call");
    }
  }

  /** A thread that ran a listener goes on without its interrupt. */
  static final class ListenerThatInterrupts extends WithListener {
    @Override
    void called(long version) {
      Thread.currentThread().interrupt();
    }

    @Override
    public void threadEnds() {
      super.threadEnds();
      assertTrue(!Thread.currentThread().isInterrupted(), "an interrupt was left");
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> offer(2));
    }
  }

  /** After close, no call begins, and none is under way. */
  static final class CloseBesideCalls extends WithListener {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(2);
            offer(3);
          },
          this::close);
    }
  }

  static final class TwoCloseBesideCalls extends WithListener {
    @Override
    public List<Act> acts() {
      return List.of(() -> offer(2), this::close, this::close);
    }
  }

  /** Closed from inside its own call, and from outside at once. */
  static final class CloseFromInside extends WithListener {
    @Override
    void called(long version) {
      subscription.close();
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> offer(2), () -> offer(3), this::close);
    }

    @Override
    void look() {
      super.look();
      assertTrue(seen.size() <= 1);
    }
  }

  /** Two whose listeners close each other never wait in a circle. */
  static final class EachClosesTheOther extends WithListener {
    private PushSubscription other;

    @Override
    public void begin() {
      super.begin();
      List<ConfigPath> paths = List.of(ConfigPath.ROOT);
      other = new PushSubscription(loader, paths, change -> subscription.close(), Snapshots.of(1));
      loader.register(other, paths);
    }

    @Override
    void called(long version) {
      other.close();
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> offer(2), () -> other.offer(Snapshots.of(2)));
    }

    @Override
    void look() {
      assertTrue(subscription.isClosed() || other.isClosed());
    }
  }

  /** Whoever waits until a version is dealt with finds that it was. */
  static final class PastBesideCalls extends WithListener {
    private int dealtWith;

    @Override
    void called(long version) {
      dealtWith = (int) version;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(2);
            boolean came =
                loader.progress().await(() -> subscription.isPast(2), Duration.ofSeconds(1));
            assertTrue(came);
            assertTrue(dealtWith >= 2, "past before the call ended");
          },
          () -> {
            offer(3);
            boolean came =
                loader.progress().await(() -> subscription.isPast(3), Duration.ofSeconds(1));
            assertTrue(came);
            assertTrue(dealtWith >= 3, "past before the call ended");
          });
    }
  }

  /** Nor does it wait for one that is closed. */
  static final class PastBesideClose extends WithListener {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            boolean came =
                loader.progress().await(() -> subscription.isPast(9), Duration.ofSeconds(1));
            assertTrue(came);
          },
          this::close);
    }
  }

  /** Nor for the call of one that is closed, which may take long. */
  static final class PastBesideAClosedCall extends WithListener {
    private volatile boolean goesOn;

    @Override
    void called(long version) throws Exception {
      boolean came = loader.progress().await(() -> goesOn, Duration.ofSeconds(1));
      assertTrue(came);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> offer(2),
          () -> {
            subscription.end();
            boolean came =
                loader.progress().await(() -> subscription.isPast(9), Duration.ofSeconds(1));
            assertTrue(came);
            goesOn = true;
            loader.progress().changed();
          });
    }
  }

  /** Who waits for a call that throws finds it counted. */
  static final class PastBesideAFailure extends WithListener {
    private volatile boolean offered;

    @Override
    void called(long version) {
      inside = 0;
      throw new IllegalStateException("thrown");
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(2);
            offered = true;
            loader.progress().changed();
          },
          () -> {
            boolean came =
                loader
                    .progress()
                    .await(() -> offered && subscription.isPast(2), Duration.ofSeconds(1));
            assertTrue(came);
            assertEquals(1, loader.counters().listenerFailures.sum());
          });
    }

    @Override
    public void end() {
      assertEquals(1, Points.logged().size());
      assertEquals(0, loader.counters().delivered.sum());
    }
  }

  /** One call, and its end by another thread: small enough for all orders. */
  static final class CloseBesideOneCall extends WithListener {
    @Override
    public List<Act> acts() {
      return List.of(() -> offer(2), this::close);
    }
  }

  /**
   * A run that looks when nothing waits may find what came just then; close waits for that, too.
   */
  static final class CloseBesideALateCall extends WithListener {
    private volatile boolean closing;

    @Override
    public void begin() {
      super.begin();
      tasks.inline = true;
    }

    @Override
    void called(long version) throws Exception {
      boolean came = loader.progress().await(() -> closing, Duration.ofSeconds(1));
      assertTrue(came);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> subscription.wake(),
          () -> offer(2),
          () -> {
            closing = true;
            loader.progress().changed();
            close();
          });
    }
  }

  /** A hand-off that is refused is tried again, and one that was taken over is not. */
  static final class RefusedHandOffs extends WithListener {
    @Override
    public void begin() {
      super.begin();
      tasks.refuse = 2;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> offer(2),
          () -> offer(3),
          () -> {
            tasks.runTimers();
            tasks.runTimers();
          });
    }

    @Override
    void look() {
      assertTrue(loader.counters().refusedHandoffs.sum() > 0);
      if (tasks.timers().equals(List.of("watchdog")) || tasks.timers().isEmpty()) {
        lookForLast(3);
      }
    }
  }

  /** An executor that runs what it takes over, or throws, or both. */
  static final class RudeExecutor extends WithListener {
    private int handOffs;
    private MemoryLoader rude;

    @Override
    public void begin() {
      rude =
          Loaders.of(
              tasks,
              run -> {
                handOffs++;
                if (handOffs != 2) {
                  Points.spawn("executor", run);
                }
                if (handOffs <= 2) {
                  throw new IllegalStateException("it may have been taken over");
                }
              });
      List<ConfigPath> paths = List.of(ConfigPath.ROOT);
      subscription = new PushSubscription(rude, paths, this::onChange, Snapshots.of(1));
      rude.register(subscription, paths);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> offer(2),
          () -> offer(3),
          () -> {
            tasks.runTimers();
            tasks.runTimers();
          });
    }

    @Override
    public void end() {
      assertEquals(seen.stream().distinct().sorted().toList(), seen, "versions do not rise");
      boolean again = tasks.timers().stream().anyMatch(name -> name.startsWith("listener"));
      assertTrue(again || seen.contains(3L), () -> "forgotten: " + seen);
      assertTrue(again || subscription.isIdle());
    }
  }
}
