package dev.gimbal.engine;

import dev.gimbal.ConfigException;

/** What a source says to its sink, on its way to the lane. */
sealed interface Said permits Input, Said.Absent, Said.Failed, Said.Degraded, Said.Reset {

  /** The source answered, and there is nothing. */
  record Absent(ConfigException why) implements Said {}

  /** The source could not be read, or what was read is malformed. */
  record Failed(ConfigException why) implements Said {}

  /** The source is well, but what it holds is odd. */
  record Degraded(ConfigException why) implements Said {}

  /** The next document is let in, whatever its revision. */
  record Reset() implements Said {}
}
