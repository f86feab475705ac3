package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.List;

/** Inboxes with one seeded bug each. */
final class SeededInboxes {

  private SeededInboxes() {}

  /** Copies what waits, and then clears it. */
  static final class Torn {
    @GuardedBy("this")
    private final ArrayDeque<Said> waiting = new ArrayDeque<>();

    synchronized void put(Said said) {
      waiting.add(said);
    }

    List<Said> takeAll() {
      List<Said> all;
      synchronized (this) {
        all = List.copyOf(waiting);
      }
      synchronized (this) {
        waiting.clear();
      }
      return all;
    }
  }

  /** A document takes the place of the one before it, whichever is newer. */
  static final class Blind {
    @GuardedBy("this")
    private final ArrayDeque<Said> waiting = new ArrayDeque<>();

    synchronized void put(Said said) {
      if (said instanceof Input && waiting.peekLast() instanceof Input) {
        waiting.removeLast();
      }
      waiting.add(said);
    }

    synchronized List<Said> takeAll() {
      List<Said> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }
  }

  /** Drops the newest when it is full. */
  static final class Dropping {
    @GuardedBy("this")
    private final ArrayDeque<Said> waiting = new ArrayDeque<>();

    synchronized boolean put(Said said) {
      if (waiting.size() >= Inbox.BOUND) {
        return false;
      }
      waiting.add(said);
      return waiting.size() == 1;
    }

    synchronized List<Said> takeAll() {
      List<Said> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }
  }

  /** Who makes room, or closes, tells nobody. */
  static final class Silent {
    @GuardedBy("this")
    private final ArrayDeque<Said> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean closed;

    synchronized boolean put(Said said) throws InterruptedException {
      while (waiting.size() >= Inbox.BOUND && !closed) {
        wait();
      }
      if (closed) {
        return false;
      }
      waiting.add(said);
      return waiting.size() == 1;
    }

    synchronized List<Said> takeAll() {
      List<Said> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }

    synchronized void close() {
      closed = true;
      waiting.clear();
    }
  }
}
