package dev.gimbal.traces;

import dev.gimbal.models.Models;
import dev.gimbal.models.Tlc;
import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replays traces against the model, with TLC and {@code verification/models/Trace.tla}. */
final class Replay {

  private static final Pattern REPLAYED =
      Pattern.compile("^<<\"replayed\", ([0-9]+)>>$", Pattern.MULTILINE);
  private static final Pattern REACHED =
      Pattern.compile("^<<\"reached\", ([0-9]+), ([0-9]+), <<(.*)>>>>$", Pattern.MULTILINE);
  private static final Pattern STATES =
      Pattern.compile("([0-9]+) distinct states found, 0 states left on queue");

  private final String name;
  private final Bounds bounds;
  private final boolean comeBack;

  /**
   * @param name of the folder it works in
   * @param comeBack whether the values of the traces do
   */
  Replay(String name, Bounds bounds, boolean comeBack) {
    this.name = name;
    this.bounds = bounds;
    this.comeBack = comeBack;
  }

  /**
   * What came of it.
   *
   * @param rejected the traces that are no behavior of the model
   * @param states how many states the model was in
   */
  record Outcome(List<Trace> rejected, long states) {}

  Outcome run(List<Trace> traces) throws IOException, InterruptedException {
    String output = tlc(name, traces, false, "");
    Set<Integer> replayed = new TreeSet<>();
    REPLAYED.matcher(output).results().forEach(it -> replayed.add(number(it.group(1))));
    List<Trace> rejected = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      if (!replayed.contains(i + 1)) {
        rejected.add(traces.get(i));
      }
    }
    Matcher states = STATES.matcher(output);
    if (!states.find()) {
      throw new AssertionError("TLC did not see all:\n" + output);
    }
    return new Outcome(rejected, Long.parseLong(states.group(1)));
  }

  /** How far rejected traces come: how many events of each thread. */
  Map<Trace, List<Integer>> furthest(List<Trace> rejected)
      throws IOException, InterruptedException {
    if (rejected.isEmpty()) {
      return Map.of();
    }
    int[] most = new int[rejected.size()];
    Arrays.fill(most, -1);
    Map<Trace, List<Integer>> furthest = new LinkedHashMap<>();
    Matcher reached = REACHED.matcher(tlc(name + "-rejected", rejected, true, ""));
    while (reached.find()) {
      int trace = number(reached.group(1)) - 1;
      int events = number(reached.group(2));
      if (events > most[trace]) {
        most[trace] = events;
        furthest.put(
            rejected.get(trace),
            Stream.of(reached.group(3).split(", ")).map(Replay::number).toList());
      }
    }
    return furthest;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /** Fails when a step that is replayed is none of the model's. */
  void expectStepsOfTheModel(List<Trace> traces) throws IOException, InterruptedException {
    tlc(name, traces, false, "PROPERTY IsOfEngine\n");
  }

  private String tlc(String run, List<Trace> traces, boolean tell, String properties)
      throws IOException, InterruptedException {
    Models.folder("Engine.tla", run);
    Path folder = Models.folder("Trace.tla", run);
    Files.writeString(
        folder.resolve("Recorded.tla"),
        traces.stream()
            .map(Trace::tla)
            .collect(
                Collectors.joining(
                    ",\n",
                    "---- MODULE Recorded ----\nCONSTANTS "
                        + String.join(", ", Bounds.NAMES)
                        + "\nTraces == <<\n",
                    "\n>>\n====\n")));
    Files.writeString(folder.resolve("Trace.cfg"), config(tell) + properties);
    ProcessRuns.Ended ended = Tlc.run(folder, 1, "Trace.cfg", "Trace.tla");
    if (ended.code() != 0) {
      throw new AssertionError("TLC ended with code " + ended.code() + ":\n" + ended.output());
    }
    return ended.output();
  }

  private String config(boolean tell) {
    List<String> lines = new ArrayList<>(List.of("CONSTANTS"));
    Bounds.NAMES.forEach(constant -> lines.add(constant + " = " + constant));
    lines.add("Sources = " + set(Bounds.SOURCES));
    lines.add("Watchers = " + set(bounds.watchers()));
    lines.add("Subs = " + set(bounds.subscriptions()));
    lines.add("MaxRev = 90");
    lines.add("MaxFaults = 90");
    lines.add("MaxLooks <- AnyNumber");
    lines.add("ComeBack = " + tla(comeBack));
    lines.add("MayStop = TRUE");
    lines.add("MayClose = TRUE");
    lines.add("Mutant = \"none\"");
    lines.add("Tell = " + tla(tell));
    return String.join("\n  ", lines) + "\nSPECIFICATION TraceSpec\nCONSTRAINT Replayed\n";
  }

  private static String tla(boolean value) {
    return value ? "TRUE" : "FALSE";
  }

  private static String set(List<String> names) {
    return "{" + String.join(", ", names) + "}";
  }
}
