package dev.gimbal.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The cell that holds the current snapshot, under jcstress: one volatile field, as in the engine (a
 * test in this module looks that the engine's is one). Each scenario stands above its twin.
 */
public final class SnapshotCellRaces {

  private SnapshotCellRaces() {}

  /** The shape of the engine's cell. */
  private static final class Cell {
    private volatile PublishedSnapshot published = Snapshots.of(1);
  }

  /** G1: version and tree are of one snapshot. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "before")
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "after")
  @State
  public static class OneVersion {
    private final Cell cell = new Cell();

    @Actor
    public void lane() {
      cell.published = Snapshots.of(2);
    }

    @Actor
    public void reader(II_Result r) {
      PublishedSnapshot snapshot = cell.published;
      r.r1 = Snapshots.version(snapshot);
      r.r2 = Snapshots.version(snapshot.resolved());
    }
  }

  /** Version and tree are read one after the other. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE)
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE)
  @State
  public static class OneVersionTwin {
    private final SeededCells.Split cell = new SeededCells.Split(Snapshots.of(1));

    @Actor
    public void lane() {
      cell.publish(Snapshots.of(2));
    }

    @Actor
    public void reader(II_Result r) {
      r.r1 = (int) cell.version();
      r.r2 = Snapshots.version(cell.tree());
    }
  }

  /**
   * G12: who sees a version sees what the writer did before; r3 is that, r1 an earlier look at it.
   */
  @JCStressTest
  @Outcome(id = "0, 1, [07]", expect = Expect.ACCEPTABLE, desc = "before")
  @Outcome(id = "0, 2, 7", expect = Expect.ACCEPTABLE, desc = "after, with what was before")
  @Outcome(id = "7, [12], 7", expect = Expect.ACCEPTABLE, desc = "seen without our help")
  @State
  public static class HappensBefore {
    private final Cell cell = new Cell();
    private int before;

    @Actor
    public void writer() {
      before = 7;
      cell.published = Snapshots.of(2);
    }

    @Actor
    public void reader(III_Result r) {
      r.r1 = before;
      r.r2 = Snapshots.version(cell.published);
      r.r3 = before;
    }
  }

  /** The cell is a plain field. */
  @JCStressTest
  @Outcome(id = "0, 1, [07]", expect = Expect.ACCEPTABLE)
  @Outcome(id = "0, 2, 7", expect = Expect.ACCEPTABLE)
  @Outcome(id = "7, [12], 7", expect = Expect.ACCEPTABLE)
  @State
  public static class HappensBeforeTwin {
    private final SeededCells.Plain cell = new SeededCells.Plain(Snapshots.of(1));
    private int before;

    @Actor
    public void writer() {
      before = 7;
      cell.publish(Snapshots.of(2));
    }

    @Actor
    public void reader(III_Result r) {
      r.r1 = before;
      r.r2 = Snapshots.version(cell.current());
      r.r3 = before;
    }
  }
}
