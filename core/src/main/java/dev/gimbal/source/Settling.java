package dev.gimbal.source;

import dev.gimbal.source.Outcome.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a file may be read and when what was read counts. Pure of I/O, threads and clocks:
 * it is told what was seen and when. Used by one step at a time.
 *
 * <p>Reading: what came into place whole (a link that leads elsewhere, a rename) is read at once;
 * what was changed in place when it has stood still for {@code stillFor}. At the first reading and
 * on demand, a file older than that has stood still.
 *
 * <p>Believing: a good document counts at once. What is broken, empty, shrunk, missing or
 * unreadable counts when it was the same for {@code settleFor}; at the first reading, at once if it
 * is older.
 *
 * <p>Time stamps are coarse: a write within the same granule leaves no trace in the fingerprint. So
 * what was read counts as known only if the fingerprint was seen {@link #GRANULE} before; until
 * then it is read again, and compared by content.
 */
final class Settling {

  /** The coarsest time stamps in use are those of FAT. */
  static final Duration GRANULE = Duration.ofSeconds(2);

  private final Duration stillFor;
  private final Duration settleFor;

  /** What was seen last, and since when it has been the same, in nanoseconds. */
  private @Nullable Fingerprint seen;

  private long seenSince;

  /** The point in the order of events before it was seen, and what was renamed by then. */
  private long seenMark;

  private Set<Path> renamed = Set.of();

  /** What was seen when the last outcome was believed. */
  private @Nullable Fingerprint base;

  /** The point in the order of events before that was seen last. */
  private long baseMark;

  /** Whether {@link #seen} is what was read last, down to its content. */
  private boolean known;

  /** What does not count yet, and since when it has been the same. */
  private @Nullable Outcome suspect;

  private long suspectSince;

  Settling(Duration stillFor, Duration settleFor) {
    this.stillFor = stillFor;
    this.settleFor = settleFor;
  }

  /**
   * Takes note of a look.
   *
   * @param mark the point in the order of events before it
   * @param renamedNow files that, if they were there at {@link #baseMark}, were renamed into place
   */
  void saw(Fingerprint fingerprint, long now, long mark, Set<Path> renamedNow) {
    seenMark = mark;
    renamed = renamedNow;
    baseMark = fingerprint.equals(base) ? mark : baseMark;
    if (!fingerprint.equals(seen)) {
      seen = fingerprint;
      seenSince = now;
      known = false;
    }
  }

  /** Takes note that the content differs although the fingerprint does not. */
  void stirred(long now) {
    seenSince = now;
    base = null;
    known = false;
  }

  /** Whether the fingerprint last seen is the one that was believed. */
  boolean isAtBase() {
    return seen != null && seen.equals(base);
  }

  @Nullable Fingerprint seen() {
    return seen;
  }

  long baseMark() {
    return baseMark;
  }

  boolean isKnown() {
    return known;
  }

  /** How long to wait before reading what was seen. */
  Duration untilStill(long now, Instant time, boolean onDemand) {
    Fingerprint present = seen;
    if (present == null || present.presence() != Fingerprint.Presence.PRESENT || isAtBase()) {
      return Duration.ZERO;
    }
    if (cameWhole()) {
      return Duration.ZERO;
    }
    if (onDemand && present.isOlderThan(stillFor, time)) {
      return Duration.ZERO;
    }
    return rest(stillFor, seenSince, now);
  }

  /** Whether all that differs from what was believed came into place whole. */
  boolean cameWhole() {
    return seen != null && base != null && seen.replaced(base, renamed);
  }

  /** How long to wait before an outcome counts. */
  Duration untilBelieved(Outcome outcome, long now, Instant time, boolean first) {
    if (outcome.kind() == Kind.GOOD) {
      suspect = null;
      return Duration.ZERO;
    }
    if (!outcome.sameAs(suspect)) {
      suspect = outcome;
      suspectSince = now;
    }
    boolean atOnce = seen == null || seen.isOlderThan(settleFor, time);
    return first && atOnce ? Duration.ZERO : rest(settleFor, suspectSince, now);
  }

  /** The outcome that does not count yet. */
  @Nullable Outcome suspect() {
    return suspect;
  }

  /** Takes note that an outcome counts, read after what was seen last. */
  void believed(Outcome outcome, long readAt) {
    suspect = null;
    base = seen;
    baseMark = seenMark;
    boolean stream = seen != null && seen.presence() == Fingerprint.Presence.STREAM;
    boolean read = outcome.kind() != Kind.UNREADABLE;
    known = stream || read && rest(GRANULE, seenSince, readAt).isZero();
  }

  /**
   * How long until what was believed can be made known by reading it again; zero if it is known.
   */
  Duration untilKnown(long now) {
    return known ? Duration.ZERO : rest(GRANULE, seenSince, now);
  }

  private static Duration rest(Duration span, long since, long now) {
    long left = span.toNanos() - (now - since);
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }
}
