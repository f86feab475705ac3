package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a test told a {@link ControllableSource}, and what a Config did with it. */
final class Script {

  /** NEW -> OPEN open(); OPEN -> CLOSED close(). */
  enum Phase {
    NEW,
    OPEN,
    CLOSED
  }

  /** What the source has to say, to any sink. */
  @FunctionalInterface
  interface Answer {
    void give(Sink sink);
  }

  /** Something to say to whom is there. It is given without the lock: a Config may do anything. */
  record Cue(@Nullable Sink to, @Nullable Answer answer) {

    void give() {
      if (to != null && answer != null) {
        answer.give(to);
      }
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition goOn = lock.newCondition();

  @GuardedBy("lock")
  private Phase phase = Phase.NEW;

  /** Where it hands over since it was opened. */
  @GuardedBy("lock")
  private @Nullable Sink sink;

  /** What a Config that asks gets to know; null before the test said something. */
  @GuardedBy("lock")
  private @Nullable Answer state;

  /** The tree that the Config holds of it, for patches. */
  @GuardedBy("lock")
  private ObjectNode tree = ObjectNode.EMPTY;

  @GuardedBy("lock")
  private long order;

  @GuardedBy("lock")
  private int reloads;

  @GuardedBy("lock")
  private boolean openHangs;

  @GuardedBy("lock")
  private boolean closeHangs;

  @GuardedBy("lock")
  private int hanging;

  // ---- what the test says

  /** The whole state; without a revision of its own it gets the next one. */
  Cue document(@Nullable Revision own, Document document) {
    lock.lock();
    try {
      Revision revision = own == null ? Revision.of(order + 1) : own;
      order = revision.order();
      tree = document.tree();
      return remember(any -> any.document(revision, document));
    } finally {
      lock.unlock();
    }
  }

  Cue patch(Patch patch) {
    lock.lock();
    try {
      tree = Nodes.apply(tree, patch);
      Revision revision = Revision.of(++order);
      Document whole = Document.of(tree);
      state = any -> any.document(revision, whole);
      return new Cue(sink, any -> any.patch(revision, patch));
    } finally {
      lock.unlock();
    }
  }

  Cue absent(Answer answer) {
    lock.lock();
    try {
      tree = ObjectNode.EMPTY;
      return remember(answer);
    } finally {
      lock.unlock();
    }
  }

  Cue failed(Answer answer) {
    lock.lock();
    try {
      return remember(answer);
    } finally {
      lock.unlock();
    }
  }

  /** Something that is not remembered. */
  Cue once(Answer answer) {
    lock.lock();
    try {
      return new Cue(sink, answer);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Cue remember(Answer answer) {
    state = answer;
    return new Cue(sink, answer);
  }

  /** From now on opening or closing blocks. */
  void hang(boolean open, boolean close) {
    lock.lock();
    try {
      openHangs |= open;
      closeHangs |= close;
    } finally {
      lock.unlock();
    }
  }

  void letGo() {
    lock.lock();
    try {
      openHangs = false;
      closeHangs = false;
      goOn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- what the Config does

  /**
   * Remembers where to hand over; what there is to say first.
   *
   * @throws IllegalStateException when it was opened before
   */
  Cue open(Sink to, String name) {
    lock.lock();
    try {
      if (phase != Phase.NEW) {
        throw new IllegalStateException(
            "source \"" + name + "\": it belongs to another Config already");
      }
      phase = Phase.OPEN;
      hanging++;
      while (openHangs) {
        goOn.awaitUninterruptibly();
      }
      hanging--;
      sink = to;
      return new Cue(to, state);
    } finally {
      lock.unlock();
    }
  }

  /** Counts a question; what the answer is, or what it is as long as the test has said nothing. */
  Cue reload(Sink to, Answer nothing) {
    lock.lock();
    try {
      reloads++;
      return new Cue(to, state == null ? nothing : state);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      phase = Phase.CLOSED;
      hanging++;
      while (closeHangs) {
        goOn.awaitUninterruptibly();
      }
      hanging--;
    } finally {
      lock.unlock();
    }
  }

  // ---- what the test asks

  Phase phase() {
    lock.lock();
    try {
      return phase;
    } finally {
      lock.unlock();
    }
  }

  int reloads() {
    lock.lock();
    try {
      return reloads;
    } finally {
      lock.unlock();
    }
  }

  int hanging() {
    lock.lock();
    try {
      return hanging;
    } finally {
      lock.unlock();
    }
  }
}
