package dev.gimbal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source is.
 *
 * @param name the source
 * @param state see {@link State}
 * @param reason why it is not OK, or null
 * @param since when it came into this state
 * @param revision the label of the last good revision, or null
 * @param accepted changes that passed every check
 * @param rejected changes that did not
 * @param failures reads that failed
 * @since 0.1.0
 */
public record SourceStatus(
    String name,
    State state,
    @Nullable ConfigException reason,
    Instant since,
    @Nullable String revision,
    long accepted,
    long rejected,
    long failures) {

  /** The states of a source. */
  public enum State {
    /** What it last said is in the current snapshot. */
    OK,
    /** Readers see its last good state; the reason says what is wrong with the newest. */
    DEGRADED,
    /** It has not answered yet, or never with anything. */
    DOWN
  }
}
