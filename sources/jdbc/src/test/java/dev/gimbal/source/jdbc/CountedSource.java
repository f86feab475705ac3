package dev.gimbal.source.jdbc;

import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A source whose tasks are counted: where its threads are virtual, nothing lists them. */
final class CountedSource implements Source {

  private final Source source;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  CountedSource(Source source) {
    this.source = source;
  }

  /** How many tasks have begun so far. */
  int begun() {
    return begun.get();
  }

  /** How many of them have not ended. */
  int running() {
    int over = ended.get();
    return begun.get() - over;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Session open(Sink sink) {
    Tasks counted = new Counted(sink.tasks());
    return source.open(
        new ForwardingSink(sink) {
          @Override
          public Tasks tasks() {
            return counted;
          }
        });
  }

  private final class Counted implements Tasks {

    private final Tasks tasks;

    Counted(Tasks tasks) {
      this.tasks = tasks;
    }

    private Runnable counted(Runnable task) {
      return () -> {
        begun.incrementAndGet();
        try {
          task.run();
        } finally {
          ended.incrementAndGet();
        }
      };
    }

    @Override
    public void execute(String name, Runnable task) {
      tasks.execute(name, counted(task));
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      return tasks.schedule(name, delay, counted(task));
    }

    @Override
    public long nanoTime() {
      return tasks.nanoTime();
    }

    @Override
    public Instant now() {
      return tasks.now();
    }

    @Override
    public double random() {
      return tasks.random();
    }
  }
}
