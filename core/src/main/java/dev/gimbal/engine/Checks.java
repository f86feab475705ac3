package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.UnknownKeys;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate must pass before it is published. Our own code runs on the lane; what calls user
 * code runs on a worker, for which the lane waits.
 */
final class Checks {

  private final Conversions conversions;
  private final Settings.UserCode userCode;
  private final UnknownKeyCheck.Owned owned;
  private final Verdicts verdicts;
  private final @Nullable SecretPaths secrets;

  /** Pairs of nodes compared to find declarations; the lane's own. */
  private long visits;

  /**
   * @param owned what is to be done about keys that nothing declares
   * @param secrets what patterns say is secret, or null
   */
  Checks(
      Conversions conversions,
      Settings.UserCode userCode,
      UnknownKeyCheck.Owned owned,
      Verdicts verdicts,
      @Nullable SecretPaths secrets) {
    this.conversions = conversions;
    this.userCode = userCode;
    this.owned = owned;
    this.verdicts = verdicts;
    this.secrets = secrets;
  }

  long visits() {
    return visits;
  }

  /** The keys that are known where these are declared. */
  KnownKeys known(Collection<Declaration.Key> declared) {
    return KnownKeys.of(declared, conversions, secrets);
  }

  /** The unknown keys that are let through with a warning, and are none of another tree. */
  List<Problem> warnings(KnownKeys known, PublishedSnapshot view, ObjectNode before) {
    List<Problem> added =
        UnknownKeyCheck.added(UnknownKeys.WARN, owned, known, view.resolved(), before);
    return added.isEmpty() ? added : added.stream().map(new ProblemPlaces(view)::of).toList();
  }

  /** The prefixes of unknown keys for which nothing is declared. */
  List<Problem> idlePrefixes(KnownKeys known) {
    return UnknownKeyCheck.idle(owned, known);
  }

  /** Whether user code runs whatever is declared. */
  boolean callUserCode() {
    return userCode.asks();
  }

  /** Whether user code runs for a key that is declared with a type. */
  boolean callUserCode(Type type) {
    return !userCode.objectChecks().isEmpty() || conversions.callsUserCode(type);
  }

  /**
   * A value that is to be converted.
   *
   * @param inUse what readers see there, or null
   */
  private record Conversion(Declaration declaration, Node node, @Nullable Node inUse) {
    String path() {
      return declaration.path().toString();
    }
  }

  /**
   * What was found. Filled by one thread at a time.
   *
   * @param values what declared keys became whose values changed
   */
  record Findings(List<Problem> problems, List<Converted> values) {
    static final Findings NOTHING = new Findings(List.of(), List.of());

    static Findings none() {
      return new Findings(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * What is found of a candidate. All problems: those of merging and resolving, those of declared
   * keys that do not convert, keys that nobody knows, and those that validators and guards find,
   * with their places. Values that were checked before are not checked again.
   *
   * @param needed what must not be taken away from who needs it; where nothing is pinned, what is
   *     shown
   * @param version of the current snapshot; 0 before the first
   * @param added a declaration whose value is checked also when it was there before, or null
   */
  Findings check(
      Candidate candidate,
      Candidate current,
      Candidate needed,
      long version,
      PathTrie<Declaration> declarations,
      @Nullable Declaration added) {
    boolean changed = version == 0 || candidate.tree() != current.tree();
    boolean asks = callUserCode() && changed && candidate.problems().isEmpty();
    List<Problem> unknown =
        UnknownKeyCheck.problems(
            UnknownKeys.ERROR, owned, candidate.known(), candidate.tree(), current.tree());
    boolean wrong = !candidate.problems().isEmpty() || !unknown.isEmpty();
    if (declarations.isEmpty() && added == null && !wrong && !asks) {
      return Findings.NOTHING;
    }
    List<Declaration> takenAway = new ArrayList<>(0);
    List<Conversion> here = new ArrayList<>(0);
    List<Conversion> elsewhere = new ArrayList<>(0);
    visits +=
        declarations.forEachDiffering(
            current.tree(),
            candidate.tree(),
            declaration -> {
              sort(candidate, current, declaration, false, here, elsewhere);
              if (needed == current && isTakenAway(candidate, needed, declaration)) {
                takenAway.add(declaration);
              }
            });
    if (needed != current) {
      visits +=
          declarations.forEachDiffering(
              needed.tree(),
              candidate.tree(),
              declaration -> {
                if (isTakenAway(candidate, needed, declaration)) {
                  takenAway.add(declaration);
                }
              });
    }
    if (added != null) {
      sort(candidate, current, added, true, here, elsewhere);
    }
    boolean converts = !here.isEmpty() || !elsewhere.isEmpty();
    if (!wrong && !asks && !converts && takenAway.isEmpty()) {
      return Findings.NOTHING;
    }
    PublishedSnapshot view = PublishedSnapshot.of(version + 1, candidate, conversions);
    Findings findings = Findings.none();
    for (Declaration declaration : takenAway) {
      String expected = conversions.expected(declaration.type());
      findings.problems().add(ValueProblems.absent(view, declaration.path(), expected));
    }
    here.sort(Comparator.comparing(Conversion::path));
    elsewhere.sort(Comparator.comparing(Conversion::path));
    findings.problems().addAll(candidate.problems());
    findings.problems().addAll(unknown);
    for (Conversion conversion : here) {
      convert(view, conversion, findings);
    }
    if (asks || !elsewhere.isEmpty()) {
      Change change =
          new Change(
              elsewhere,
              asks,
              findings.problems().isEmpty(),
              PublishedSnapshot.of(version, current, conversions),
              view);
      Findings more = verdicts.of(run -> userCode(run, change), Checks::cut, late -> {});
      findings.problems().addAll(more.problems());
      findings.values().addAll(more.values());
    }
    List<Problem> causes = SameCause.without(findings.problems());
    return new Findings(placed(causes, view), List.copyOf(findings.values()));
  }

  /** The same problems, each once, with their places, in the order of these. */
  private static List<Problem> placed(List<Problem> problems, PublishedSnapshot view) {
    Set<Problem> placed = new LinkedHashSet<>();
    ProblemPlaces places = new ProblemPlaces(view);
    problems.forEach(problem -> placed.add(places.of(problem)));
    return ReportOrder.sorted(placed, view);
  }

  /** The same problems of a candidate, with their places. */
  List<Problem> placed(List<Problem> problems, Candidate candidate, long version) {
    return placed(problems, PublishedSnapshot.of(version, candidate, conversions));
  }

  /** Whether readers would find nothing where a handle has given something, and has no default. */
  private static boolean isTakenAway(
      Candidate candidate, Candidate needed, Declaration declaration) {
    return declaration.isRequired()
        && present(candidate, declaration) == null
        && present(needed, declaration) != null;
  }

  /** What a reader finds at a declared path; nothing for a null of a list. */
  private static @Nullable Node present(Candidate candidate, Declaration declaration) {
    Node node = Nodes.at(candidate.tree(), declaration.path());
    return node instanceof NullNode ? null : node;
  }

  /** Adds a declared value to those that must be converted. What was not resolved has its own. */
  private static void sort(
      Candidate candidate,
      Candidate current,
      Declaration declaration,
      boolean again,
      List<Conversion> here,
      List<Conversion> elsewhere) {
    Node node = present(candidate, declaration);
    Node inUse = present(current, declaration);
    if (node == null || node.hasTemplates()) {
      return;
    }
    if (again || node != inUse) {
      Conversion conversion = new Conversion(declaration, node, inUse);
      (declaration.callsUserCode() ? elsewhere : here).add(conversion);
    }
  }

  /**
   * What a worker looks at.
   *
   * @param asks whether validators and guards are asked
   * @param good whether nothing is wrong so far
   */
  private record Change(
      List<Conversion> conversions,
      boolean asks,
      boolean good,
      PublishedSnapshot before,
      PublishedSnapshot candidate) {}

  private Findings userCode(CheckRun<Findings> run, Change change) {
    Findings findings = Findings.none();
    for (Conversion conversion : change.conversions()) {
      Declaration declaration = conversion.declaration();
      String name = "the conversion to " + declaration.type().getTypeName();
      if (!run.begins(name, declaration.path())) {
        return findings;
      }
      Object made = convert(change.candidate(), conversion, findings);
      if (made != null) {
        validate(run, change.candidate(), conversion, made, findings);
      }
    }
    if (change.asks()) {
      ask(userCode.validators(), run, change, findings);
      if (change.good() && findings.problems().isEmpty()) {
        ask(userCode.guards(), run, change, findings);
      }
    }
    return findings;
  }

  private static void ask(
      List<UserCheck> checks, CheckRun<Findings> run, Change change, Findings findings) {
    for (UserCheck check : checks) {
      if (run.begins(check.name(), null)) {
        findings.problems().addAll(check.problems(change.before(), change.candidate()));
      }
    }
  }

  private void validate(
      CheckRun<Findings> run,
      PublishedSnapshot view,
      Conversion conversion,
      Object made,
      Findings findings) {
    ConfigPath path = conversion.declaration().path();
    for (ObjectCheck check : userCode.objectChecks()) {
      if (run.begins(check.name(), path)) {
        findings.problems().addAll(check.problems(view, path, conversion.node(), made));
      }
    }
  }

  /** What a value became; null when it does not convert. */
  private static @Nullable Object convert(
      PublishedSnapshot view, Conversion conversion, Findings findings) {
    try {
      SnapshotValue value = SnapshotValue.of(view, conversion.declaration().path());
      Object converted = value.convert(conversion.declaration().type());
      findings
          .values()
          .add(
              new Converted(
                  conversion.declaration(), conversion.node(), conversion.inUse(), converted));
      return converted;
    } catch (ConversionException e) {
      Declaration.Key key = conversion.declaration().key();
      findings
          .problems()
          .addAll(ValueProblems.conversion(view, key.path(), conversion.node(), e, key.type()));
      return null;
    } catch (ConfigException e) {
      findings.problems().addAll(e.problems());
      return null;
    }
  }

  private static Findings cut(CheckRun.Cut cut) {
    Findings findings = Findings.none();
    findings
        .problems()
        .add(
            new Problem(ErrorCode.DEADLINE, cut.path(), cut.name() + ": " + cut.why(), null, null));
    return findings;
  }
}
