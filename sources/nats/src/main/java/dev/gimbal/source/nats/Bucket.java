package dev.gimbal.source.nats;

import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import java.time.ZonedDateTime;

/**
 * A bucket at some time.
 *
 * @param created when it was made; another bucket of the same name was made at another time
 * @param first the lowest revision that is left
 * @param last the highest one that there was
 * @param messages how many revisions are left
 */
record Bucket(ZonedDateTime created, long first, long last, long messages) {

  static Bucket of(StreamInfo info) {
    StreamState state = info.getStreamState();
    return new Bucket(
        info.getCreateTime(),
        state.getFirstSequence(),
        state.getLastSequence(),
        state.getMsgCount());
  }

  /**
   * Whether revisions may have gone since then of which nothing was told: by age, or by a purge of
   * the stream. Writing never leaves less than there was, and leaves of what was there before
   * nothing only if all of it was written again.
   */
  boolean mayLackSome(Bucket before) {
    return !equals(before) && (messages < before.messages || first > before.last);
  }
}
