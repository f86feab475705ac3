package dev.gimbal.schedules;

import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Compares the Config of a schedule with its oracle. */
final class Verdict {

  /**
   * Tasks that may be due at one moment, and seconds that may pass, before it counts as endless.
   */
  private static final int ENDLESS = 5_000;

  private static final int MOST_SECONDS = 2_000;

  private final World world;
  private final Watching watching;

  Verdict(World world, Watching watching) {
    this.world = world;
    this.watching = watching;
  }

  /** After each operation no step is under way, so that the oracle and the engine must agree. */
  void check() {
    if (Thread.interrupted()) { // by a close from elsewhere, inside a source
      world.counts().event("source interrupted");
    }
    world.throwSeen();
    Oracle oracle = world.oracle();
    oracle.settle();
    Snapshot snapshot = world.config().snapshot();
    world.note(String.valueOf(snapshot.version()));
    if (snapshot.version() != oracle.version()) {
      throw new Violation(
          "G1", "version " + snapshot.version() + " (expected: " + oracle.version() + ")");
    }
    String present = World.text(snapshot.root());
    if (!present.equals(world.presentText(""))) {
      throw new Violation("G2", "found " + present + "\n  expected " + world.presentText(""));
    }
    world.elsewhere().removeIf(Elsewhere::settle);
  }

  /** Runs what waits, in its order and with time that passes, until nothing is left to do. */
  void quiet() {
    for (int second = 0; second < 8 || world.tasks().isRetrying(); second++) {
      int ran = 0;
      while (world.tasks().runOne(0) != null) {
        check();
        if (++ran == ENDLESS || second == MOST_SECONDS) {
          throw new Violation("G2", "never quiet; waiting: " + world.tasks().waiting());
        }
      }
      world.tasks().advance(Duration.ofSeconds(1));
    }
  }

  void checkQuiet() {
    check();
    watching.checkQuiet();
    if (!world.isClosed()) {
      checkStates();
      checkWaiters();
    }
  }

  private void checkStates() {
    List<String> must = world.oracle().layers().stream().map(Layer::status).toList();
    List<SourceStatus> all = world.config().status().sources();
    List<String> was = all.stream().map(Verdict::status).toList();
    if (!was.equals(must)) {
      throw new Violation("status", was + "\n  expected " + must);
    }
    all.forEach(status -> world.counts().event("status " + status.state()));
  }

  private static String status(SourceStatus status) {
    return String.join(
        " ", state(status), "passed " + status.accepted(), "at " + status.revision());
  }

  /** What a listener of states is told, as {@link Layer} has it. */
  static String state(SourceStatus status) {
    return String.join(
        " ",
        status.name(),
        status.state().toString(),
        "refused " + status.rejected(),
        "failed " + status.failures());
  }

  private void checkWaiters() {
    long version = world.oracle().version();
    try {
      world.config().awaitVersion(version, Duration.ofMillis(1));
      world.config().awaitDelivered(version, Duration.ofMillis(1));
    } catch (TimeoutException | InterruptedException e) {
      throw new Violation("G12", "quiet, but " + e.getMessage());
    }
  }

  /** Looks at what is left after the close. */
  void end() {
    quiet();
    check();
    watching.checkClosed();
    if (!world.tasks().waiting().isEmpty()) {
      throw new Violation("G8", "left behind: " + world.tasks().waiting());
    }
    for (ScriptedSource source : world.sources()) {
      if (source.opened != source.closed) {
        throw new Violation(
            "G8", source.name() + " opened " + source.opened + ", closed " + source.closed);
      }
    }
    if (!world.elsewhere().isEmpty()) {
      throw new Violation("G4", "a close that does not end");
    }
    world.calls().write(List.of(new Data.Change("c", false, "after the close")));
    check();
  }
}
