package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import java.io.IOException;
import java.util.function.Consumer;
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
   * @param before what it was parsed to last, or null
   * @throws ConfigException for everything that is wrong with it, with the place
   */
  Parsed parse(Reading reading, @Nullable Parsed before);

  /**
   * Whether the last parsing asked for files that the reading could not hold, because the look
   * before did not know of them.
   */
  default boolean wantsMore() {
    return false;
  }

  /**
   * Edits the file, from any thread.
   *
   * @param check is given what will be read then, before it is written
   * @throws ConfigException GIM-028 for a folder; as {@link FileEdit#apply} does
   */
  default void edit(Edit edit, Consumer<Document> check) {
    throw new ConfigException(ErrorCode.NOT_EDITABLE, "a folder is not edited, but its files are");
  }

  /** What messages call the target if all of it is a document of 0 bytes, else null. */
  @Nullable String hollow(Reading reading);
}
