package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.Change;
import dev.gimbal.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The changes that came, and how many of them were taken. Used by any thread. */
final class Recording {

  /** How many places of one change are shown. */
  private static final int SHOWN = 5;

  @GuardedBy("this")
  private final List<Change> came = new ArrayList<>();

  @GuardedBy("this")
  private int taken;

  synchronized void add(Change change) {
    came.add(change);
    notifyAll();
  }

  /** Takes the next change; null when there is none until a time of {@link System#nanoTime}. */
  synchronized @Nullable Change next(long deadline) throws InterruptedException {
    while (taken == came.size()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return null;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
    }
    return came.get(taken++);
  }

  synchronized List<Change> all() {
    return List.copyOf(came);
  }

  synchronized int waiting() {
    return came.size() - taken;
  }

  /** How many came, and each with its version and values. */
  String text() {
    List<Change> all = all();
    StringBuilder text = new StringBuilder();
    text.append(all.size()).append(all.size() == 1 ? " change came" : " changes came");
    for (Change change : all) {
      text.append("\n  ").append(line(change));
    }
    return text.toString();
  }

  private static String line(Change change) {
    List<Change.Entry> entries = change.changes();
    StringBuilder line = new StringBuilder("version ").append(change.version());
    String before = ": ";
    for (Change.Entry entry : entries.subList(0, Math.min(SHOWN, entries.size()))) {
      line.append(before).append(entry.after());
      line.append(", before: ").append(value(entry.before()));
      before = "; ";
    }
    if (entries.size() > SHOWN) {
      line.append("; and ").append(entries.size() - SHOWN).append(" more");
    }
    return line.toString();
  }

  /** As the value shows itself, without its path. */
  private static String value(Value value) {
    String path = value.path().isRoot() ? "(root)" : value.path().toString();
    return value.exists() ? value.toString().substring(path.length() + 3) : "absent";
  }
}
