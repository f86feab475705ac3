package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gimbal.source.Tasks;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The timer of a lease, which the test moves. */
class EtcdLeaseTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private final ManualTasks tasks = new ManualTasks();

  /** A task that was scheduled. */
  private static final class Timer implements Tasks.Cancellable {

    private final Runnable task;
    private boolean cancelled;

    Timer(Runnable task) {
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /** Used by one thread. */
  private static final class ManualTasks implements Tasks {

    private final List<Timer> timers = new ArrayList<>();

    /** Runs once, before the next task is scheduled. */
    private Runnable before = () -> {};

    @Override
    public void execute(String name, Runnable task) {
      PlainSink.TASKS.execute(name, task);
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      Runnable first = before;
      before = () -> {};
      first.run();
      Timer timer = new Timer(task);
      timers.add(timer);
      return timer;
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }
  }

  private static long id(EtcdLease lease, EtcdConnection connection) {
    try {
      return lease.id(connection);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void timer_ofALeaseThatIsGone_leavesThatOfTheNextOne() throws Exception {
    EtcdOptions options =
        EtcdSource.tree("/app", "127.0.0.1:" + ETCD.server().address().getPort()).options();
    EtcdThreads threads = new EtcdThreads("etcd", PlainSink.TASKS);
    try (EtcdConnection connection =
        EtcdConnection.open(options, options.endpoints().get(0), threads)) {
      EtcdLease lease = new EtcdLease(options, Duration.ofMinutes(5), tasks);
      long first = id(lease, connection);
      tasks.before =
          () -> { // while the first one is kept alive
            lease.forget(first);
            assertNotEquals(first, id(lease, connection));
          };
      tasks.timers.get(0).task.run();
      assertEquals(
          List.of(true, false, true), tasks.timers.stream().map(timer -> timer.cancelled).toList());
      lease.close();
      assertEquals(
          List.of(true, true, true), tasks.timers.stream().map(timer -> timer.cancelled).toList());
    } finally {
      threads.close();
    }
  }
}
