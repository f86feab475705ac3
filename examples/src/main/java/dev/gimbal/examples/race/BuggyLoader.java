package dev.gimbal.examples.race;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A loader with the race in it. One thread takes the source's changes and sends them to the
 * watchers; each watcher has a channel with room for one.
 *
 * <ul>
 *   <li>{@code stop} closes the channel, and its lock keeps only other stops away; the sender does
 *       not take that lock, so that it may send on a closed channel, which ends its thread.
 *   <li>A channel that is full loses the newest value, so that a burst leaves an older one.
 *   <li>The sender's thread is the one that drops stopped watchers from the list, so that they stay
 *       once it is dead.
 * </ul>
 */
final class BuggyLoader implements Contestant {

  private final LinkedBlockingQueue<Runnable> changes = new LinkedBlockingQueue<>();
  private final List<BuggyWatch> watchers = new CopyOnWriteArrayList<>();
  private final Thread publisher = new Thread(this::publish, "race-publisher");
  private volatile boolean ended;

  BuggyLoader() {
    publisher.setDaemon(true);
    publisher.setUncaughtExceptionHandler((thread, death) -> {});
    publisher.start();
  }

  private void publish() {
    try {
      while (!ended) {
        changes.take().run();
        watchers.removeIf(watcher -> watcher.stopped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(long value) {
    for (BuggyWatch watcher : watchers) {
      if (!watcher.stopped) {
        watcher.updates.trySend(value);
      }
    }
  }

  @Override
  public boolean change(long value) {
    changes.add(() -> send(value));
    return publisher.isAlive();
  }

  @Override
  public void settle() throws InterruptedException {
    CountDownLatch settled = new CountDownLatch(1);
    changes.add(settled::countDown);
    while (settled.getCount() > 0 && publisher.isAlive()) {
      publisher.join(1);
    }
  }

  @Override
  public Watch watch() {
    BuggyWatch watch = new BuggyWatch();
    watchers.add(watch);
    return watch;
  }

  @Override
  public int watchersLeft() {
    return watchers.size();
  }

  @Override
  public void close() {
    ended = true;
    publisher.interrupt();
  }

  private static final class BuggyWatch implements Watch {
    private final Channel updates = new Channel();
    private volatile boolean stopped;

    @Override
    public OptionalLong next(Duration timeout) throws InterruptedException, StoppedException {
      return updates.receive(timeout);
    }

    @Override
    public synchronized void stop() {
      if (!stopped) {
        updates.close();
        stopped = true;
      }
    }
  }
}
