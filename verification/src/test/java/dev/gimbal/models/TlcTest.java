package dev.gimbal.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The model of the engine, {@code verification/models/Engine.tla}, under the model checker TLC: all
 * properties hold in each of the bounds, and each property is broken by at least one model with a
 * seeded bug. {@code verification/models/README.md} says what the model leaves out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("models")
class TlcTest {

  private static final String MODEL = "Engine.tla";

  private static final Pattern PROPERTY =
      Pattern.compile("^((?:G[0-9]+|Close|Stop)_[A-Za-z]+) ==", Pattern.MULTILINE);
  private static final Pattern MUTANT = Pattern.compile("M\\(\"([A-Za-z]+)\"\\)");
  private static final Pattern VIOLATED =
      Pattern.compile("Error: (?:Invariant|Action property) ([A-Za-z0-9_]+) is violated\\.");
  private static final Pattern STATES =
      Pattern.compile(
          "^[0-9]+ states generated, ([0-9]+) distinct states found, 0 states left on queue",
          Pattern.MULTILINE);

  private final ProcessRuns<Outcome> runs = new ProcessRuns<>();

  /** How large the model is, and how many distinct states it then has. */
  private enum Bounds {
    /** One source that fails and answers late, nobody watches. */
    SOURCE("{a}", "{}", "{}", 2, 1, true, false, 781),
    /** Two sources that may not say everything together. */
    PAIR("{a, b}", "{}", "{}", 2, 0, false, false, 2_403),
    /** The same, and one fault. */
    FAULTY_PAIR("{a, b}", "{}", "{}", 2, 1, false, false, 54_370),
    /** Three sources, of which any two may exclude each other. */
    TRIO("{a, b, c}", "{}", "{}", 2, 0, true, false, 91_679),
    /** A watcher that is registered, stopped and closed beside changes. */
    WATCHER("{a}", "{w}", "{}", 2, 0, true, true, 3_674),
    /** A subscription that nobody closes. */
    LISTENER("{a}", "{}", "{d}", 2, 0, true, false, 2_304),
    /** A subscription, closed beside its calls. */
    SUBSCRIPTION("{a}", "{}", "{d}", 2, 0, true, true, 24_003),
    /** The same with one change only. */
    ONE_CALL("{a}", "{}", "{d}", 1, 0, true, true, 5_020),
    /** A watcher and a subscription. */
    BOTH("{a}", "{w}", "{d}", 2, 0, true, true, 740_140),
    /** A watcher of one of two sources. */
    PAIR_WATCHED("{a, b}", "{w}", "{}", 2, 0, false, false, 25_931);

    private final String constants;
    private final long states;

    Bounds(
        String sources,
        String watchers,
        String subscriptions,
        int revisions,
        int faults,
        boolean valuesComeBack,
        boolean ends,
        long states) {
      this.constants =
          """
          CONSTANTS
            Sources = %s
            Watchers = %s
            Subs = %s
            MaxRev = %d
            MaxFaults = %d
            ComeBack = %s
            MayStop = %s
            MayClose = %s
          """
              .formatted(
                  sources,
                  watchers,
                  subscriptions,
                  revisions,
                  faults,
                  tla(valuesComeBack),
                  tla(ends),
                  tla(ends));
      this.states = states;
    }

    private static String tla(boolean value) {
      return value ? "TRUE" : "FALSE";
    }
  }

  /** A seeded bug and a property that it breaks. */
  private record Mutant(String name, Bounds bounds, String property) {
    @Override
    public String toString() {
      return name + " breaks " + property;
    }
  }

  /** What TLC said: what was violated, and how many states there were when it had seen all. */
  private record Outcome(String violated, long states) {}

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant("splitPublish", Bounds.PAIR, "G1_WholeDocuments"),
          new Mutant("refuseAccepts", Bounds.PAIR, "G1_MergeOfAccepted"),
          new Mutant("refuseAccepts", Bounds.PAIR, "G7_RefusedChangesNothing"),
          new Mutant("publishUnchecked", Bounds.PAIR, "G7_OnlyChecked"),
          new Mutant("allOrNothing", Bounds.PAIR, "G7_NothingPendingNeedlessly"),
          new Mutant("leavesPending", Bounds.TRIO, "G7_NothingPendingNeedlessly"),
          new Mutant("forgetPending", Bounds.PAIR, "G2_QuietMerge"),
          new Mutant("failedClears", Bounds.SOURCE, "G7_FailedKeepsItsLayer"),
          new Mutant("versionReused", Bounds.SOURCE, "G3_OneVersionEach"),
          new Mutant("publishEqual", Bounds.SOURCE, "G3_OneVersionEach"),
          new Mutant("noAdvance", Bounds.SOURCE, "G2_QuietMerge"),
          new Mutant("oldestDocument", Bounds.SOURCE, "G2_QuietMerge"),
          new Mutant("takeAllApart", Bounds.SOURCE, "G2_QuietMerge"),
          new Mutant("readBeforeSubscribe", Bounds.SOURCE, "G2_QuietMerge"),
          new Mutant("noVersionCheck", Bounds.LISTENER, "G3_VersionsRise"),
          new Mutant("noValueCheck", Bounds.WATCHER, "G3_NeverTwice"),
          new Mutant("checkThenOffer", Bounds.WATCHER, "G4_NothingAfterStop"),
          new Mutant("takeReopens", Bounds.WATCHER, "G4_NothingAfterStop"),
          new Mutant("stopKeepsMailbox", Bounds.WATCHER, "G4_NothingAfterStop"),
          new Mutant("trieReopens", Bounds.WATCHER, "G4_ClosedIsTerminal"),
          new Mutant("dropNewest", Bounds.WATCHER, "G6_NoGap"),
          new Mutant("dropNewest", Bounds.WATCHER, "G2_QuietReceivers"),
          new Mutant("offerStale", Bounds.WATCHER, "G6_NoGap"),
          new Mutant("registerAfterRead", Bounds.WATCHER, "G6_NoGap"),
          new Mutant("offerBeforeCell", Bounds.WATCHER, "G6_NoGap"),
          new Mutant("closeKeepsInbox", Bounds.WATCHER, "G4_LastSnapshotStays"),
          new Mutant("noTurn", Bounds.WATCHER, "G4_LastSnapshotStays"),
          new Mutant("takeBeforeAnnounce", Bounds.ONE_CALL, "G4_CloseWaitsForTheCall"),
          new Mutant("closeWithoutWait", Bounds.ONE_CALL, "G4_CloseWaitsForTheCall"),
          new Mutant("closeConfigWithoutWait", Bounds.ONE_CALL, "G4_CloseWaitsForTheCall"),
          new Mutant("noRecheck", Bounds.LISTENER, "G2_QuietReceivers"),
          new Mutant("closeWaitsInside", Bounds.ONE_CALL, "Close_Terminates"),
          new Mutant("stopWaitsInside", Bounds.ONE_CALL, "Stop_Terminates"));

  private static Stream<Mutant> mutants() {
    return MUTANTS.stream().filter(mutant -> mutant.bounds() != Bounds.TRIO);
  }

  private static Stream<Mutant> mutantsOfThreeSources() {
    return MUTANTS.stream().filter(mutant -> mutant.bounds() == Bounds.TRIO);
  }

  /** Two at a time, whatever the order in which the tests ask for them. */
  @BeforeAll
  void beginMutants() {
    mutants().forEach(mutant -> runs.begin(mutant, () -> check(mutant)));
  }

  @AfterAll
  void end() {
    runs.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SOURCE", "PAIR", "WATCHER", "LISTENER", "ONE_CALL"})
  void theModel_withinSmallBounds_keepsEveryProperty(Bounds bounds) throws Exception {
    assertEquals(new Outcome("nothing", bounds.states), check(bounds, "none", properties(), 2));
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource(names = {"FAULTY_PAIR", "PAIR_WATCHED", "SUBSCRIPTION"})
  void theModel_withinLargerBounds_keepsEveryProperty(Bounds bounds) throws Exception {
    assertEquals(new Outcome("nothing", bounds.states), check(bounds, "none", properties(), 2));
  }

  /** What holds in the end is left out: it takes minutes to check here. */
  @Tag("proof")
  @ParameterizedTest
  @EnumSource(names = {"TRIO", "BOTH"})
  void theModel_withinTheLargestBounds_neverDoesWrong(Bounds bounds) throws Exception {
    Set<String> never = new TreeSet<>(properties());
    never.removeIf(TlcTest::isAboutTheEnd);
    assertEquals(14, never.size());
    assertEquals(new Outcome("nothing", bounds.states), check(bounds, "none", never, 2));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantOfTheModel_breaksItsProperty(Mutant mutant) throws Exception {
    assertEquals(mutant.property(), runs.result(mutant).violated());
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("mutantsOfThreeSources")
  void aMutantOfThreeSources_breaksItsProperty(Mutant mutant) throws Exception {
    assertEquals(mutant.property(), check(mutant).violated());
  }

  @Test
  void everyPropertyAndEveryMutantOfTheModel_isInTheTable() {
    Set<String> broken =
        MUTANTS.stream().map(Mutant::property).collect(Collectors.toCollection(TreeSet::new));
    Set<String> seeded =
        MUTANTS.stream().map(Mutant::name).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(18, broken.size());
    assertEquals(properties(), broken);
    assertEquals(31, seeded.size());
    assertEquals(found(MUTANT), seeded);
  }

  private static Set<String> properties() {
    return found(PROPERTY);
  }

  private static Set<String> found(Pattern pattern) {
    return pattern
        .matcher(Models.text(MODEL))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A formula about one state, without an action or a temporal operator. */
  private static boolean isInvariant(String property) {
    return Stream.of("[]", "~>").noneMatch(definition(property)::contains);
  }

  /** Whether it needs that every thread goes on. */
  private static boolean isAboutTheEnd(String property) {
    return Stream.of("<>[]", "~>").anyMatch(definition(property)::contains);
  }

  private static String definition(String property) {
    Matcher definition =
        Pattern.compile("^" + property + " ==(.*\\R(?:[ \\t].*\\R)*)", Pattern.MULTILINE)
            .matcher(Models.text(MODEL));
    if (!definition.find()) {
      throw new AssertionError(property + " is not defined");
    }
    return definition.group(1);
  }

  private static Outcome check(Mutant mutant) throws IOException, InterruptedException {
    return check(mutant.bounds(), mutant.name(), Set.of(mutant.property()), 1);
  }

  private static Outcome check(Bounds bounds, String mutant, Set<String> properties, int workers)
      throws IOException, InterruptedException {
    String name = String.join("-", bounds.name(), mutant);
    if (properties.size() == 1) {
      name += "-" + properties.iterator().next();
    }
    Path folder = Models.folder(MODEL, name);
    StringBuilder config = new StringBuilder(bounds.constants);
    config.append("  Mutant = \"").append(mutant).append("\"\nSPECIFICATION Spec\n");
    for (String property : properties) {
      config.append(isInvariant(property) ? "INVARIANT " : "PROPERTY ");
      config.append(property).append('\n');
    }
    Files.writeString(folder.resolve("Engine.cfg"), config);
    ProcessRuns.Ended ended = Tlc.run(folder, workers, "Engine.cfg", MODEL);
    return outcome(ended, properties);
  }

  private static Outcome outcome(ProcessRuns.Ended ended, Set<String> properties) {
    String output = ended.output();
    Matcher violated = VIOLATED.matcher(output);
    if (violated.find()) {
      return new Outcome(violated.group(1), 0);
    }
    if (output.contains("Error: Temporal properties were violated.")) { // TLC does not say which
      return new Outcome(String.join(" or ", properties), 0);
    }
    Matcher states = STATES.matcher(output);
    if (ended.code() != 0 || !states.find()) {
      throw new AssertionError("TLC ended with code " + ended.code() + ":\n" + output);
    }
    return new Outcome("nothing", Long.parseLong(states.group(1)));
  }
}
