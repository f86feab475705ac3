package dev.gimbal.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Mailboxes with one seeded bug each. */
final class SeededMailboxes {

  private static final PublishedSnapshot CLOSED = Snapshots.of(-1);

  private SeededMailboxes() {}

  /** Offers without a look at the version that is there: an older one overtakes. */
  static final class Blind {
    private final AtomicReference<@Nullable PublishedSnapshot> cell = new AtomicReference<>();

    void offer(PublishedSnapshot snapshot) {
      cell.set(snapshot);
    }

    @Nullable PublishedSnapshot take() {
      return cell.getAndSet(null);
    }
  }

  /** Empties the cell with a plain write after the check: it can write over CLOSED. */
  static final class Reopening {
    private final AtomicReference<@Nullable PublishedSnapshot> cell = new AtomicReference<>();

    void offer(PublishedSnapshot snapshot) {
      PublishedSnapshot present = cell.get();
      if (present != CLOSED) {
        cell.compareAndSet(present, snapshot);
      }
    }

    @Nullable PublishedSnapshot take() {
      PublishedSnapshot present = cell.get();
      if (present == null || present == CLOSED) {
        return null;
      }
      cell.set(null);
      return present;
    }

    boolean close() {
      return cell.getAndSet(CLOSED) != CLOSED;
    }

    boolean isClosed() {
      return cell.get() == CLOSED;
    }
  }

  /** Says that it is closed in a plain field. */
  static final class PlainFlag {
    private boolean stopped;

    void close() {
      stopped = true;
    }

    boolean isClosed() {
      return stopped;
    }
  }
}
