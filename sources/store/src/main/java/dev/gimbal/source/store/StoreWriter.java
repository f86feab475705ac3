package dev.gimbal.source.store;

import java.io.IOException;
import java.util.Map;

/**
 * Writes keys of a store for one edit. Used by one thread.
 *
 * @since 0.1.0
 */
public interface StoreWriter {

  /** All keys of the layer with their values now; what they are is noted for {@link #write}. */
  Map<String, byte[]> read() throws IOException, InterruptedException;

  /**
   * Writes all of it, or nothing where one of the keys that the edit relies on is not as it was
   * read.
   *
   * @return whether it is written
   * @throws dev.gimbal.ConfigException GIM-028 when the store cannot do all of it at once
   */
  boolean write(StoreEdit edit) throws IOException, InterruptedException;
}
