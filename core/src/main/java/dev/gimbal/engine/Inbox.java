package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Revision;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one source said and the lane has not taken yet, in the order in which it was said. Of
 * documents that follow each other the newest stays. When {@link #BOUND} things wait, whoever says
 * more waits for the lane, which never waits for anybody; the end of the session lets it go. An
 * interrupt is kept for later, because what was said must not be lost.
 *
 * <p>Nothing is called with the lock held.
 */
final class Inbox {

  static final int BOUND = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();

  @GuardedBy("lock")
  private ArrayDeque<Said> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  /** Whether the lane must be told: nothing waited before. */
  boolean put(Said said) {
    lock.lock();
    try {
      return add(said);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean add(Said said) {
    if (said instanceof Input input && replaceLast(input)) {
      return false;
    }
    while (waiting.size() >= BOUND && !closed) {
      room.awaitUninterruptibly();
    }
    if (closed) {
      return false;
    }
    waiting.add(said);
    return waiting.size() == 1;
  }

  /** Whether a document took the place of the one before it, or is older than that. */
  @GuardedBy("lock")
  private boolean replaceLast(Input input) {
    if (input.kind() != Input.Kind.WHOLE
        || !(waiting.peekLast() instanceof Input last)
        || last.kind() != Input.Kind.WHOLE) {
      return false;
    }
    if (order(input.revision()) > order(last.revision())) {
      waiting.removeLast();
      waiting.add(input);
    }
    return true;
  }

  private static long order(@Nullable Revision revision) {
    return revision == null ? Long.MIN_VALUE : revision.order();
  }

  /** Takes everything out. */
  List<Said> takeAll() {
    lock.lock();
    try {
      List<Said> all = List.copyOf(waiting);
      waiting.clear();
      room.signalAll();
      return all;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what waits and whatever is said from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
