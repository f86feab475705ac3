package dev.gimbal.traces;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does loads to the engine of its own loader and writes what it did. */
public final class Recorder {

  /** Kept, so that its level stays. */
  private static final Logger LOG = Logger.getLogger("dev.gimbal");

  private Recorder() {}

  /**
   * Loads one after the other.
   *
   * @param engine its name
   * @param loud a class of the engine with more noise, or nothing
   * @param seeds of the loads
   */
  public static void record(String engine, String loud, Path to, long[] seeds, boolean large)
      throws IOException, InterruptedException {
    LOG.setLevel(Level.OFF); // sources fail and are refused all the time
    Bounds bounds = large ? Bounds.LARGE : Bounds.SMALL;
    Pool pool = new Pool();
    try (Writer writer = Files.newBufferedWriter(to)) {
      for (long seed : seeds) {
        Load load = new Load(seed, bounds, loud, pool);
        writer.write(new Trace(engine, seed, Reading.of(load.run())).text());
        if (load.hangs()) {
          pool = new Pool();
        }
      }
    }
  }
}
