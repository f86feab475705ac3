package dev.gimbal.experiments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Configuration over a {@link TwinLoader}, with faults of its own.
 *
 * <ul>
 *   <li>What readers see comes through a watcher like any other, and may be lost like any other.
 *   <li>A watcher compares with the value that was there when it was made, for ever.
 *   <li>A load that fails in part shows nothing of it; one that succeeds tells no watcher.
 *   <li>{@code close} closes neither loader nor sources, and wakes no watcher.
 * </ul>
 */
final class TwinSubject implements Subject {

  private static final Duration LONG = Duration.ofHours(1);

  private final TwinLoader loader = new TwinLoader();
  private final TwinLoader.LoaderWatch own = loader.watch("");
  private final Thread reader = new Thread(this::follow, "twin-config");
  private volatile Map<String, Long> values = Map.of();

  TwinSubject() {
    reader.setDaemon(true);
    reader.start();
  }

  TwinSubject(Map<String, Long> first) {
    this();
    load(first);
  }

  private void follow() {
    try {
      while (true) {
        if (own.next(LONG).isPresent()) {
          values = own.last();
        }
      }
    } catch (StoppedException | InterruptedException end) {
      // It was closed.
    }
  }

  TwinLoader loader() {
    return loader;
  }

  @Override
  public int load(Map<String, Long> first) {
    return load(List.of(new TwinSource(first)));
  }

  /** The number of the last. */
  int load(List<TwinSource> sources) {
    IllegalStateException failure = null;
    int last = -1;
    for (TwinSource source : sources) {
      try {
        last = loader.load(source);
      } catch (IllegalStateException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    values = loader.values();
    return last;
  }

  @Override
  public boolean put(int source, String key, long value) {
    loader.source(source).put(key, value);
    return loader.isPublishing();
  }

  @Override
  public long get(String key) {
    return values.getOrDefault(key, ABSENT);
  }

  @Override
  public Watch watch(String key) {
    return new TwinWatch(key, get(key), loader.watch(key));
  }

  @Override
  public void settle() throws InterruptedException {
    loader.settle();
    while (reader.isAlive() && !own.isIdle()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Without the one that feeds the readers. */
  @Override
  public int watchersLeft() {
    return loader.watchersLeft() - 1;
  }

  @Override
  public void close() {
    own.stop();
  }

  @Override
  public void abandon() {
    close();
    loader.abandon();
  }

  private record TwinWatch(String key, long first, TwinLoader.LoaderWatch watch) implements Watch {

    @Override
    public Optional<Seen> next(Duration timeout) throws InterruptedException, StoppedException {
      while (watch.next(timeout).isPresent()) {
        long value = watch.last().getOrDefault(key, ABSENT);
        if (value != first) {
          return Optional.of(new Seen(watch.version(), value));
        }
      }
      return Optional.empty();
    }

    @Override
    public void stop() {
      watch.stop();
    }
  }
}
