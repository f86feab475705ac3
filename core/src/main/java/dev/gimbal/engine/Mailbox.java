package dev.gimbal.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot that one watcher has not taken yet: one atomic cell with a terminal state.
 *
 * <p>Concurrency. The cell is EMPTY, holds a snapshot, or is CLOSED. {@link #offer} is called by
 * the lane and by whoever registers, {@link #take} by the consumer, {@link #close} by anybody.
 * Every step is one compare-and-set on the cell, so that no check can be separated from its act:
 *
 * <pre>
 * EMPTY    -> snapshot   offer
 * snapshot -> snapshot   offer of a greater version: the older one is dropped, never the newer
 * snapshot -> EMPTY      take
 * any      -> CLOSED     close; nothing leaves CLOSED
 * </pre>
 *
 * <p>Ordering. Versions in the cell only rise; one that was taken is not put back by a late offer,
 * because the consumer compares with what it last received.
 */
final class Mailbox {

  private static final Object EMPTY = new Object();
  private static final Object CLOSED = new Object();

  private static final AtomicReferenceFieldUpdater<Mailbox, Object> CELL =
      AtomicReferenceFieldUpdater.newUpdater(Mailbox.class, Object.class, "cell");

  /** Read by any thread, written by any with compare-and-set only, through {@link #CELL}. */
  private volatile Object cell = EMPTY;

  /** What came of an offer. */
  enum Offer {
    /** The cell was empty: the consumer must be told. */
    FIRST,
    /** The cell held an older snapshot: the consumer has been told and not come yet. */
    REPLACED,
    /** The cell holds this version or a newer one. */
    STALE,
    /** Nobody will take it. */
    CLOSED
  }

  Offer offer(PublishedSnapshot snapshot) {
    while (true) {
      Object present = cell;
      if (present == CLOSED) {
        return Offer.CLOSED;
      }
      if (present instanceof PublishedSnapshot waiting && waiting.version() >= snapshot.version()) {
        return Offer.STALE;
      }
      if (CELL.compareAndSet(this, present, snapshot)) {
        return present == EMPTY ? Offer.FIRST : Offer.REPLACED;
      }
    }
  }

  /** Takes the snapshot out; null when there is none or the mailbox is closed. */
  @Nullable PublishedSnapshot take() {
    while (true) {
      Object present = cell;
      if (!(present instanceof PublishedSnapshot snapshot)) {
        return null;
      }
      if (CELL.compareAndSet(this, present, EMPTY)) {
        return snapshot;
      }
    }
  }

  /** Whether this call closed it. What was waiting is dropped. */
  boolean close() {
    return CELL.getAndSet(this, CLOSED) != CLOSED;
  }

  boolean isClosed() {
    return cell == CLOSED;
  }

  boolean isEmpty() {
    return cell == EMPTY;
  }
}
