package dev.gimbal;

import java.util.List;
import java.util.OptionalLong;

/**
 * The last snapshots of a Config, and the way back to one of them. Snapshots share what they have
 * in common, so that keeping one costs what differs.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface History {

  /**
   * The snapshots that are kept, the oldest first; the last is the current one. There are at most
   * {@link Config.Builder#history(int)}.
   */
  List<Snapshot> snapshots();

  /**
   * A snapshot that is kept.
   *
   * @throws IllegalArgumentException when that version is not kept, or not any more
   */
  Snapshot at(long version);

  /**
   * What differs between two versions that are kept, in either order.
   *
   * @throws IllegalArgumentException when one of them is not kept
   */
  Change diff(long from, long to);

  /**
   * Publishes the tree of a kept version under a new version, and pins it: what sources say is
   * taken in but not shown, and writing, adding and removing throw {@link PinnedException}, until
   * {@link #release}. Going back is a change as any other: what is declared now must convert, and
   * validators and guards are asked. A rollback while one is pinned pins the other.
   *
   * @return the new version; the current one when its tree is the same
   * @throws IllegalArgumentException when that version is not kept
   * @throws ConfigException when it is refused; nothing changes then
   * @throws IllegalStateException when the Config is closed, or from inside a check
   */
  long rollback(long version);

  /**
   * Ends the pinning: one step to what the sources have said meanwhile, as far as it passes. What
   * does not is told by its source's status, as ever. Does nothing when nothing is pinned.
   *
   * @return the version that shows it; the current one when nothing differs
   * @throws ConfigException when a guard or validator refuses to leave the pinned tree; it stays
   *     pinned then
   * @throws IllegalStateException when the Config is closed, or from inside a check
   */
  long release();

  /** The version that {@link #rollback} went back to, as long as its tree is pinned. */
  OptionalLong pinned();
}
