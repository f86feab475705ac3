package dev.gimbal.experiments;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A loader in memory with the faults that the experiments look for.
 *
 * <ul>
 *   <li>{@code stop} closes a watcher's channel, and the list forgets the watcher later, on another
 *       thread; the sender goes through a copy of that list without any lock, so that it may send
 *       on a closed channel, which ends its thread.
 *   <li>A watcher's channel has room for one, and loses the newest when it is full.
 *   <li>A source is read first and watched later, on another thread.
 *   <li>A broken document stays among those to merge, and its source is not watched for a second.
 *   <li>A sync leaves out whoever does not answer.
 *   <li>A source's thread ends with the process.
 * </ul>
 */
final class TwinLoader {

  /** How long a source is not watched after its document could not be merged. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LONG = Duration.ofHours(1);

  private record Update(Map<String, Long> values, long version) {}

  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final List<LoaderWatch> watchers = new CopyOnWriteArrayList<>();
  private final List<TwinSource> sources = new CopyOnWriteArrayList<>();

  /** Sends to watchers, whether they were concerned or not. */
  final AtomicLong wakes = new AtomicLong();

  @GuardedBy("this")
  private final List<TwinSource.Doc> docs = new ArrayList<>();

  @GuardedBy("this")
  private Map<String, Long> values = Map.of();

  @GuardedBy("this")
  private long version;

  int load(TwinSource source) {
    TwinSource.Doc first = source.read();
    int index;
    synchronized (this) {
      docs.add(first);
      sources.add(source);
      index = docs.size() - 1;
      values = merge(docs);
      version++;
    }
    Follower follower = new Follower(source, index);
    followers.add(follower);
    follower.start();
    return index;
  }

  private static Map<String, Long> merge(List<TwinSource.Doc> all) {
    Map<String, Long> merged = new TreeMap<>();
    for (TwinSource.Doc doc : all) {
      if (doc.broken()) {
        throw new IllegalStateException("a document is malformed");
      }
      merged.putAll(doc.values());
    }
    return merged;
  }

  synchronized Map<String, Long> values() {
    return values;
  }

  TwinSource source(int index) {
    return sources.get(index);
  }

  int watchersLeft() {
    return watchers.size();
  }

  boolean isPublishing() {
    return followers.stream().allMatch(Thread::isAlive);
  }

  /** Reads every source again. */
  void sync() {
    List<TwinSource.Doc> answers = new ArrayList<>();
    IllegalStateException failure = null;
    for (TwinSource source : sources) {
      try {
        answers.add(source.read());
      } catch (IllegalStateException e) {
        failure = e;
      }
    }
    synchronized (this) {
      values = merge(answers);
      version++;
    }
    update();
    if (failure != null) {
      throw failure;
    }
  }

  private void update() {
    Map<String, Long> sent = values();
    List<LoaderWatch> all = List.copyOf(watchers);
    long label;
    synchronized (this) {
      label = version;
    }
    for (LoaderWatch watcher : all) {
      watcher.updates.trySend(new Update(sent, label));
      wakes.incrementAndGet();
    }
  }

  LoaderWatch watch(String key) {
    LoaderWatch watch = new LoaderWatch(key);
    synchronized (this) {
      watch.last = watch.pick(values);
      watch.version = version;
      watchers.add(watch);
    }
    Thread forgets = new Thread(null, watch::forget, "twin-forgets", 1 << 16);
    forgets.setDaemon(true);
    watch.forgets = forgets;
    forgets.start();
    return watch;
  }

  /** Waits until each source's thread has died or waits for a change. */
  void settle() throws InterruptedException {
    for (Follower follower : followers) {
      while (follower.isAlive() && !follower.isIdle()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  /** Ends what it would leave behind for ever, so that other tests do not meet it. */
  void abandon() {
    followers.forEach(Thread::interrupt);
    watchers.forEach(LoaderWatch::abandon);
  }

  /** Takes the changes of one source, merges, and sends to the watchers. */
  private final class Follower extends Thread {
    private final TwinSource source;
    private final int index;
    private volatile @Nullable TwinChannel<TwinSource.Doc> changes;

    Follower(TwinSource source, int index) {
      super("twin-source");
      this.source = source;
      this.index = index;
      setDaemon(true);
      setUncaughtExceptionHandler((thread, death) -> {});
    }

    boolean isIdle() {
      TwinChannel<TwinSource.Doc> channel = changes;
      return channel != null && channel.isIdle();
    }

    @Override
    public void run() {
      try {
        while (true) {
          TwinChannel<TwinSource.Doc> channel = source.watch();
          changes = channel;
          follow(channel);
          changes = null;
          source.unwatch(channel);
          TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
      } catch (InterruptedException | Subject.StoppedException end) {
        // Somebody cleared up.
      }
    }

    /** Returns when a merge failed. */
    private void follow(TwinChannel<TwinSource.Doc> channel)
        throws InterruptedException, Subject.StoppedException {
      while (true) {
        Optional<TwinSource.Doc> change = channel.receive(LONG);
        if (change.isPresent() && !take(change.get())) {
          return;
        }
      }
    }

    private boolean take(TwinSource.Doc doc) {
      synchronized (TwinLoader.this) {
        docs.set(index, doc);
        try {
          values = merge(docs);
        } catch (IllegalStateException malformed) {
          return false;
        }
        version++;
      }
      update();
      return true;
    }
  }

  /** One watcher. */
  final class LoaderWatch {
    private final String key;
    private final TwinChannel<Update> updates = new TwinChannel<>(1);
    private final CountDownLatch exit = new CountDownLatch(1);
    private volatile Map<String, Long> last = Map.of();
    private volatile long version;
    private volatile @Nullable Thread forgets;

    private LoaderWatch(String key) {
      this.key = key;
    }

    private Map<String, Long> pick(Map<String, Long> from) {
      Long value = from.get(key);
      return key.isEmpty() ? from : value == null ? Map.of() : Map.of(key, value);
    }

    /** What is at the key now; skips what is not newer, or equal. */
    Optional<Update> next(Duration timeout) throws InterruptedException, Subject.StoppedException {
      while (true) {
        Optional<Update> update = updates.receive(timeout);
        if (update.isEmpty()) {
          return Optional.empty();
        }
        Map<String, Long> picked = pick(update.get().values);
        if (update.get().version > version && !picked.equals(last)) {
          last = picked;
          version = update.get().version;
          return Optional.of(new Update(picked, version));
        }
      }
    }

    Map<String, Long> last() {
      return last;
    }

    long version() {
      return version;
    }

    boolean isIdle() {
      return updates.isIdle();
    }

    /** Its lock keeps other stops away, and nobody else. */
    synchronized void stop() {
      if (exit.getCount() > 0) {
        exit.countDown();
        updates.close();
      }
    }

    private void forget() {
      try {
        exit.await();
        watchers.remove(this);
      } catch (InterruptedException end) {
        // Somebody cleared up.
      }
    }

    private void abandon() {
      Thread thread = forgets;
      if (thread != null) {
        thread.interrupt();
      }
      stop();
    }
  }
}
