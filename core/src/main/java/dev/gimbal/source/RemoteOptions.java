package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a layer of a store elsewhere: how it goes about a {@link Remote}. A store that gives notice
 * only, one that tells changes with revisions, and one that is read every while are all served.
 *
 * @param name the source's, for messages
 * @param place what messages call the store, such as its address without secrets
 * @param period how often it is read again, less or more by up to a tenth; null for stores that
 *     tell every change
 * @param firstBackoff the longest wait before the first new attempt; it doubles with each failure
 * @param mostBackoff the longest wait of all
 * @since 0.1.0
 */
public record RemoteOptions(
    String name,
    String place,
    @Nullable Duration period,
    Duration firstBackoff,
    Duration mostBackoff) {

  public RemoteOptions {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(place, "place");
    if (period != null && period.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("period " + period + " (expected: > 0)");
    }
    if (firstBackoff.compareTo(Duration.ZERO) <= 0 || mostBackoff.compareTo(firstBackoff) < 0) {
      throw new IllegalArgumentException(
          "backoff from " + firstBackoff + " to " + mostBackoff + " (expected: 0 < first <= most)");
    }
  }

  /** No period; waits of up to 200 ms, twice as long each time, up to 30 s. */
  public static RemoteOptions of(String name, String place) {
    return new RemoteOptions(name, place, null, Duration.ofMillis(200), Duration.ofSeconds(30));
  }

  public RemoteOptions withPeriod(@Nullable Duration newPeriod) {
    return new RemoteOptions(name, place, newPeriod, firstBackoff, mostBackoff);
  }

  public RemoteOptions withBackoff(Duration first, Duration most) {
    return new RemoteOptions(name, place, period, first, most);
  }

  /**
   * What {@link Source#open} of a remote source returns: connects, reads, takes changes, and
   * connects again when the connection is lost. Returns at once; a worker connects.
   *
   * @param remote the store
   * @param sink takes what is there
   */
  public Session open(Remote remote, Sink sink) {
    return RemoteSession.open(this, remote, sink);
  }

  /** Edits over a connection; null: there is none. */
  void edit(@Nullable Link link, Edit edit, Consumer<Document> check) {
    if (link == null) {
      throw failure("there is no connection", null);
    }
    try {
      link.edit(edit, check);
    } catch (RemoteUnavailableException e) {
      throw failure(reason(e), e);
    } catch (IOException e) {
      throw failure(reason(e) + "; it may be written or not", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted; it may be written or not", e);
    }
  }

  /** Full jitter: any time up to a bound that doubles with each failure, at least a millisecond. */
  Duration backoff(int failures, double random) {
    long first = firstBackoff.toNanos();
    long bound = Math.min(mostBackoff.toNanos(), first << Math.min(failures, 20));
    if (bound < first) { // the shift ran over
      bound = mostBackoff.toNanos();
    }
    return Duration.ofNanos(Math.max(1_000_000, (long) (bound * random)));
  }

  /** What the store answered is wrong, or it did not answer. */
  ConfigException failure(String message, @Nullable Throwable cause) {
    Problem problem = Problem.at(ErrorCode.SOURCE_FAILED, new Origin(name, place, 0, 0), message);
    return new ConfigException(List.of(problem), cause);
  }

  /** There is no connection. */
  ConfigException unreachable(Exception why) {
    if (why.getCause() instanceof ConfigException known) {
      return known;
    }
    return failure(reason(why), why);
  }

  /** Why there is no connection, or no answer. */
  static String reason(Exception why) {
    String reason = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    return why instanceof RemoteUnavailableException ? reason : "it cannot be reached: " + reason;
  }

  /** A time less or more by up to a tenth, so that many do not come at once. */
  static Duration spread(Duration time, double random) {
    long nanos = time.toNanos();
    return Duration.ofNanos((long) (nanos * (0.9 + 0.2 * random)));
  }
}
