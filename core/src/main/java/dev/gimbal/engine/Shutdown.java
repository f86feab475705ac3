package dev.gimbal.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Ends a Config within its close timeout (G4, G8). */
final class Shutdown {

  private final MemoryLoader loader;
  private final @Nullable EngineTasks own;
  private final Once begun = new Once();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /**
   * @param own the threads to end, or null when they were given from outside
   */
  Shutdown(MemoryLoader loader, @Nullable EngineTasks own) {
    this.loader = loader;
    this.own = own;
  }

  /** Ends it, or waits for who is at it. From inside a callback it only begins the end. */
  void close() {
    boolean first = begun.take();
    boolean inside = Callbacks.inside();
    if (first) {
      long deadline = System.nanoTime() + Progress.nanos(loader.settings().limits().close());
      loader.markClosed();
      SourceControl.Stopping stopping = loader.sources().stopTaking();
      if (inside) {
        stopWatching();
        Thread closer =
            new Thread(
                () -> {
                  awaitSteps(stopping, deadline);
                  end(stopping.sessions(), deadline);
                },
                "gimbal-close");
        closer.setDaemon(true);
        closer.start();
      } else {
        awaitSteps(stopping, deadline);
        stopWatching();
        end(stopping.sessions(), deadline);
      }
    } else if (!inside) {
      awaitEnd();
    }
  }

  /** Nothing is published once they have ended. */
  private void awaitSteps(SourceControl.Stopping stopping, long deadline) {
    if (!Progress.ended(stopping.steps(), left(deadline))) {
      Log.warn(() -> "Closing, but a step has not ended: a resource commits, or it is a bug", null);
    }
  }

  /** Makes every watcher's and subscription's terminal state. Waits for nothing. */
  private void stopWatching() {
    for (Receiver receiver : loader.watchers().close()) {
      receiver.end();
    }
    for (Delivery listener : loader.statuses().listeners()) {
      listener.end();
    }
    loader.progress().changed();
  }

  private void end(List<SourceSession> sessions, long deadline) {
    try {
      SessionLife.closeAll(sessions, loader, left(deadline));
      for (Delivery delivery : loader.deliveries()) {
        delivery.awaitEnd(deadline);
      }
      loader.deliveries().clear();
      if (own != null) {
        own.close(left(deadline));
      }
    } finally {
      ended.complete(null);
    }
  }

  private void awaitEnd() {
    if (!Progress.ended(
        ended, Progress.atMost(loader.settings().limits().close()).plusSeconds(2))) {
      Log.warn(() -> "Closing by another thread has not ended", null);
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
