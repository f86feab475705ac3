package dev.gimbal.source.nats;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one connection of the client library, which needs executors and timers of its own.
 * It would make them itself, but without names, and end them only if all goes well.
 */
final class NatsThreads {

  private static final long IDLE_SECONDS = 5;
  private static final long END_SECONDS = 5;

  /** Reads, writes, hands over messages, connects. */
  final ExecutorService workers;

  /** Tells of events, in their order. */
  final ExecutorService events;

  final ScheduledExecutorService timer;

  NatsThreads(String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(task, "gimbal " + name + " " + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    one.allowCoreThreadTimeOut(true);
    events = one;
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threads);
    scheduler.setRemoveOnCancelPolicy(true);
    timer = Executors.unconfigurableScheduledExecutorService(scheduler);
  }

  /** Waits until all events so far are told; none is told afterwards. */
  void endEvents() {
    events.shutdown();
    await(List.of(events));
  }

  /** Ends all threads and waits for them for a moment. */
  void end() {
    workers.shutdownNow();
    await(List.of(workers)); // who connects would leave a socket open where there is no timer
    List<ExecutorService> others = List.of(events, timer);
    others.forEach(ExecutorService::shutdownNow);
    await(others);
  }

  private static void await(List<ExecutorService> ended) {
    try {
      for (ExecutorService each : ended) {
        if (!each.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
          return; // what is stuck in foreign code is a daemon and can no longer reach us
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
