package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a session watches: a file, or a folder. Used by one thread at a time. */
interface Target {

  /** Looks without reading content. What goes wrong is part of what was seen. */
  Look look();

  /**
   * Reads what a look saw.
   *
   * @throws ConfigException when a limit is exceeded
   */
  Reading read(Fingerprint seen) throws IOException;

  /**
   * Parses what was read.
   *
   * @throws ConfigException for everything that is wrong with it, with the place
   */
  Document parse(Reading reading);

  /** The name of a document that has 0 bytes, as messages call it, or null if none has. */
  @Nullable String hollow(Reading reading);
}
