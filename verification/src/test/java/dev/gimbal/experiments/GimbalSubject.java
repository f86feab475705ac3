package dev.gimbal.experiments;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gimbal, through what every application uses. */
final class GimbalSubject implements Subject {

  private final List<MemorySource> sources = new CopyOnWriteArrayList<>();
  private final Config config;

  /** With no source yet. */
  GimbalSubject() {
    this.config = Config.builder().build();
  }

  /** With one source from the start. */
  GimbalSubject(Map<String, Long> values) {
    MemorySource first = source(0, values);
    sources.add(first);
    this.config = Config.builder().source(first).build();
  }

  private static MemorySource source(int number, Map<String, Long> values) {
    MemorySource source = Sources.memory("source" + number);
    source.replace(values);
    return source;
  }

  Config config() {
    return config;
  }

  @Override
  public synchronized int load(Map<String, Long> values) {
    MemorySource source = source(sources.size(), values);
    config.add(source);
    sources.add(source);
    return sources.size() - 1;
  }

  @Override
  public boolean put(int source, String key, long value) {
    return write(source, key, value) > 0;
  }

  /** The version that shows it. */
  long write(int source, String key, long value) {
    return sources.get(source).put(key, value);
  }

  @Override
  public long get(String key) {
    return config.get(key).asLong(ABSENT);
  }

  @Override
  public Watch watch(String key) {
    return new GimbalWatch(config.watch(key));
  }

  /** A change is published and offered to all watchers when {@code put} or {@code load} returns. */
  @Override
  public void settle() {}

  @Override
  public int watchersLeft() {
    return config.status().watchers();
  }

  @Override
  public void close() {
    config.close();
  }

  private record GimbalWatch(Watcher watcher) implements Watch {

    @Override
    public Optional<Seen> next(Duration timeout) throws InterruptedException, StoppedException {
      try {
        return watcher.next(timeout).map(GimbalWatch::seen);
      } catch (WatcherStoppedException e) {
        throw new StoppedException();
      }
    }

    private static Seen seen(Value value) {
      return new Seen(value.version(), value.asLong(ABSENT));
    }

    @Override
    public void stop() {
      watcher.stop();
    }
  }
}
