package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.source.Source;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells all that is wrong with some sources, each problem once. One stage of a start hides the
 * next: a spec that cannot be understood hides what cannot be read, and that hides what does not
 * fit together. So the sources that a stage finds wrong are left out, and the others tried again.
 * Used by one thread.
 */
final class Findings {

  private final Options options;
  private final KeptDocuments documents;
  private final CheckReport report;

  /** The specs that are tried, by the names of their sources. */
  private final Map<String, String> specs = new LinkedHashMap<>();

  private final Set<Problem> told = new HashSet<>();

  Findings(Options options, KeptDocuments documents, CheckReport report) {
    this.options = options;
    this.documents = documents;
    this.report = report;
  }

  /**
   * Tells them.
   *
   * @param first what ended the start with all sources
   */
  void tell(ConfigException first) {
    options.sources().forEach(this::resolve);
    boolean goesOn = !told.isEmpty() || leaveOut(first); // a wrong spec has kept all from opening
    while (goesOn && !specs.isEmpty()) {
      ConfigException found = attempt();
      goesOn = found != null && leaveOut(found);
    }
    first.problems().forEach(this::tell);
  }

  private void resolve(String spec) {
    try {
      for (Source source : options.resolver().createAll(spec)) {
        String name = source.name();
        if (specs.putIfAbsent(name, spec) != null) {
          String message = "two sources are named \"" + name + "\"";
          tell(
              Problem.of(
                  ErrorCode.DUPLICATE_SOURCE,
                  message + "; a name says which layer a value came from"));
        }
      }
    } catch (ConfigException e) {
      e.problems().forEach(this::tell);
    }
  }

  /** What is wrong with the sources that are left; null for nothing. */
  private @Nullable ConfigException attempt() {
    try {
      List<String> tried = specs.values().stream().distinct().toList();
      options.open(tried, specs::containsKey, false, documents::keeping).close();
      return null;
    } catch (ConfigException e) {
      return e;
    } catch (UsageException onlyWithoutTheOthers) {
      return null; // an index of --set that counts on a source that is left out
    }
  }

  /** Leaves out the sources that are wrong by themselves; whether there were any. */
  private boolean leaveOut(ConfigException found) {
    Set<String> wrong = new HashSet<>();
    for (Problem problem : found.problems()) {
      Origin origin = problem.origin();
      if (origin != null && isOfOneSource(problem)) {
        wrong.add(origin.source());
      }
    }
    boolean fewer = specs.keySet().removeAll(wrong);
    if (!fewer && !told.isEmpty() && !told.containsAll(found.problems())) {
      report.others();
    }
    found.problems().forEach(this::tell);
    return fewer;
  }

  /** What does not fit together is about a key, or about a name that stands for two. */
  private static boolean isOfOneSource(Problem problem) {
    return problem.path() == null && problem.code() != ErrorCode.AMBIGUOUS;
  }

  private void tell(Problem problem) {
    if (told.add(problem)) {
      report.error(problem);
    }
  }
}
