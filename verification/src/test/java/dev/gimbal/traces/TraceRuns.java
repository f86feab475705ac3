package dev.gimbal.traces;

import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Traces of some engines, recorded and replayed. */
final class TraceRuns {

  /** Traces that one run of TLC reads. */
  private static final int CHUNK = 500;

  /** Rejected traces of one engine that are looked at more closely. */
  private static final int LOOKED_AT = 5;

  private final Map<String, List<Trace>> recorded = new LinkedHashMap<>();
  private final Map<String, List<Trace>> rejected = new LinkedHashMap<>();
  private final Map<Trace, List<Integer>> furthest = new LinkedHashMap<>();
  private long states;

  /** From the first on, each larger than the last one by a step. */
  record Seeds(long first, long step) {}

  private TraceRuns() {}

  /**
   * Records and replays.
   *
   * @param name of the folders it works in
   * @param seeds of the loads
   * @param loads how many of each engine, by its name
   */
  static TraceRuns of(String name, boolean large, Seeds seeds, Map<String, Integer> loads)
      throws IOException, InterruptedException {
    Path folder = ProcessRuns.folder("traces", name);
    record(folder, large, seeds, loads);
    List<Trace> traces = Recording.read(folder);
    TraceRuns runs = new TraceRuns();
    loads.keySet().forEach(engine -> runs.recorded.put(engine, new ArrayList<>()));
    traces.forEach(trace -> runs.recorded.get(trace.engine()).add(trace));
    runs.replay(name, large ? Bounds.LARGE : Bounds.SMALL, traces);
    return runs;
  }

  private static void record(Path folder, boolean large, Seeds seeds, Map<String, Integer> loads)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (var old = Files.newDirectoryStream(folder, "*.traces")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessRuns.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // each engine has classes of its own
                "-Xmx1g",
                "-Dgimbal.root=" + System.getProperty("gimbal.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Recording.class.getName(),
                folder.toString(),
                large ? "LARGE" : "SMALL",
                Long.toString(seeds.first()),
                Long.toString(seeds.step())));
    loads.forEach((engine, count) -> command.addAll(List.of(engine, count.toString())));
    ProcessRuns.Ended ended = ProcessRuns.execute(folder, command);
    if (ended.code() != 0) {
      throw new AssertionError("the recording ended with " + ended.code() + ":\n" + ended.output());
    }
  }

  private void replay(String name, Bounds bounds, List<Trace> traces)
      throws IOException, InterruptedException {
    record Part(Replay replay, Replay.Outcome outcome, Map<Trace, List<Integer>> furthest) {}
    List<String> keys = new ArrayList<>();
    try (ProcessRuns<Part> runs = new ProcessRuns<>()) {
      for (boolean comeBack : new boolean[] {true, false}) {
        List<Trace> some =
            traces.stream().filter(trace -> Trace.comesBack(trace.seed()) == comeBack).toList();
        for (int first = 0; first < some.size(); first += CHUNK) {
          List<Trace> chunk = some.subList(first, Math.min(some.size(), first + CHUNK));
          String key = "traces-" + name + "-" + keys.size();
          keys.add(key);
          Replay replay = new Replay(key, bounds, comeBack);
          runs.begin(
              key,
              () -> {
                Replay.Outcome outcome = replay.run(chunk);
                return new Part(replay, outcome, replay.furthest(some(outcome.rejected())));
              });
        }
      }
      for (String key : keys) {
        Part part = runs.result(key);
        states += part.outcome.states();
        furthest.putAll(part.furthest);
        for (Trace trace : part.outcome.rejected()) {
          rejected.computeIfAbsent(trace.engine(), engine -> new ArrayList<>()).add(trace);
        }
      }
    }
  }

  /** The first ones of each engine. */
  private static List<Trace> some(List<Trace> all) {
    return all.stream().collect(Collectors.groupingBy(Trace::engine)).values().stream()
        .flatMap(ofOne -> ofOne.stream().limit(LOOKED_AT))
        .toList();
  }

  List<Trace> recorded(String engine) {
    return recorded.get(engine);
  }

  List<Trace> rejected(String engine) {
    return rejected.getOrDefault(engine, List.of());
  }

  /** How far a rejected trace came; null when that was not looked at. */
  List<Integer> furthest(Trace trace) {
    return furthest.get(trace);
  }

  long states() {
    return states;
  }
}
