package dev.gimbal.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gimbal.models.Models;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the engine does under load is what the model of it allows: its steps are recorded and
 * replayed against the next-state relation of {@code verification/models/Engine.tla}. An engine
 * with a seeded bug is caught by it. {@code -Dgimbal.traces.count=N} records as many, {@code
 * -Dgimbal.traces.seed=N} does the same load each time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("models")
@Timeout(3_600)
class TracesTest {

  private static final int COUNT = Integer.getInteger("gimbal.traces.count", 200);
  private static final Long ONLY = Long.getLong("gimbal.traces.seed");

  private static final Pattern OPS = Pattern.compile("^\\w+Ops +== \\{(.*)}$", Pattern.MULTILINE);

  /** A bug that shows itself in so many loads is looked for each time. */
  private static final int QUICK = 10;

  /** Loads of each round with many watchers. */
  private static final int MANY = 1_000;

  /** Traces of which each step is held against the whole next-state relation. */
  private static final int STEPPED = 20;

  private TraceRuns sound;
  private TraceRuns seeded;

  @BeforeAll
  void recordAndReplay() throws Exception {
    sound = TraceRuns.of("sound", false, seeds(1), Map.of(SeededEngine.SOUND, COUNT));
    seeded = seeded(quick());
  }

  private static TraceRuns seeded(List<SeededEngine> engines) throws Exception {
    Map<String, Integer> loads = new LinkedHashMap<>();
    engines.forEach(engine -> loads.put(engine.name(), engine.loads()));
    String name = engines.size() == 1 ? engines.get(0).name() : "seeded";
    return TraceRuns.of(name, false, new TraceRuns.Seeds(1, 1), loads);
  }

  static List<SeededEngine> quick() {
    return Stream.of(SeededEngine.values()).filter(engine -> engine.loads() <= QUICK).toList();
  }

  static List<SeededEngine> rare() {
    return Stream.of(SeededEngine.values()).filter(engine -> engine.loads() > QUICK).toList();
  }

  private static TraceRuns.Seeds seeds(long first) {
    return ONLY == null ? new TraceRuns.Seeds(first, 1) : new TraceRuns.Seeds(ONLY, 0);
  }

  @Test
  void theEngine_underLoad_doesWhatTheModelAllows() {
    expectNoneRejected(sound, COUNT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyStepOfATrace_isOneOfTheModel(boolean comeBack) throws Exception {
    List<Trace> some =
        sound.recorded(SeededEngine.SOUND).stream()
            .filter(trace -> Trace.comesBack(trace.seed()) == comeBack)
            .limit(STEPPED)
            .toList();
    if (ONLY != null && Trace.comesBack(ONLY) != comeBack) {
      assertEquals(List.of(), some, "the one load is of the other kind");
      return;
    }
    assertEquals(Math.min(COUNT, STEPPED), some.size());
    new Replay("traces-steps-" + comeBack, Bounds.SMALL, comeBack).expectStepsOfTheModel(some);
  }

  private static void expectNoneRejected(TraceRuns runs, int count) {
    List<Trace> traces = runs.recorded(SeededEngine.SOUND);
    List<Trace> rejected = runs.rejected(SeededEngine.SOUND);
    if (!rejected.isEmpty()) {
      Trace first = rejected.get(0);
      fail(
          "%d of %d traces are rejected. Again: -Dgimbal.traces.seed=%d%n%s"
              .formatted(
                  rejected.size(),
                  traces.size(),
                  first.seed(),
                  first.report(runs.furthest(first))));
    }
    assertEquals(count, traces.size());
    if (ONLY == null) {
      expectAll(traces);
    }
    System.out.println(figures(traces, runs.states()));
  }

  /** The traces differ, their events overlap, and each kind of event is there. */
  private static void expectAll(List<Trace> traces) {
    Set<String> seen = new TreeSet<>();
    traces.forEach(
        trace -> trace.threads().forEach(events -> events.forEach(it -> seen.add(it.op()))));
    assertEquals(ops(), seen);
    assertTrue(distinct(traces) > traces.size() * 9 / 10, () -> figures(traces, 0));
    assertTrue(overlapping(traces) > traces.size() * 9 / 10, () -> figures(traces, 0));
  }

  private static Set<String> ops() {
    return OPS.matcher(Models.text("Trace.tla"))
        .results()
        .flatMap(match -> Stream.of(match.group(1).replace("\"", "").split(", ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long distinct(List<Trace> traces) {
    return traces.stream().map(Trace::tla).distinct().count();
  }

  private static long overlapping(List<Trace> traces) {
    return traces.stream().filter(trace -> trace.overlaps() > 0).count();
  }

  private static String figures(List<Trace> traces, long states) {
    return "%d traces with %d events; %d distinct, %d with events that overlap; %d states of the model"
        .formatted(
            traces.size(),
            traces.stream().mapToInt(Trace::size).sum(),
            distinct(traces),
            overlapping(traces),
            states);
  }

  @ParameterizedTest
  @MethodSource("quick")
  void anEngineWithASeededBug_isRejected(SeededEngine engine) {
    expectRejected(engine, seeded);
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("rare")
  void anEngineWithABugThatRarelyShows_isRejected(SeededEngine engine) throws Exception {
    expectRejected(engine, seeded(List.of(engine)));
  }

  private static void expectRejected(SeededEngine engine, TraceRuns runs) {
    assertEquals(engine.loads(), runs.recorded(engine.name()).size());
    Set<String> stuck = new TreeSet<>();
    for (Trace trace : runs.rejected(engine.name())) {
      List<Integer> furthest = runs.furthest(trace);
      if (furthest != null) {
        stuck.addAll(trace.stuckAt(furthest));
      }
    }
    assertTrue(
        stuck.stream().anyMatch(engine.shownBy()::contains),
        () -> engine + " is stuck at " + stuck + ", not at " + engine.shownBy());
  }

  @Tag("proof")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theEngine_watchedByMany_doesWhatTheModelAllows(int round) throws Exception {
    Map<String, Integer> loads = Map.of(SeededEngine.SOUND, MANY);
    TraceRuns many = TraceRuns.of("large" + round, true, seeds((long) round * MANY), loads);
    expectNoneRejected(many, MANY);
  }
}
