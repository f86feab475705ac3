package dev.gimbal.source.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Tasks;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one session's connections: one that moves bytes, and those of the session for
 * everything that may block. It is the executor of the connections; once it is closed their work
 * runs on whichever thread has it, so that none of it is lost and no channel waits for it for ever.
 *
 * <p>The thread begins with the first connection, and ends when it is closed and the last
 * connection has ended.
 */
final class EtcdThreads implements Executor {

  private final String name;
  private final Tasks tasks;

  /** What has not begun. Each runs once, whoever comes first. */
  private final Set<Once> waiting = ConcurrentHashMap.newKeySet();

  @GuardedBy("this")
  private @Nullable EventLoopGroup loop;

  @GuardedBy("this")
  private int connections;

  /**
   * Written under the lock by {@link #close}; read after something was added to {@link #waiting}.
   */
  private volatile boolean closed;

  EtcdThreads(String name, Tasks tasks) {
    this.name = name;
    this.tasks = tasks;
  }

  @Override
  public void execute(Runnable work) {
    Once task = new Once(work);
    waiting.add(task);
    if (closed) {
      task.run();
      return;
    }
    boolean taken = false;
    try {
      tasks.execute(name, task);
      taken = true;
    } finally {
      if (!taken) {
        waiting.remove(task);
      }
    }
  }

  /** Work that several may come to do, of whom the first does it. */
  private final class Once implements Runnable {

    private final Runnable work;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      waiting.remove(this);
      if (begun.compareAndSet(false, true)) {
        work.run();
      }
    }
  }

  /**
   * What moves the bytes of one more connection, which calls {@link #leave} at its end.
   *
   * @throws IOException when the session is closed
   */
  synchronized EventLoopGroup join() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    EventLoopGroup present = loop;
    if (present == null) {
      present = new NioEventLoopGroup(1, this::thread);
      loop = present;
    }
    connections++;
    return present;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "gimbal-etcd " + name);
    thread.setDaemon(true);
    return thread;
  }

  void leave() {
    EventLoopGroup last;
    synchronized (this) {
      connections--;
      last = takeLoop();
    }
    end(last);
  }

  /** The thread may end when it is closed and nobody needs it any more. */
  @GuardedBy("this")
  private @Nullable EventLoopGroup takeLoop() {
    EventLoopGroup taken = closed && connections == 0 ? loop : null;
    loop = taken == null ? loop : null;
    return taken;
  }

  /** Waits a second at most; not for itself. */
  private static void end(@Nullable EventLoopGroup taken) {
    if (taken == null) {
      return;
    }
    boolean own = taken.next().inEventLoop();
    Future<?> end = taken.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    if (own) {
      return;
    }
    try {
      end.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on work runs at once; so does what has not begun. */
  void close() {
    EventLoopGroup last;
    synchronized (this) {
      closed = true;
      last = takeLoop();
    }
    waiting.forEach(Once::run);
    end(last);
  }
}
