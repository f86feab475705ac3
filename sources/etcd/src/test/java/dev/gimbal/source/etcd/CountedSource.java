package dev.gimbal.source.etcd;

import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source whose tasks are counted while they run: on a JDK that gives them virtual threads, no
 * list of threads has them.
 *
 * @param running how many have begun and not ended
 */
record CountedSource(Source source, AtomicInteger running) implements Source {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public boolean isOptional() {
    return source.isOptional();
  }

  @Override
  public Map<String, String> labels() {
    return source.labels();
  }

  @Override
  public Session open(Sink sink) {
    Tasks counted = new Counted(sink.tasks(), running);
    return source.open(
        new ForwardingSink(sink) {
          @Override
          public Tasks tasks() {
            return counted;
          }
        });
  }

  private record Counted(Tasks tasks, AtomicInteger running) implements Tasks {

    private Runnable counted(Runnable task) {
      return () -> {
        running.incrementAndGet();
        try {
          task.run();
        } finally {
          running.decrementAndGet();
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
