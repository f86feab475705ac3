package dev.gimbal.source;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a file or folder is read and watched.
 *
 * @param path as the user gave it
 * @param name of the source
 * @param format of the documents; null: by their extension
 * @param onMissing what a missing file means
 * @param stillFor how long a file changed in place must stand still before it is read
 * @param settleFor how long a broken, empty or missing file must stay so before it counts
 * @param poll how often to look, without file system events; null: events, and {@link #SAFETY_POLL}
 * @param reading turns the Config's read options into those of this source; null: they are the same
 */
record WatchOptions(
    Path path,
    String name,
    @Nullable String format,
    OnMissing onMissing,
    Duration stillFor,
    Duration settleFor,
    @Nullable Duration poll,
    @Nullable UnaryOperator<ReadOptions> reading) {

  /** How often to look beside events, for those that are lost and file systems without any. */
  static final Duration SAFETY_POLL = Duration.ofSeconds(2);

  WatchOptions {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(onMissing, "onMissing");
    require("stillFor", stillFor, !stillFor.isNegative(), ">= 0s");
    require("settleFor", settleFor, !settleFor.isNegative(), ">= 0s");
    requireAtMostAYear("stillFor", stillFor);
    requireAtMostAYear("settleFor", settleFor);
    if (poll != null) {
      require("poll", poll, poll.compareTo(Duration.ZERO) > 0, "> 0s");
      requireAtMostAYear("poll", poll);
    }
  }

  private static void requireAtMostAYear(String name, Duration value) {
    require(name, value, value.compareTo(SourceSpec.LONGEST) <= 0, "<= 365 days");
  }

  private static void require(String name, Duration value, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  static WatchOptions of(Path path) {
    return new WatchOptions(
        path,
        path.toString(),
        null,
        OnMissing.KEEP,
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        null,
        null);
  }

  /** Those of this source, where the Config has these. */
  ReadOptions readOptions(ReadOptions ofConfig) {
    return reading == null ? ofConfig : reading.apply(ofConfig);
  }

  Duration period() {
    return poll == null ? SAFETY_POLL : poll;
  }

  WatchOptions withName(String newName) {
    return new WatchOptions(path, newName, format, onMissing, stillFor, settleFor, poll, reading);
  }

  WatchOptions withFormat(@Nullable String newFormat) {
    return new WatchOptions(path, name, newFormat, onMissing, stillFor, settleFor, poll, reading);
  }

  WatchOptions withOnMissing(OnMissing newOnMissing) {
    return new WatchOptions(path, name, format, newOnMissing, stillFor, settleFor, poll, reading);
  }

  WatchOptions withStillFor(Duration newStillFor) {
    return new WatchOptions(path, name, format, onMissing, newStillFor, settleFor, poll, reading);
  }

  WatchOptions withSettleFor(Duration newSettleFor) {
    return new WatchOptions(path, name, format, onMissing, stillFor, newSettleFor, poll, reading);
  }

  WatchOptions withPoll(@Nullable Duration newPoll) {
    return new WatchOptions(path, name, format, onMissing, stillFor, settleFor, newPoll, reading);
  }

  /** These options, and a change to how documents are read after those that are there. */
  WatchOptions withReading(UnaryOperator<ReadOptions> change) {
    return new WatchOptions(
        path,
        name,
        format,
        onMissing,
        stillFor,
        settleFor,
        poll,
        read -> change.apply(readOptions(read)));
  }

  WatchOptions withPlaceholders(boolean on) {
    Scalar.Template template = on ? Scalar.Template.ALL : Scalar.Template.NONE;
    return withReading(read -> read.withTemplate(template));
  }

  WatchOptions withDottedKeysExpand(boolean expand) {
    return withReading(read -> read.withExpandDottedKeys(expand));
  }
}
