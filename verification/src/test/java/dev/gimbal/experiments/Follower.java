package dev.gimbal.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A thread that takes whatever a watcher has, until there is silence and nothing more to take. */
final class Follower {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final Subject.Watch watch;
  private final long workMicros;
  private final Thread thread;

  /** Written by the thread, read after it ended. */
  private final List<Subject.Seen> seen = new ArrayList<>();

  private volatile @Nullable Throwable failure;
  private volatile boolean silence;

  /**
   * @param workMicros how long it takes over each value
   */
  Follower(Subject.Watch watch, long workMicros) {
    this.watch = watch;
    this.workMicros = workMicros;
    this.thread = Experiment.start("experiment-follower", this::follow);
  }

  private void follow() {
    try {
      boolean more = true;
      while (more) {
        boolean silent = silence;
        Optional<Subject.Seen> next = watch.next(BETWEEN_LOOKS);
        next.ifPresent(seen::add);
        more = next.isPresent() || !silent;
        if (next.isPresent()) {
          Experiment.pause(workMicros);
        }
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** What it saw. Nothing may change any more when this is called. */
  List<Subject.Seen> end() throws InterruptedException {
    silence = true;
    thread.join();
    watch.stop();
    if (failure != null) {
      throw new AssertionError("the follower ended with " + failure, failure);
    }
    return seen;
  }

  /** Whether versions and values rise from each to the next. */
  static boolean rises(List<Subject.Seen> seen) {
    for (int i = 1; i < seen.size(); i++) {
      if (seen.get(i).version() <= seen.get(i - 1).version()
          || seen.get(i).value() <= seen.get(i - 1).value()) {
        return false;
      }
    }
    return true;
  }

  static boolean endsWith(List<Subject.Seen> seen, long value) {
    return !seen.isEmpty() && seen.get(seen.size() - 1).value() == value;
  }
}
