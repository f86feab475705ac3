package dev.gimbal.engine;

import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.List;

/** Loaders with the settings of tests. */
final class Loaders {

  /** How long anything may take before it is given up or reported. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private Loaders() {}

  /** A loader whose limits are all {@link #LIMIT}; the sources have answered. */
  static MemoryLoader open(Tasks tasks, Source... sources) {
    return open(tasks, LIMIT, sources);
  }

  /** The same; closing takes so long at most. */
  static MemoryLoader open(Tasks tasks, Duration closeTimeout, Source... sources) {
    Settings settings =
        new Settings(
            Formats.installed(List.of()),
            ReadOptions.DEFAULT,
            Merger.Policies.NONE,
            new Settings.Limits(LIMIT, closeTimeout, LIMIT, LIMIT, LIMIT),
            true,
            Conversions.standard(),
            16,
            Settings.UserCode.NONE,
            UnknownKeyCheck.Owned.NOTHING,
            List.of(),
            false,
            Decryption.Keys.NONE,
            null);
    EngineTasks own = tasks instanceof EngineTasks engine ? engine : null;
    MemoryLoader loader =
        new MemoryLoader(settings, tasks, own, null, Placeholders.Outside.PROCESS);
    loader.sources().add(List.of(sources));
    return loader;
  }
}
