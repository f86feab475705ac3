package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a source says to those who reload it, until their step takes it, and keeps it in order
 * with what the source says unasked: whatever it says otherwise sends what is kept ahead.
 *
 * <p>{@link #order} is held while things are said, also while that waits for room. The lane takes
 * what is kept under the monitor only, so that it never waits for a source.
 */
final class Asked {

  /** One who reloads. Its fields are read and written under the monitor of its {@link Asked}. */
  static final class Asker {
    private final List<Said> kept = new ArrayList<>();
    private boolean done;

    /** Whether something that was kept was sent ahead. */
    private boolean overtaken;
  }

  private final ReentrantLock order = new ReentrantLock();

  @GuardedBy("this")
  private final List<Asker> askers = new ArrayList<>();

  /** Where things go that are not kept. */
  private final Consumer<Said> unasked;

  Asked(Consumer<Said> unasked) {
    this.unasked = unasked;
  }

  synchronized Asker begin() {
    Asker asker = new Asker();
    askers.add(asker);
    return asker;
  }

  /** Says something unasked. */
  void say(Said said) {
    order.lock();
    try {
      takeAllBut(null).forEach(unasked);
      unasked.accept(said);
    } finally {
      order.unlock();
    }
  }

  /** Says something to one who reloads; unasked if that one has taken its answers or gone. */
  void say(Asker asker, Said said) {
    order.lock();
    try {
      takeAllBut(asker).forEach(unasked);
      if (!keep(asker, said)) {
        unasked.accept(said);
      }
    } finally {
      order.unlock();
    }
  }

  private synchronized boolean keep(Asker asker, Said said) {
    return !asker.done && asker.kept.add(said);
  }

  private synchronized List<Said> takeAllBut(@Nullable Asker stays) {
    List<Said> all = new ArrayList<>();
    for (Asker asker : askers) {
      if (asker != stays && !asker.kept.isEmpty()) {
        all.addAll(asker.kept);
        asker.kept.clear();
        asker.overtaken = true;
      }
    }
    return all;
  }

  /** What was said to one who reloads and not sent ahead. Whatever comes now is unasked. */
  synchronized List<Said> take(Asker asker) {
    asker.done = true;
    askers.remove(asker);
    List<Said> taken = List.copyOf(asker.kept);
    asker.kept.clear();
    return taken;
  }

  /**
   * The same, unless something that was said before it waits in the inbox and must come first: null
   * then, and nothing is taken.
   */
  synchronized @Nullable List<Said> takeInOrder(Asker asker, Inbox before) {
    return asker.kept.isEmpty() || before.isEmpty() ? take(asker) : null;
  }

  /** Waits until what was sent ahead is on its way to the lane; whether anything was. */
  boolean awaitSentAhead(Asker asker) {
    synchronized (this) {
      if (!asker.overtaken) {
        return false;
      }
    }
    order.lock(); // who sends something ahead holds it
    try {
      return true;
    } finally {
      order.unlock();
    }
  }

  /** Lets one go: what was said to it counts as unasked. */
  void giveUp(Asker asker) {
    order.lock();
    try {
      take(asker).forEach(unasked);
    } finally {
      order.unlock();
    }
  }
}
