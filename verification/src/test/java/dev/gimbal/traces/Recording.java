package dev.gimbal.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Records traces of the sound engine and of changed ones, in a JVM of its own: a changed engine may
 * leave threads behind.
 */
final class Recording {

  /** Loads of one engine that are done one after the other. */
  private static final int CHUNK = 500;

  private Recording() {}

  /**
   * Two loads at a time.
   *
   * @param args the folder for the traces; SMALL or LARGE bounds; the first seed; what is added to
   *     it for the next; then the name of each engine and the number of its loads
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    boolean large = args[1].equals("LARGE");
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 4; i < args.length; i += 2) {
      String engine = args[i];
      long step = Long.parseLong(args[3]);
      long[] seeds =
          LongStream.iterate(Long.parseLong(args[2]), seed -> seed + step)
              .limit(Integer.parseInt(args[i + 1]))
              .toArray();
      for (int first = 0; first < seeds.length; first += CHUNK) {
        Path file = folder.resolve(engine + "-" + first + ".traces");
        long[] chunk = LongStream.of(seeds).skip(first).limit(CHUNK).toArray();
        ends.add(two.submit(() -> record(folder, engine, file, chunk, large)));
      }
    }
    for (Future<?> end : ends) {
      end.get();
    }
    System.exit(0);
  }

  private static Void record(Path folder, String engine, Path to, long[] seeds, boolean large)
      throws ReflectiveOperationException, IOException {
    String loud = "";
    Map<String, byte[]> changed = Map.of();
    if (!engine.equals(SeededEngine.SOUND)) {
      loud = SeededEngine.valueOf(engine).type();
      changed = SeededEngine.valueOf(engine).compile(folder);
    }
    EngineLoader loader = new EngineLoader(changed);
    Thread.currentThread().setContextClassLoader(loader); // formats are found by it
    loader
        .loadClass(Recorder.class.getName())
        .getMethod("record", String.class, String.class, Path.class, long[].class, boolean.class)
        .invoke(null, engine, loud, to, seeds, large);
    return null;
  }

  /** What was recorded into a folder. */
  static List<Trace> read(Path folder) throws IOException {
    List<Trace> traces = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, "*.traces")) {
      for (Path file : files) {
        traces.addAll(Trace.parse(Files.readAllLines(file)));
      }
    }
    return traces;
  }
}
