package dev.gimbal.testing.backend;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A source whose tasks are counted, so that a test sees when one does not end: where threads are
 * virtual, no list of threads has them. All else is as the source has it.
 *
 * <pre>{@code
 * CountedSource source = new CountedSource(EtcdSource.tree("/app", "127.0.0.1:" + proxy.port()));
 * try (Config config = Config.builder().source(source).build()) {
 *   proxy.halfOpen();
 *   ...
 * }
 * await(() -> source.running() == 0);
 * }</pre>
 *
 * <p>A task is what it runs on {@link Sink#tasks()}, of the sink that it was opened with or of one
 * that it is to read again for. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class CountedSource implements Source {

  private final Source source;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  /**
   * Counts the tasks of a source, which belongs to this one then.
   *
   * @param source not opened yet
   */
  public CountedSource(Source source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /** How many tasks have begun so far; those that wait for their time have not. */
  public int begun() {
    return begun.get();
  }

  /** How many of them have not ended; also one that throws has ended. */
  public int running() {
    int over = ended.get(); // read first, so that there are never more of them
    return begun.get() - over;
  }

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
    return new CountedSession(source.open(counting(sink)));
  }

  @Override
  public String toString() {
    return "counted " + source;
  }

  private Sink counting(Sink sink) {
    return new ForwardingSink(sink) {
      @Override
      public Tasks tasks() {
        return new CountedTasks(super.tasks());
      }
    };
  }

  private final class CountedSession implements Session {

    private final Session session;

    CountedSession(Session session) {
      this.session = session;
    }

    @Override
    public void reload(Sink sink) {
      session.reload(counting(sink));
    }

    @Override
    public void edit(Edit edit, Consumer<Document> check) {
      session.edit(edit, check);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private final class CountedTasks implements Tasks {

    private final Tasks tasks;

    CountedTasks(Tasks tasks) {
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
