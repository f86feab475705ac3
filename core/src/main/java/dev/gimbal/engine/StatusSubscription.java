package dev.gimbal.engine;

import dev.gimbal.SourceStatus;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A listener of source states: told about each one, in order. */
final class StatusSubscription extends Delivery {

  private final MemoryLoader loader;
  private final Consumer<? super SourceStatus> listener;
  private final ConcurrentLinkedQueue<SourceStatus> queue = new ConcurrentLinkedQueue<>();

  /** Written by whoever closes, read by runs before each call. */
  private volatile boolean closed;

  StatusSubscription(String name, MemoryLoader loader, Consumer<? super SourceStatus> listener) {
    super(name, loader);
    this.loader = loader;
    this.listener = listener;
  }

  void offer(SourceStatus status) {
    if (!closed) {
      queue.add(status);
      wake();
    }
  }

  @Override
  boolean deliverNext() {
    if (closed) {
      queue.clear();
      return false;
    }
    SourceStatus status = queue.poll();
    if (status == null) {
      return false;
    }
    listener.accept(status);
    delivered();
    return true;
  }

  @Override
  boolean hasNext() {
    return !closed && !queue.isEmpty();
  }

  @Override
  boolean isClosed() {
    return closed;
  }

  @Override
  void closeAndRemove() {
    closed = true;
    loader.forget(this);
  }

  @Override
  long nanoTime() {
    return loader.nanoTime();
  }
}
