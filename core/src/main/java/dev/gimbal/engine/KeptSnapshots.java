package dev.gimbal.engine;

import dev.gimbal.Change;
import dev.gimbal.ConfigPath;
import dev.gimbal.History;
import dev.gimbal.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The snapshots that a loader keeps, as its user sees them. */
final class KeptSnapshots implements History {

  private final MemoryLoader loader;

  KeptSnapshots(MemoryLoader loader) {
    this.loader = loader;
  }

  /**
   * One that is kept.
   *
   * @param candidate what it was made of, to go on from
   */
  record Kept(PublishedSnapshot snapshot, Candidate candidate) {}

  /** Those there are with one more, or with one in the place of the last of the same version. */
  static List<Kept> with(List<Kept> kept, Kept added, int most) {
    int size = kept.size();
    boolean replaces =
        size > 0 && kept.get(size - 1).snapshot().version() == added.snapshot().version();
    int from = !replaces && size == most ? 1 : 0;
    int to = replaces ? size - 1 : size;
    Kept[] next = new Kept[to - from + 1];
    for (int i = from; i < to; i++) {
      next[i - from] = kept.get(i);
    }
    next[to - from] = added;
    return Arrays.asList(next);
  }

  /** What is kept of a version. */
  static Kept find(MemoryLoader loader, long version) {
    long current = loader.published().version();
    List<Kept> all = loader.kept();
    for (Kept kept : all) {
      if (kept.snapshot().version() == version && version <= current) {
        return kept;
      }
    }
    throw new IllegalArgumentException(
        "version: "
            + version
            + " (expected: one that is kept, from "
            + all.get(0).snapshot().version()
            + " to "
            + current
            + ")");
  }

  @Override
  public List<Snapshot> snapshots() {
    long current = loader.published().version(); // the lane keeps one before it shows it
    List<Snapshot> snapshots = new ArrayList<>();
    for (Kept kept : loader.kept()) {
      if (kept.snapshot().version() <= current) {
        snapshots.add(kept.snapshot());
      }
    }
    return List.copyOf(snapshots);
  }

  @Override
  public Snapshot at(long version) {
    return find(loader, version).snapshot();
  }

  @Override
  public Change diff(long from, long to) {
    return new PublishedChange(
        find(loader, from).snapshot(), find(loader, to).snapshot(), List.of(ConfigPath.ROOT));
  }

  @Override
  public long rollback(long version) {
    Callbacks.refuseInCheck("a rollback");
    return loader.step(() -> loader.stepper().rollback(version, find(loader, version).candidate()));
  }

  @Override
  public long release() {
    Callbacks.refuseInCheck("a release");
    return loader.step(() -> loader.stepper().release());
  }

  @Override
  public OptionalLong pinned() {
    long version = loader.stepper().pin().version();
    return version == 0 ? OptionalLong.empty() : OptionalLong.of(version);
  }

  @Override
  public String toString() {
    List<Snapshot> kept = snapshots();
    long first = kept.get(0).version();
    long last = kept.get(kept.size() - 1).version();
    OptionalLong pinned = pinned();
    return (first == last ? "version " + last : "versions " + first + " to " + last)
        + (pinned.isPresent() ? ", pinned to " + pinned.getAsLong() : "");
  }
}
