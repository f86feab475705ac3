package dev.gimbal.models;

import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The model checker TLC. It keeps static state, so that each run has a JVM of its own. */
public final class Tlc {

  private static final String MAIN = "tlc2.TLC";

  private Tlc() {}

  /** Checks a module that stands in a folder, with the configuration beside it. */
  public static ProcessRuns.Ended run(Path folder, int workers, String config, String module)
      throws IOException, InterruptedException {
    ProcessRuns.Ended ended =
        ProcessRuns.execute(
            folder,
            List.of(
                ProcessRuns.java(),
                workers == 1 ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=" + (workers == 1 ? 1 : 4),
                "-Xmx4g",
                "-Djava.io.tmpdir=" + folder, // it unpacks its standard modules there
                "-cp",
                jar().toString(),
                MAIN,
                "-deadlock", // nothing is left to do in the end
                "-lncheck",
                "final",
                "-metadir",
                folder.resolve("states").toString(),
                "-workers",
                Integer.toString(workers),
                "-config",
                config,
                module));
    clear(folder.resolve("states"));
    return ended;
  }

  private static Path jar() {
    try {
      return Path.of(
          Class.forName(MAIN).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> below = Files.walk(folder)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
