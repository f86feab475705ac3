package dev.gimbal.experiments;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks every millisecond whether a text changed, and tells its listeners. What a listener throws
 * ends the looking, and nobody is told.
 */
final class TwinTrigger implements AutoCloseable {

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "twin-trigger");
            thread.setDaemon(true);
            return thread;
          });
  private final Supplier<String> source;
  private final ScheduledFuture<?> looking;
  private volatile String text;

  TwinTrigger(Supplier<String> source) {
    this.source = source;
    this.text = source.get();
    this.looking = executor.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.MILLISECONDS);
  }

  void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  private void look() {
    String now = source.get();
    if (!now.equals(text)) {
      text = now;
      listeners.forEach(listener -> listener.accept(now));
    }
  }

  String text() {
    return text;
  }

  /** Waits until it has seen a text, or never will. */
  void settle(String expected) throws InterruptedException {
    Experiment.until(() -> text.equals(expected) || looking.isDone());
  }

  /** Its executor runs; that is all it knows. */
  boolean isRunning() {
    return !executor.isShutdown();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
