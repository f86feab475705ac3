package dev.gimbal.engine;

import dev.gimbal.WatcherStoppedException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Watchers with one seeded bug each. */
final class SeededWatchers {

  private SeededWatchers() {}

  /**
   * Announces itself after it looked: an offer between the two wakes nobody. The gap is widened by
   * {@code pauses}, so that few rounds are enough; with 0 only one run of 200,000 rounds in three
   * meets it.
   */
  static final class LostWakeup {
    private final int pauses;
    private final Mailbox mailbox = new Mailbox();
    private volatile @Nullable Thread waiter;

    LostWakeup(int pauses) {
      this.pauses = pauses;
    }

    void offer(PublishedSnapshot snapshot) {
      mailbox.offer(snapshot);
      LockSupport.unpark(waiter);
    }

    PublishedSnapshot next() {
      while (true) {
        if (mailbox.isClosed()) {
          throw new WatcherStoppedException("stopped");
        }
        PublishedSnapshot snapshot = mailbox.take();
        if (snapshot != null) {
          return snapshot;
        }
        for (int i = 0; i < pauses; i++) {
          Thread.onSpinWait();
        }
        waiter = Thread.currentThread();
        LockSupport.park(this);
        waiter = null;
      }
    }

    void stop() {
      mailbox.close();
      LockSupport.unpark(waiter);
    }
  }

  /**
   * The shape of the watcher that Gimbal's replaces: a queue of one that drops the newest, and a
   * stop that is checked apart from the send. Its stop wakes nobody.
   */
  static final class Reference {
    private final ArrayBlockingQueue<PublishedSnapshot> queue = new ArrayBlockingQueue<>(1);
    private volatile boolean stopped;

    void offer(PublishedSnapshot snapshot) {
      if (!stopped) {
        queue.offer(snapshot);
      }
    }

    PublishedSnapshot next() throws InterruptedException {
      PublishedSnapshot waiting = queue.poll();
      if (waiting != null) {
        return waiting;
      }
      if (stopped) {
        throw new WatcherStoppedException("stopped");
      }
      return queue.take();
    }

    void stop() {
      stopped = true;
      queue.clear();
    }
  }
}
