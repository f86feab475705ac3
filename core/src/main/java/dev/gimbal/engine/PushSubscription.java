package dev.gimbal.engine;

import dev.gimbal.ChangeListener;
import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A listener's mailbox and what it last received.
 *
 * <p>Concurrency. {@link #renew} replaces {@link #last} by a snapshot in which nothing differs for
 * the listener, unless a run has replaced it meanwhile. One in the mailbox that is older than that
 * is passed over: what differed has come back since.
 */
final class PushSubscription extends Delivery implements Receiver {

  private static final AtomicReferenceFieldUpdater<PushSubscription, PublishedSnapshot> LAST =
      AtomicReferenceFieldUpdater.newUpdater(
          PushSubscription.class, PublishedSnapshot.class, "last");

  private final List<ConfigPath> paths;
  private final ChangeListener listener;
  private final Mailbox mailbox = new Mailbox();

  /**
   * What the listener knows, or a newer one that says the same. Written by runs, which are ordered
   * among themselves, and by {@link #renew} with compare-and-set.
   */
  private volatile PublishedSnapshot last;

  /** The last version that was dealt with. Written by runs, read by {@link #isPast}. */
  private volatile long past;

  PushSubscription(
      MemoryLoader loader,
      List<ConfigPath> paths,
      ChangeListener listener,
      PublishedSnapshot last) {
    super(loader);
    this.paths = paths;
    this.listener = listener;
    this.last = last;
    this.past = last.version();
  }

  @Override
  public String name() {
    return "onChange" + paths + " by " + listener.getClass().getName();
  }

  @Override
  public ConfigPath watched(ConfigPath path) {
    return paths.get(paths.indexOf(path));
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
    PublishedSnapshot before = last;
    if (now.version() > before.version() && !differs(before, now)) {
      LAST.compareAndSet(this, before, now);
    }
    if (!mailbox.isEmpty()) { // what no run has taken is as old
      offer(now);
    }
  }

  @Override
  boolean deliverNext() throws Exception {
    PublishedSnapshot snapshot = mailbox.take();
    if (snapshot == null) {
      return false;
    }
    if (snapshot.version() > past) {
      deliver(snapshot);
    }
    return true;
  }

  @Override
  void dealtWith() {
    past = last.version();
  }

  private void deliver(PublishedSnapshot snapshot) throws Exception {
    PublishedSnapshot before = last;
    if (snapshot.version() <= before.version()) {
      return;
    }
    last = snapshot;
    if (differs(before, snapshot)) {
      listener.onChange(new PublishedChange(before, snapshot, paths));
      delivered();
    }
  }

  private boolean differs(PublishedSnapshot before, PublishedSnapshot after) {
    for (ConfigPath path : paths) {
      if (!same(Nodes.at(before.resolved(), path), Nodes.at(after.resolved(), path))) {
        return true;
      }
    }
    return false;
  }

  /** Whether two values are one to readers: that one is a secret by now is no change of it. */
  static boolean same(@Nullable Node before, @Nullable Node after) {
    return before == after
        || before != null
            && after != null
            && (before.equals(after) || Nodes.sameValue(before, after));
  }

  /** Whether a version was delivered, or passed over for a newer one. */
  boolean isPast(long version) {
    return past >= version || mailbox.isClosed() || isIdle();
  }

  @Override
  boolean hasNext() {
    return !mailbox.isEmpty() && !mailbox.isClosed();
  }

  @Override
  boolean isClosed() {
    return mailbox.isClosed();
  }

  @Override
  void closeAndRemove() {
    if (mailbox.close()) {
      loader().forget(this, paths);
    }
  }
}
