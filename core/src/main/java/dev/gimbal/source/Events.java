package dev.gimbal.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Signs that something in certain folders may have changed, and what was renamed in them. */
interface Events extends AutoCloseable {

  /**
   * Watches these folders and no others.
   *
   * @return whether something was not watched before: what changed there until now is unknown
   * @throws IOException when none could be added and one could not
   */
  boolean watch(Map<Path, Look.Folder> folders) throws IOException;

  /** A point in the order of events, for {@link #renamedSince}. */
  default long mark() {
    return 0;
  }

  /**
   * The files that, if they were there at a mark, were renamed into place since, by their real
   * paths; no others, and maybe not all. Later marks must not be earlier.
   */
  default Set<Path> renamedSince(long mark) {
    return Set.of();
  }

  @Override
  void close();

  /** Makes the events of one session. */
  @FunctionalInterface
  interface Factory {
    Events open(Runnable changed) throws IOException;
  }
}
