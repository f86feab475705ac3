package dev.gimbal;

/**
 * What a list does to the list below it.
 *
 * @since 0.1.0
 */
public enum ListMerge {
  /** Takes its place. The default. */
  REPLACE,
  /** Comes after it. */
  APPEND,
  /** Comes before it. */
  PREPEND
}
