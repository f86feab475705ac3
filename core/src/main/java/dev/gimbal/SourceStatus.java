package dev.gimbal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * @param labels the values of the labels that its text holds, such as {@code profile=prod}
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
    long failures,
    Map<String, String> labels) {

  public SourceStatus {
    labels = labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** The status of a source without labels. */
  public SourceStatus(
      String name,
      State state,
      @Nullable ConfigException reason,
      Instant since,
      @Nullable String revision,
      long accepted,
      long rejected,
      long failures) {
    this(name, state, reason, since, revision, accepted, rejected, failures, Map.of());
  }

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
