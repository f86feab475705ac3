package dev.gimbal;

import org.jspecify.annotations.Nullable;

/**
 * What is to be changed in what a source reads: all of it or nothing, in order. Used by one thread,
 * and only by the function that {@link Config#edit} calls.
 *
 * @since 0.1.0
 */
public interface SourceEdit {

  /**
   * Sets a path of the document to a value: where one stands, in its place.
   *
   * @param path of the document, in text form
   * @param value null, a String, Number, Boolean, Enum, Collection, array, Map, or an object whose
   *     {@code toString} says it
   * @throws ConfigException GIM-001 when the text is not a path
   * @throws IllegalArgumentException for a value that a tree cannot hold
   */
  SourceEdit set(String path, @Nullable Object value);

  /**
   * The same, if the document says there what it said in a version: else nothing is changed, with
   * GIM-029. An encrypted value is never what it was: its text differs.
   *
   * @param ifVersion of the Config, such as {@code config.snapshot().version()}
   * @throws IllegalArgumentException also when that version is not kept
   */
  SourceEdit set(String path, @Nullable Object value, long ifVersion);

  /** Takes away what stands at a path, if something does. Throws like {@link #set}. */
  SourceEdit unset(String path);

  /** The same, if the document says there what it said in a version. */
  SourceEdit unset(String path, long ifVersion);
}
