package dev.gimbal.source.nats;

import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import java.time.Duration;
import java.time.ZonedDateTime;

/**
 * A bucket at some time.
 *
 * @param created when it was made; another bucket of the same name was made at another time
 * @param first the lowest revision that is left
 * @param last the highest one that there was
 * @param messages how many revisions are left
 * @param maxAge how old a revision becomes before it goes; zero: they stay
 */
record Bucket(ZonedDateTime created, long first, long last, long messages, Duration maxAge) {

  static Bucket of(StreamInfo info) {
    StreamState state = info.getStreamState();
    return new Bucket(
        info.getCreateTime(),
        state.getFirstSequence(),
        state.getLastSequence(),
        state.getMsgCount(),
        info.getConfiguration().getMaxAge());
  }

  /**
   * Whether revisions may have gone since then of which nothing was told: by age, or by a purge of
   * the stream. Writing never leaves less than there was, and leaves of what was there before
   * nothing only if all of it was written again. What goes by age is the first, but others may have
   * been written meanwhile: so where that happens, each move of the first counts.
   */
  boolean mayLackSome(Bucket before) {
    boolean mayHaveGoneByAge = !maxAge.isZero() && first > before.first;
    return !equals(before)
        && (messages < before.messages || first > before.last || mayHaveGoneByAge);
  }
}
