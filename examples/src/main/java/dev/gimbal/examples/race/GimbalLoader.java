package dev.gimbal.examples.race;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.OptionalLong;

/** Gimbal, through what every application uses. */
final class GimbalLoader implements Contestant {

  private static final String PATH = "value";

  private final MemorySource source = Sources.memory("race");
  private final Config config = Config.builder().source(source).build();

  @Override
  public boolean change(long value) {
    try {
      return source.put(PATH, value) > 0;
    } catch (RuntimeException death) {
      return false;
    }
  }

  /** A change is published when it returns. */
  @Override
  public void settle() {}

  @Override
  public Watch watch() {
    return new GimbalWatch(config.watch(PATH));
  }

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
    public OptionalLong next(Duration timeout) throws InterruptedException, StoppedException {
      try {
        Value value = watcher.next(timeout).orElse(null);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.asLong(0));
      } catch (WatcherStoppedException e) {
        throw new StoppedException();
      }
    }

    @Override
    public void stop() {
      watcher.stop();
    }
  }
}
