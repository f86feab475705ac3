package dev.gimbal;

/**
 * One immutable merged tree with a version. Two reads from one snapshot never mix versions (G1).
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Snapshot {

  /** From 1, plus 1 for each published snapshot. */
  long version();

  /** The value at a path in text form. */
  Value get(String path);

  /** The value at a path of literal segments. */
  Value get(String first, String second, String... more);

  Value get(ConfigPath path);

  /** The whole tree. */
  Value root();

  /** Who won, who lost, how placeholders were resolved (G10). */
  Explanation explain(String path);
}
