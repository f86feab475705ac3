package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.WatcherStoppedException;
import java.time.Duration;
import java.util.List;

/** The engine's own pull watcher, on a loader that has no sources and no threads. */
final class Watchers {

  /** What {@link #next} answers for a watcher that is stopped. */
  static final long STOPPED = -1;

  private static final ConfigPath PATH = ConfigPath.parse("version");

  /** Immutable but for what nobody here registers. */
  private static final MemoryLoader LOADER = loader();

  private Watchers() {}

  static PullWatcher fromVersionZero() {
    return new PullWatcher(LOADER, SnapshotValue.of(Snapshots.of(0), PATH));
  }

  private static MemoryLoader loader() {
    Duration any = Duration.ofSeconds(10);
    Settings settings =
        new Settings(
            null,
            null,
            null,
            Settings.Limits.all(any),
            true,
            null,
            16,
            Settings.UserCode.NONE,
            UnknownKeyCheck.Owned.NOTHING,
            List.of(),
            false,
            Decryption.Keys.NONE,
            null);
    return new MemoryLoader(settings, null, null, null, null);
  }

  /** The version of the next value. */
  static long next(PullWatcher watcher) {
    try {
      return watcher.next().version();
    } catch (WatcherStoppedException stopped) {
      return STOPPED;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
