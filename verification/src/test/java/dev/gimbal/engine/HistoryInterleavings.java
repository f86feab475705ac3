package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.History;
import dev.gimbal.Snapshot;
import dev.gimbal.engine.ExploredConfig.Numbers;
import java.util.List;
import java.util.OptionalLong;

/** What is kept of the past, and going back to it, beside changes. */
final class HistoryInterleavings {

  private HistoryInterleavings() {}

  abstract static class WithHistory extends EngineScenario {
    final ExploredConfig explored = new ExploredConfig();
    final Numbers source = new Numbers("n", 1);
    final History history = explored.config.history();

    @Override
    public void begin() {
      explored.add(source);
    }
  }

  /** What is current is kept, and nothing that is not shown yet. */
  static final class ReadBesideChange extends WithHistory {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.change(2);
            source.change(3);
          },
          this::read,
          this::read);
    }

    private void read() {
      Snapshot current = explored.config.snapshot();
      assertSame(current, history.at(current.version()));
      List<Snapshot> all = history.snapshots();
      Snapshot newest = all.get(all.size() - 1);
      assertTrue(newest.version() >= current.version(), "what was current is not kept");
      assertTrue(newest.version() <= explored.config.snapshot().version(), "it is not shown yet");
    }
  }

  /** While it is pinned nothing else is shown; after the release nothing is lost. */
  static final class RollbackBesideChanges extends WithHistory {
    private final Numbers other = new Numbers("m", 1);

    @Override
    public void begin() {
      super.begin();
      explored.add(other);
      source.change(2);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            long version = history.rollback(2);
            assertEquals(1, explored.get("n"));
            assertEquals(version, explored.config.snapshot().version());
            assertEquals(OptionalLong.of(2), history.pinned());
            assertTrue(history.release() >= version);
          },
          () -> source.change(3),
          () -> other.change(4));
    }

    @Override
    void look() {
      assertEquals(OptionalLong.empty(), history.pinned());
      assertEquals(3, explored.get("n"));
      assertEquals(4, explored.get("m"));
      explored
          .config
          .status()
          .sources()
          .forEach(status -> assertEquals(status.name().equals("n") ? 3 : 2, status.accepted()));
    }
  }
}
