package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands deliveries to the executor of listeners, away from the lane. A supplied executor is called
 * from a thread of its own for each hand-off, because it may run the task in the caller; a refusal
 * is counted and tried again.
 */
final class Dispatcher {

  static final Duration RETRY = Duration.ofMillis(100);

  private final Tasks tasks;
  private final Timers timers;
  private final @Nullable Executor executor;
  private final Counters counters;

  /**
   * What waits for a thread of its own. Filled by who wakes a delivery, emptied by the dispatch.
   */
  private final ConcurrentLinkedQueue<Delivery> ready = new ConcurrentLinkedQueue<>();

  /** Deliveries in {@link #ready}. Who raises it from 0 starts the dispatch. */
  private final AtomicInteger pending = new AtomicInteger();

  Dispatcher(Tasks tasks, Timers timers, @Nullable Executor executor, Counters counters) {
    this.tasks = tasks;
    this.timers = timers;
    this.executor = executor;
    this.counters = counters;
  }

  /** Takes over a delivery that has something to do. Constant work; throws nothing. */
  void submit(Delivery delivery) {
    ready.add(delivery);
    if (pending.getAndIncrement() == 0) {
      execute("dispatch", () -> handOut(this::start), () -> handOut(Delivery::notTaken));
    }
  }

  /** Does something with each that waits. */
  private void handOut(Consumer<Delivery> each) {
    do {
      Delivery delivery = ready.poll();
      if (delivery != null) {
        each.accept(delivery);
      }
    } while (pending.decrementAndGet() != 0);
  }

  private void start(Delivery delivery) {
    execute("listener " + delivery.name(), () -> handOff(delivery), delivery::notTaken);
  }

  /** Runs a task on a thread of its own, later if there is none to be had now. */
  private void execute(String name, Runnable task, Runnable orElse) {
    try {
      tasks.execute(name, task);
    } catch (RuntimeException | Error e) {
      counters.refusedHandoffs.increment();
      later(name, task, orElse);
    }
  }

  /** Runs a task after a while; if there is no timer either, something else here. */
  private void later(String name, Runnable task, Runnable orElse) {
    Once once = new Once(); // a timer that could not be set may run all the same
    try {
      timers.schedule(
          name,
          RETRY,
          () -> {
            if (once.take()) {
              task.run();
            }
          });
    } catch (RuntimeException | Error e) {
      Log.warn(() -> "There is neither thread nor timer for " + name, e);
      if (once.take()) {
        orElse.run();
      }
    }
  }

  private void handOff(Delivery delivery) {
    if (executor == null) {
      delivery.run();
      return;
    }
    Ticket ticket = new Ticket(delivery);
    try {
      executor.execute(ticket);
    } catch (RuntimeException | Error e) {
      counters.refusedHandoffs.increment();
      if (!(e instanceof RejectedExecutionException)) {
        Log.warn(() -> "The executor failed for " + delivery.name() + "; it is tried again", e);
      }
      if (ticket.take() && !delivery.isClosed()) {
        later("listener " + delivery.name(), () -> handOff(delivery), delivery::notTaken);
      }
    }
  }

  /** The right to run a delivery once: an executor that fails may have taken it over before. */
  private static final class Ticket implements Runnable {
    private final Delivery delivery;
    private final Once once = new Once();

    Ticket(Delivery delivery) {
      this.delivery = delivery;
    }

    boolean take() {
      return once.take();
    }

    @Override
    public void run() {
      if (take()) {
        delivery.run();
      }
    }
  }
}
