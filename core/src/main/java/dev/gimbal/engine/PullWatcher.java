package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.champ.Champ;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox and the thread that waits for it.
 *
 * <p>Concurrency. {@link #consumers} lets one consumer in at a time; publisher and stopper never
 * take it. A consumer announces itself in {@link #waiter}, looks at the mailbox again, and only
 * then parks; who offers or stops changes the mailbox first and looks at {@code waiter} after. So
 * either the consumer sees the change or it is unparked.
 *
 * <p>{@link #current} is replaced by compare-and-set only, so that its versions rise: by the
 * consumer, and by {@link #renew} with a value that is the same. A snapshot in the mailbox that is
 * older than that is passed over: the value has come back since, and the newer one was or will be
 * offered.
 */
final class PullWatcher implements Watcher, Receiver {

  private static final AtomicReferenceFieldUpdater<PullWatcher, SnapshotValue> CURRENT =
      AtomicReferenceFieldUpdater.newUpdater(PullWatcher.class, SnapshotValue.class, "current");

  private final MemoryLoader loader;
  private final Mailbox mailbox = new Mailbox();
  private final ReentrantLock consumers = new ReentrantLock();

  /**
   * The hash by which watchers of a path are told in the order of their making, which is mostly
   * that of memory: in any other, a processor waits for each.
   */
  private final int order;

  /** Who is parked or about to be. Written by the consumer, read by who offers and stops. */
  private volatile @Nullable Thread waiter;

  /**
   * What was last returned, or the same in a newer snapshot. Written with compare-and-set, under
   * {@link #consumers} and by {@link #renew}; read by any thread.
   */
  private volatile SnapshotValue current;

  /** The last version taken. Written and read under {@link #consumers}. */
  private long taken;

  PullWatcher(MemoryLoader loader, SnapshotValue start) {
    this.loader = loader;
    this.order = Champ.hashInOrder(loader.counters().watchers.getAndIncrement());
    this.current = start;
    this.taken = start.version();
  }

  private ConfigPath path() {
    return current.path();
  }

  @Override
  public ConfigPath watched(ConfigPath path) {
    return path();
  }

  @Override
  public void offer(PublishedSnapshot snapshot) {
    switch (mailbox.offer(snapshot)) {
      case FIRST, REPLACED -> wake();
      case STALE, CLOSED -> {}
    }
  }

  @Override
  public void renew(PublishedSnapshot now) {
    SnapshotValue before = current;
    if (now.version() > before.version()) {
      SnapshotValue value = before.in(now);
      if (PushSubscription.same(before.found(), value.found())) {
        CURRENT.compareAndSet(this, before, value);
      }
    }
    if (!mailbox.isEmpty()) { // what nobody has taken is as old
      offer(now);
    }
  }

  private void wake() {
    Thread waiting = waiter;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  @Override
  public Value current() {
    return current;
  }

  @Override
  public Value next() throws InterruptedException {
    Value value = null;
    while (value == null) {
      value = poll(Long.MAX_VALUE);
    }
    return value;
  }

  @Override
  public Optional<Value> next(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(poll(Progress.nanos(timeout)));
  }

  private @Nullable Value poll(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    if (!consumers.tryLock(nanos, TimeUnit.NANOSECONDS)) {
      refuseStopped();
      return null;
    }
    try {
      while (true) {
        refuseStopped();
        Value value = take();
        if (value != null) {
          return value;
        }
        long left = nanos == Long.MAX_VALUE ? nanos : deadline - System.nanoTime();
        if (left <= 0) {
          return null;
        }
        park(left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      consumers.unlock();
    }
  }

  /** The next value that differs from what was last returned; null when there is none. */
  private @Nullable Value take() {
    PublishedSnapshot snapshot = mailbox.take();
    while (snapshot != null) {
      if (snapshot.version() > taken) {
        taken = snapshot.version();
        Value value = differing(snapshot);
        if (value != null) {
          return value;
        }
      }
      snapshot = mailbox.take();
    }
    return null;
  }

  /** The value in a snapshot, which is the current one now; null when it is no other, or older. */
  private @Nullable Value differing(PublishedSnapshot snapshot) {
    while (true) {
      SnapshotValue before = current;
      SnapshotValue value = SnapshotValue.of(snapshot, before.path());
      if (snapshot.version() <= before.version()
          || PushSubscription.same(before.found(), value.found())) {
        return null;
      }
      if (CURRENT.compareAndSet(this, before, value)) {
        return value;
      }
    }
  }

  private void park(long nanos) {
    waiter = Thread.currentThread();
    if (mailbox.isEmpty()) {
      LockSupport.parkNanos(this, nanos);
    }
    waiter = null;
  }

  private void refuseStopped() {
    if (mailbox.isClosed()) {
      throw new WatcherStoppedException(
          "the watcher of \"" + path() + "\" is stopped, or its Config is closed");
    }
  }

  boolean isStopped() {
    return mailbox.isClosed();
  }

  @Override
  public void stop() {
    if (mailbox.close()) {
      loader.forget(this, List.of(path()));
      wake();
    }
  }

  @Override
  public int hashCode() {
    return order;
  }

  @Override
  public String toString() {
    return "watch[" + path() + "]";
  }

  @Override
  public void end() {
    mailbox.close();
    wake();
  }
}
