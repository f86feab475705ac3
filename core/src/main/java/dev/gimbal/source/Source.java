package dev.gimbal.source;

import java.util.Map;

/**
 * Where configuration comes from: reads it, says when it changed. One instance belongs to one
 * Config.
 *
 * <p>Required unless {@link #optional()}: a required source that is absent or cannot be reached
 * fails the start. Optional covers absent and unreachable, never malformed.
 *
 * @since 0.1.0
 */
public interface Source {

  /** Its name in messages, status and origins; unique in one Config. */
  String name();

  /**
   * Begins to read and, if {@link Sink#watching()}, to watch. Subscribe first, then read, then send
   * what is newer than the read, so that no change falls between (G6). Returns without waiting for
   * I/O: work runs on {@link Sink#tasks()}. The first answer is {@link Sink#document}, {@link
   * Sink#variables}, {@link Sink#absent} or {@link Sink#failed}. Afterwards it tells what changed;
   * content that is equal is told again to who reloads only.
   *
   * @param sink takes what the source reads; ignores calls after the session closed
   * @return ends the work of this source
   */
  Session open(Sink sink);

  /** Whether the start goes on when this source is absent or unreachable. */
  default boolean isOptional() {
    return false;
  }

  /**
   * The values of the labels that its text holds, in their order there; shown by status and
   * explain.
   */
  default Map<String, String> labels() {
    return Map.of();
  }

  /** This source, but the start goes on without it; it joins when it answers. */
  default Source optional() {
    return new OptionalSource(this);
  }

  /**
   * This source, all of whose values are secrets, whatever their keys (G11): they are shown as
   * {@code ***}, and so is what placeholders make of them.
   */
  default Source secret() {
    return new SecretSource(this);
  }
}
