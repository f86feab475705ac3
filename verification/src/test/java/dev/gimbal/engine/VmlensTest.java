package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anarsoft.race.detection.main.ProcessEvents;
import com.anarsoft.race.detection.process.run.ProcessRunContextBuilder;
import com.vmlens.api.AllInterleavings;
import com.vmlens.api.AllInterleavingsBuilder;
import com.vmlens.report.LoopToDataRaceCount;
import com.vmlens.report.ResultForVerify;
import com.vmlens.setup.EventDirectoryAndArgLine;
import com.vmlens.setup.SetupAgent;
import dev.gimbal.Config;
import dev.gimbal.runs.ProcessRuns;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The {@link VmlensCases} under vmlens, in a JVM of their own: in no interleaving that it makes is
 * anything wrong or do two accesses race, and each twin is caught.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("proof")
class VmlensTest {

  private static final Pattern DONE =
      Pattern.compile("^([A-Z_]+) ([0-9]+)(.*)$", Pattern.MULTILINE);

  /**
   * What came of one.
   *
   * @param times how many interleavings there were
   * @param wrong what was wrong in the last one; empty if nothing was
   * @param races pairs of accesses that nothing orders
   */
  private record Outcome(int times, String wrong, int races) {}

  /** Those of which vmlens ends the search at its bound. */
  private static final Set<VmlensCases> CUT =
      EnumSet.of(VmlensCases.MAILBOX_OFFER_OFFER_TAKE, VmlensCases.CONFIG_PUT_WATCH);

  private final Map<VmlensCases, Outcome> outcomes = new EnumMap<>(VmlensCases.class);

  @BeforeAll
  void run() throws Exception {
    Path folder = ProcessRuns.folder("vmlens", "cases");
    EventDirectoryAndArgLine agent = new SetupAgent(folder.resolve("agent").toFile(), "").setup();
    String classPath =
        ProcessRuns.classPath(
            List.of(VmlensCases.class, Snapshots.class, Config.class, AllInterleavings.class));
    String main = VmlensCases.class.getName();
    ProcessRuns.Ended ended =
        ProcessRuns.execute(
            folder, List.of(ProcessRuns.java(), agent.argLine(), "-cp", classPath, main));
    assertEquals(0, ended.code(), ended::output);
    Map<String, Integer> races = races(agent.eventDirectory().toPath(), folder.resolve("report"));
    for (MatchResult done : DONE.matcher(ended.output()).results().toList()) {
      String name = done.group(1);
      int times = Integer.parseInt(done.group(2));
      outcomes.put(
          VmlensCases.valueOf(name),
          new Outcome(times, done.group(3), races.getOrDefault(name, 0)));
    }
  }

  private static Map<String, Integer> races(Path events, Path report) {
    ResultForVerify result =
        new ProcessEvents(events, report, new ProcessRunContextBuilder().build()).process();
    Map<String, Integer> races = new HashMap<>();
    for (LoopToDataRaceCount loop : result.loopToDataRaceCountList()) {
      races.put(loop.loopName(), loop.dataRaceCount());
    }
    return races;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = ".*_TWIN")
  void interleavings_areSound(VmlensCases what) {
    Outcome outcome = outcomes.get(what);
    assertEquals(new Outcome(outcome.times, "", 0), outcome);
    assertTrue(outcome.times > 1, "only one interleaving");
  }

  @ParameterizedTest
  @EnumSource(names = {"CELL_TWIN", "FLAG_TWIN"})
  void interleavings_ofAPlainFieldTwin_race(VmlensCases twin) {
    Outcome outcome = outcomes.get(twin);
    assertEquals(new Outcome(outcome.times, "", 1), outcome);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ALL,
      names = {".*_TWIN", "(?!CELL_TWIN|FLAG_TWIN).*"})
  void interleavings_ofATwin_areWrongOnce(VmlensCases twin) {
    assertTrue(outcomes.get(twin).wrong.startsWith(" wrong: "), () -> "" + outcomes.get(twin));
  }

  @ParameterizedTest
  @EnumSource
  void search_butOfTwo_endsBeforeItsBound(VmlensCases what) {
    int times = outcomes.get(what).times;
    assertTrue(
        CUT.contains(what) || times < AllInterleavingsBuilder.MAXIMUM_ITERATIONS, what::name);
  }

  @Test
  void everyOne_wasDone() {
    assertEquals(List.of(VmlensCases.values()), List.copyOf(outcomes.keySet()));
  }
}
