package dev.gimbal.engine;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A seeded bug, in the shape of the watcher that Gimbal's replaces: a queue of one that drops the
 * newest when it is full, and a stop that is a flag beside the queue, checked before the act.
 */
final class ReferenceMailbox {

  private final ArrayBlockingQueue<PublishedSnapshot> queue = new ArrayBlockingQueue<>(1);
  private volatile boolean stopped;

  void offer(PublishedSnapshot snapshot) {
    if (!stopped) {
      queue.offer(snapshot);
    }
  }

  @Nullable PublishedSnapshot take() {
    return queue.poll();
  }

  boolean close() {
    boolean closes = !stopped;
    stopped = true;
    queue.clear();
    return closes;
  }

  boolean isClosed() {
    return stopped;
  }
}
