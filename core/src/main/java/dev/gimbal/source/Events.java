package dev.gimbal.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Signs that something in certain folders may have changed. */
interface Events extends AutoCloseable {

  /**
   * Watches these folders and no others.
   *
   * @return whether something was not watched before: what changed there until now is unknown
   * @throws IOException when none could be added and one could not
   */
  boolean watch(Map<Path, Look.Folder> folders) throws IOException;

  @Override
  void close();

  /** Makes the events of one session. */
  @FunctionalInterface
  interface Factory {
    Events open(Runnable changed) throws IOException;
  }
}
