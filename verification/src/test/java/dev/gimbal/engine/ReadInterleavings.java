package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Live;
import dev.gimbal.LiveInt;
import dev.gimbal.Value;
import dev.gimbal.engine.ExploredConfig.Numbers;
import dev.gimbal.engine.WatchInterleavings.WithConfig;
import java.util.ArrayList;
import java.util.List;

/** Reads by path and by handle, beside changes. */
final class ReadInterleavings {

  private ReadInterleavings() {}

  /** Reads rise, and a live value is of the snapshot that was there, or of a later one. */
  static final class ReadsBesideChange extends WithConfig {
    private Live<Integer> live;

    @Override
    public void begin() throws Exception {
      super.begin();
      live = explored.config.live("n", Integer.class);
    }

    private void read() {
      int last = 0;
      for (int i = 0; i < 3; i++) {
        int least = explored.config.snapshot().get("n").asInt();
        int now = i == 1 ? explored.config.get("n").asInt() : live.get();
        assertTrue(now >= least && now >= last, () -> "an older value");
        last = now;
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> source.change(2), this::read, this::read);
    }

    @Override
    void look() {
      assertEquals(2, live.get());
      assertEquals(2, explored.get("n"));
      assertSame(explored.config.snapshot(), ((SnapshotValue) explored.config.get("n")).snapshot());
    }
  }

  /** A handle that was read before, and one that was not, while the value changes. */
  static final class LivesBesideChange extends WithConfig {
    private LiveInt read;
    private Live<Long> unread;

    @Override
    public void begin() throws Exception {
      super.begin();
      read = explored.config.liveInt("n");
      unread = explored.config.live("n", Long.class);
      assertEquals(1, read.getAsInt());
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> source.change(2),
          () -> {
            int least = explored.config.snapshot().get("n").asInt();
            int now = read.getAsInt();
            assertTrue(now >= least, () -> "an older value");
            assertTrue(unread.get() >= now, () -> "an older value");
          });
    }

    @Override
    void look() {
      assertEquals(2, read.getAsInt());
      assertEquals(2, unread.get());
    }
  }

  /**
   * A value says the version of the snapshot that it is of, though the same value was there before.
   */
  static final class CachedReads extends WithConfig {
    private final Numbers other = new Numbers("m", 1);
    private final List<Value> read = new ArrayList<>();

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.add(other);
      explored.config.get("n");
      assertEquals(1, explored.config.get("m").asInt());
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> other.change(2),
          () -> {
            long least = explored.config.snapshot().version();
            Value value = explored.config.get("n");
            read.add(value);
            assertTrue(value.version() >= least);
            assertEquals(1, value.asInt());
          },
          () -> read.add(explored.config.get("m")));
    }

    @Override
    void look() {
      for (Value value : read) {
        SnapshotValue of = (SnapshotValue) value;
        SnapshotValue again = SnapshotValue.of(of.snapshot(), of.path());
        assertEquals(of.node(), again.node());
        assertEquals(again.asInt(), value.asInt());
      }
    }
  }
}
