package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.engine.ExploredConfig.Listener;
import dev.gimbal.engine.ExploredConfig.Numbers;
import dev.gimbal.interleavings.Points;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The end of a Config, beside everything else. */
final class CloseInterleavings {

  private CloseInterleavings() {}

  abstract static class WithConfig extends EngineScenario {
    final ExploredConfig explored = new ExploredConfig();
    final Numbers source = new Numbers("n", 1);
    final Listener listener = new Listener("n");
    volatile boolean closed;
    private long versionAtTheEnd;

    @Override
    public void begin() throws Exception {
      explored.add(source);
    }

    void close() {
      listener.close(explored.config::close);
      closed = true;
      versionAtTheEnd = explored.config.snapshot().version();
      assertEquals(1, source.closes, "the source is not closed, or twice");
    }

    private void lookClosed() {
      assertEquals(1, source.closes, "the source is not closed, or twice");
      assertEquals(Set.of(), explored.loader.deliveries());
      assertEquals(List.of(), explored.loader.watchers().receivers());
      assertEquals(List.of(), explored.loader.statuses().listeners());
      assertEquals(List.of(), explored.tasks.timers(), "a timer is left");
    }

    /** Whether it was refused because the Config is closed. */
    static boolean refused(Act act) throws Exception {
      try {
        act.run();
        return false;
      } catch (IllegalStateException e) {
        assertEquals("the Config is closed", e.getMessage());
        return true;
      }
    }

    @Override
    void look() throws Exception {
      if (closed) {
        lookClosed();
        assertEquals(
            versionAtTheEnd, explored.config.snapshot().version(), "published after close");
      }
      assertThrows(IllegalStateException.class, () -> explored.config.watch("n"));
      assertThrows(IllegalStateException.class, () -> explored.config.onChange("n", change -> {}));
      assertThrows(IllegalStateException.class, () -> explored.config.onStatus(status -> {}));
      assertThrows(IllegalStateException.class, () -> explored.add(new Numbers("z", 1)));
      assertThrows(IllegalStateException.class, () -> explored.config.reload());
      assertThrows(IllegalStateException.class, () -> explored.config.remove("n"));
      assertThrows(IllegalStateException.class, () -> explored.config.live("q", Integer.class));
      assertTrue(explored.config.status().closed());
      explored.config.close();
      lookClosed();
    }
  }

  /** Nothing is published and nobody is called once it is closed. */
  static final class ChangeBesideClose extends WithConfig {
    @Override
    public void begin() throws Exception {
      super.begin();
      explored.config.onChange("n", listener);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.change(2);
            source.change(3);
          },
          this::close);
    }
  }

  /** Two who close both wait until it is done. */
  static final class TwoClose extends WithConfig {
    @Override
    public void begin() throws Exception {
      super.begin();
      explored.config.onChange("n", listener);
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> source.change(2), this::close, this::close);
    }
  }

  /**
   * A listener that closes its Config does not wait for itself; who closes outside waits for both.
   */
  static final class CloseFromInside extends WithConfig {
    @Override
    public void begin() throws Exception {
      super.begin();
      explored.config.onChange("n", change -> explored.config.close());
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> source.change(2), () -> source.change(3), this::close);
    }
  }

  /** Who closes outside waits for a step that was under way when a listener closed. */
  static final class CloseBesideCloseFromInside extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(() -> source.change(2), this::closeFromInside, this::close);
    }

    private void closeFromInside() {
      Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.LISTENER);
      try {
        explored.config.close();
      } finally {
        Callbacks.leave(before);
      }
    }
  }

  /** Each watch is refused, or ended. */
  static final class WatchBesideClose extends WithConfig {
    private Watcher watcher;
    private boolean refused;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> refused = refused(() -> watcher = explored.config.watch("n")), this::close);
    }

    @Override
    void look() throws Exception {
      super.look();
      if (!refused) {
        assertThrows(WatcherStoppedException.class, () -> watcher.next(Duration.ZERO));
      }
    }
  }

  /** Each subscription is refused, or ended. */
  static final class SubscribeBesideClose extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> refused(() -> explored.config.onChange(List.of("n", "m"), listener)),
          () -> source.change(2),
          this::close);
    }
  }

  /** The same for states. */
  static final class StatusBesideClose extends WithConfig {
    private void called() {
      if (closed) {
        Points.fail("a call begins after close");
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> refused(() -> explored.config.onStatus(status -> called())),
          source::fail,
          this::close);
    }
  }

  /** A write is shown, or refused. */
  static final class WriteBesideClose extends WithConfig {
    private final MemorySource memory = new MemorySource("m");
    private long version;

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.add(memory);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            try {
              version = memory.put("a", 1);
              assertEquals(1, explored.get("a"));
            } catch (IllegalStateException e) {
              assertTrue(e.getMessage().contains("closed"));
            }
          },
          this::close);
    }

    @Override
    void look() throws Exception {
      super.look();
      assertEquals(version == 0 ? 0 : 1, explored.get("a"));
      assertThrows(IllegalStateException.class, () -> memory.put("a", 2));
    }
  }

  /** A source that is added meanwhile is refused, or closed. */
  static final class AddBesideClose extends WithConfig {
    private final Numbers other = new Numbers("m", 5);
    private boolean refused;
    private int opensAtTheEnd;

    @Override
    public List<Act> acts() {
      return List.of(() -> refused = refused(() -> explored.add(other)), this::close);
    }

    @Override
    void close() {
      super.close();
      opensAtTheEnd = other.opens;
      assertEquals(opensAtTheEnd, other.closes, "opened, and not closed");
      assertFalse(other.opening, "close returned while a source is being opened");
    }

    @Override
    void look() throws Exception {
      super.look();
      assertEquals(other.opens, other.closes, "opened, and not closed");
      assertEquals(opensAtTheEnd, other.opens, "opened after close had returned");
      assertEquals(refused ? 0 : 5, explored.get("m"));
    }
  }

  /** Removed beside a change: nothing of it comes back. */
  static final class RemoveBesideChange extends WithConfig {
    private volatile boolean removed;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.change(2);
            source.change(3);
          },
          () -> {
            long version = explored.config.remove("n");
            assertTrue(explored.config.snapshot().version() >= version);
            assertEquals(0, explored.get("n"));
            assertEquals(1, source.closes);
            removed = true;
          },
          () -> {
            boolean before = removed;
            int now = explored.get("n");
            assertFalse(before && now != 0, "it is there again");
          });
    }

    @Override
    void look() {
      assertEquals(0, explored.get("n"));
      assertEquals(List.of(), explored.config.status().sources());
      assertThrows(IllegalArgumentException.class, () -> explored.config.remove("n"));
      explored.add(new Numbers("n", 7));
      assertEquals(7, explored.get("n"));
    }
  }

  /** Two remove at once: one of them does. */
  static final class TwoRemove extends WithConfig {
    private final List<String> said = new ArrayList<>();

    private void remove() {
      try {
        explored.config.remove("n");
        said.add("removed");
      } catch (IllegalArgumentException e) {
        said.add("none");
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(this::remove, this::remove);
    }

    @Override
    void look() {
      assertEquals(Set.of("removed", "none"), Set.copyOf(said));
      assertEquals(1, source.closes);
    }
  }

  /** Two add a source of one name: one of them does, the other's is closed. */
  static final class TwoAddTwins extends WithConfig {
    private final Numbers one = new Numbers("m", 5);
    private final Numbers other = new Numbers("m", 6);
    private final List<Numbers> refused = new ArrayList<>();

    private void add(Numbers twin) {
      try {
        explored.add(twin);
      } catch (dev.gimbal.ConfigException e) {
        refused.add(twin);
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> add(one), () -> add(other));
    }

    @Override
    void look() {
      assertEquals(1, refused.size());
      Numbers gone = refused.get(0);
      assertEquals(gone.opens, gone.closes);
      assertEquals(gone == one ? 6 : 5, explored.get("m"));
      assertEquals(2, explored.config.status().sources().size());
    }
  }

  /** What a source says between its first answer and its joining is not lost. */
  static final class AddBesideChange extends WithConfig {
    private final Numbers other = new Numbers("m", 5);

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            explored.add(other);
            assertTrue(explored.get("m") >= 5);
          },
          () -> {
            if (other.sink != null) {
              other.change(6);
              other.change(7);
            }
          });
    }

    @Override
    void look() {
      assertEquals(other.number, explored.get("m"));
      assertEquals(2, explored.config.status().sources().size());
    }
  }

  /** Who waits for a version is let go by close. */
  static final class AwaitBesideClose extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertTrue(refused(() -> explored.config.awaitVersion(9, Duration.ofSeconds(1)))),
          () -> assertTrue(refused(() -> explored.config.awaitDelivered(9, Duration.ofSeconds(1)))),
          this::close);
    }
  }

  /** Who reloads is let go by close, whatever the source does. */
  static final class ReloadBesideClose extends WithConfig {
    private static final String RELOAD = "reload n";

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.tasks.hold = RELOAD;
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> assertTrue(refused(explored.config::reload)), this::close);
    }

    @Override
    void look() throws Exception {
      super.look();
      assertTrue(explored.tasks.runHeld() <= 1);
    }
  }

  /** Declared, or refused. */
  static final class DeclareBesideClose extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> refused(() -> explored.config.live("n", Integer.class)),
          () -> source.change(2),
          this::close);
    }
  }
}
