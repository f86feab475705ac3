package dev.gimbal.engine;

import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Loaders without threads, for what needs one. */
final class Loaders {

  private static final Duration ANY = Duration.ofSeconds(10);

  private static final Settings SETTINGS =
      new Settings(
          Formats.installed(List.of()),
          ReadOptions.DEFAULT,
          Merger.Policies.NONE,
          Settings.Limits.all(ANY),
          true,
          Conversions.standard(),
          16,
          Settings.UserCode.NONE,
          UnknownKeyCheck.Owned.NOTHING,
          List.of(),
          false,
          Decryption.Keys.NONE,
          null);

  private Loaders() {}

  /** One without sources. */
  static MemoryLoader of(Tasks tasks, @Nullable Executor executor) {
    return new MemoryLoader(SETTINGS, tasks, null, executor, ProcessOutside.INSTANCE);
  }
}
