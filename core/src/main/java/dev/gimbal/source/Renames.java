package dev.gimbal.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells from the events of folders which files came into place by a rename over another: a name
 * that was there comes into being, and nothing took it away before. A file that is then written to
 * does not count.
 *
 * <p>A mark is a point in the order of what was recorded. A question about a mark answers for
 * folders whose events were complete since.
 *
 * <p>Events are recorded by the thread that takes them; steps ask. Safe for use by many threads.
 */
final class Renames {

  enum Kind {
    CREATED,
    WRITTEN,
    DELETED
  }

  /** When each happened last; 0: never. */
  private record Seen(long created, long written, long deleted) {

    static final Seen NOTHING = new Seen(0, 0, 0);

    Seen with(Kind kind, long at) {
      return switch (kind) {
        case CREATED -> new Seen(at, written, deleted);
        case WRITTEN -> new Seen(created, at, deleted);
        case DELETED -> new Seen(created, written, at);
      };
    }

    boolean isBefore(long mark) {
      return Math.max(Math.max(created, written), deleted) <= mark;
    }

    boolean isRenameSince(long mark) {
      return created > mark && deleted <= mark && written < created;
    }
  }

  @GuardedBy("this")
  private final Map<Path, Seen> files = new HashMap<>();

  /** Since when each folder's events are recorded. */
  @GuardedBy("this")
  private final Map<Path, Long> folders = new HashMap<>();

  @GuardedBy("this")
  private long last;

  @GuardedBy("this")
  private long lost;

  synchronized long mark() {
    return last;
  }

  /** From now on a folder's events are recorded; before, they were not, or not all. */
  synchronized void watched(Path folder) {
    folders.put(folder, ++last);
  }

  synchronized void unwatched(Path folder) {
    folders.remove(folder);
  }

  /** Events may be missing up to now. */
  synchronized void lost() {
    lost = ++last;
  }

  synchronized void record(Kind kind, Path file) {
    Seen before = files.getOrDefault(file, Seen.NOTHING);
    files.put(file, before.with(kind, ++last));
  }

  /**
   * The files that, if they were there at a mark, were renamed into place since. Forgets what was
   * before: later marks must not be earlier.
   */
  synchronized Set<Path> since(long mark) {
    if (!files.isEmpty()) { // nothing to link where a start finds none
      files.values().removeIf(seen -> seen.isBefore(mark));
    }
    if (lost > mark) {
      return Set.of();
    }
    Set<Path> renamed = new HashSet<>();
    for (Map.Entry<Path, Seen> file : files.entrySet()) {
      if (file.getValue().isRenameSince(mark) && isWatched(file.getKey(), mark)) {
        renamed.add(file.getKey());
      }
    }
    return renamed;
  }

  @GuardedBy("this")
  private boolean isWatched(Path file, long mark) {
    Path folder = file.getParent();
    Long since = folder == null ? null : folders.get(folder);
    return since != null && since <= mark;
  }
}
