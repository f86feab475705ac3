package dev.gimbal;

import java.util.List;

/**
 * What one subscription is told: the difference between what it last received and the present.
 * Immutable and safe for use by many threads. {@code toString} has the version and the first ten
 * paths, and no values.
 *
 * @since 0.1.0
 */
public interface Change {

  /** The version that this change arrives at. */
  long version();

  /**
   * The watched value as this subscription last received it; after many versions, as it was in a
   * newer one, with no difference at what is watched. With several paths: the value at their
   * longest common prefix.
   */
  Value before();

  /** The watched value now. With several paths: the value at their longest common prefix. */
  Value after();

  /** The snapshot of {@link #after()}. */
  Snapshot snapshot();

  /** The scalars and lists below the watched paths that differ, in path order. */
  List<Entry> changes();

  /**
   * One place that differs.
   *
   * @param path the absolute path
   * @param before may not exist
   * @param after may not exist
   */
  record Entry(ConfigPath path, Value before, Value after) {}
}
