package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.SourceStatus;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener of source states: told about each one, in order. While more than {@link #BOUND} wait,
 * only the newest of each source is kept.
 */
final class StatusSubscription extends Delivery {

  private final Consumer<? super SourceStatus> listener;

  static final int BOUND = 1024;

  /** What waits. Filled by the lane, emptied by runs. */
  @GuardedBy("queue")
  private final ArrayDeque<SourceStatus> queue = new ArrayDeque<>();

  /** Written by whoever closes, read by runs before each call. */
  private volatile boolean closed;

  StatusSubscription(MemoryLoader loader, Consumer<? super SourceStatus> listener) {
    super(loader);
    this.listener = listener;
  }

  @Override
  public String name() {
    return "onStatus by " + listener.getClass().getName();
  }

  void offer(SourceStatus status) {
    if (closed) {
      return;
    }
    synchronized (queue) {
      queue.add(status);
      if (queue.size() > BOUND) {
        keepNewest();
      }
    }
    wake();
  }

  @GuardedBy("queue")
  private void keepNewest() {
    Map<String, SourceStatus> newest = new LinkedHashMap<>();
    for (SourceStatus status : queue) {
      newest.remove(status.name());
      newest.put(status.name(), status);
    }
    queue.clear();
    queue.addAll(newest.values());
  }

  private @Nullable SourceStatus poll() {
    synchronized (queue) {
      if (closed) {
        queue.clear();
      }
      return queue.poll();
    }
  }

  @Override
  boolean deliverNext() {
    SourceStatus status = poll();
    if (status == null) {
      return false;
    }
    listener.accept(status);
    delivered();
    return true;
  }

  @Override
  boolean hasNext() {
    synchronized (queue) {
      return !closed && !queue.isEmpty();
    }
  }

  @Override
  boolean isClosed() {
    return closed;
  }

  @Override
  void closeAndRemove() {
    closed = true;
    loader().forget(this);
  }
}
