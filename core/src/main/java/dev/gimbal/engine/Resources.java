package dev.gimbal.engine;

import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.Resource;
import dev.gimbal.VetoException;
import dev.gimbal.source.Tasks;
import dev.gimbal.text.Thrown;
import dev.gimbal.tree.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has the resources prepare whose values a candidate changes, and has all commit or all abort. Each
 * that has prepared is told one of the two, once. Methods run on the lane; the resources' own code
 * runs on workers, for which the lane waits.
 */
final class Resources {

  private static final String NAME = "the resource";

  /** A tenth of the time at most goes into asking again what was vetoed. */
  private static final int PAUSE = 10;

  private final List<Entry> entries;
  private final Verdicts verdicts;
  private final Tasks clock;

  /** What was vetoed last. The lane's own. */
  private final Map<Entry, Veto> vetoes = new HashMap<>();

  /**
   * @param entries in the order in which they commit
   */
  Resources(List<Entry> entries, Verdicts verdicts, Tasks clock) {
    this.entries = entries;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  /** A resource and the declared key that it is made of; the same only as itself. */
  static final class Entry {
    private final Declaration.Key key;
    private final Resource<Object> resource;

    Entry(Declaration.Key key, Resource<Object> resource) {
      this.key = key;
      this.resource = resource;
    }

    Declaration.Key key() {
      return key;
    }

    Resource<Object> resource() {
      return resource;
    }
  }

  /** What a resource has prepared for a value. */
  record Ready(Entry entry, Node node, Resource.Prepared prepared) {}

  /**
   * What came of preparing.
   *
   * @param problems the vetoes, not placed yet
   * @param ready what waits for its end; nothing when there are vetoes
   */
  record Outcome(List<Problem> problems, List<Ready> ready) {
    static final Outcome NOTHING = new Outcome(List.of(), List.of());
  }

  /**
   * A veto that holds for a while: a document that waits for others is tried at each change.
   *
   * @param until when the same value is asked about again, in nanoseconds
   */
  private record Veto(Node node, Problem problem, long until) {}

  private enum End {
    COMMIT("commit"),
    ABORT("abort");

    /** What messages call it. */
    final String word;

    End(String word) {
      this.word = word;
    }
  }

  /** The keys that must be declared, and whose values must stay once they are there. */
  static List<Declaration.Key> keys(List<Entry> entries) {
    Set<Declaration.Key> keys = new LinkedHashSet<>();
    for (Entry entry : entries) {
      keys.add(entry.key());
    }
    return List.copyOf(keys);
  }

  /**
   * Has all prepare whose values change. When one vetoes, the others abort.
   *
   * <p>A value that was vetoed is not asked about again before ten times as long has passed as that
   * took: its veto stands.
   *
   * @param values what converted of the candidate
   * @param earlier what is ready for a candidate that this one may replace; goes on to be ready for
   *     values that are the same here, and is not aborted
   */
  Outcome prepare(List<Converted> values, List<Ready> earlier) {
    if (entries.isEmpty()) {
      return Outcome.NOTHING;
    }
    List<Ready> ready = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    for (Entry entry : entries) {
      for (Converted value : values) {
        if (value.declaration().isOf(entry.key())) {
          Ready same = find(earlier, entry, value.node());
          if (same == null) {
            tasks.add(new Task(entry, value));
          } else {
            ready.add(same);
          }
        }
      }
    }
    if (tasks.isEmpty()) {
      return new Outcome(List.of(), ready);
    }
    long start = clock.nanoTime();
    List<Problem> standing = standing(tasks, start);
    if (!standing.isEmpty()) {
      return new Outcome(standing, List.of());
    }
    Outcome made = verdicts.of(run -> prepare(run, tasks), Resources::cut, Resources::abortLate);
    if (!made.problems().isEmpty()) {
      note(tasks, made.problems(), start);
      abort(made.ready());
      return new Outcome(made.problems(), List.of());
    }
    ready.addAll(made.ready());
    ready.sort(Comparator.comparingInt(each -> entries.indexOf(each.entry())));
    return new Outcome(List.of(), ready);
  }

  private record Task(Entry entry, Converted value) {}

  private static @Nullable Ready find(List<Ready> all, Entry entry, Node node) {
    for (Ready each : all) {
      if (each.entry() == entry && each.node().equals(node)) {
        return each;
      }
    }
    return null;
  }

  private List<Problem> standing(List<Task> tasks, long now) {
    List<Problem> standing = new ArrayList<>();
    for (Task task : tasks) {
      Veto last = vetoes.get(task.entry());
      if (last != null && last.node().equals(task.value().node()) && last.until() - now > 0) {
        standing.add(last.problem());
      }
    }
    return standing;
  }

  private void note(List<Task> tasks, List<Problem> problems, long start) {
    long end = clock.nanoTime();
    for (Task task : tasks) {
      Entry entry = task.entry();
      for (Problem problem : problems) {
        if (Objects.equals(problem.path(), entry.key().path())) {
          long until = end + PAUSE * (end - start);
          vetoes.put(entry, new Veto(task.value().node(), problem, until));
        }
      }
    }
  }

  /** Somebody wants all to be asked again. */
  void forgetVetoes() {
    vetoes.clear();
  }

  /** On a worker. */
  private static Outcome prepare(CheckRun<Outcome> run, List<Task> tasks) {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    for (Task task : tasks) {
      if (!run.begins(NAME, task.entry().key().path())) {
        return outcome;
      }
      prepare(task, outcome);
    }
    return outcome;
  }

  private static void prepare(Task task, Outcome outcome) {
    Entry entry = task.entry();
    Object next = task.value().value();
    try {
      if (next.equals(task.value().valueInUse())) {
        return;
      }
      Resource.Prepared prepared = entry.resource().prepare(next);
      if (prepared == null) {
        outcome.problems().add(veto(entry, "it gave null"));
      } else {
        outcome.ready().add(new Ready(entry, task.value().node(), prepared));
      }
    } catch (VetoException veto) {
      outcome.problems().add(veto(entry, String.valueOf(veto.getMessage())));
    } catch (Throwable failed) { // code of a user may throw what nobody declares
      outcome.problems().add(veto(entry, "it failed: " + Thrown.of(failed)));
    }
  }

  private static Problem veto(Entry entry, String why) {
    String message = UserCheck.message(NAME, why);
    return new Problem(ErrorCode.REFUSED, entry.key().path(), message, null, null);
  }

  private static Outcome cut(CheckRun.Cut cut) {
    String message = cut.name() + ": " + cut.why();
    Problem problem = new Problem(ErrorCode.DEADLINE, cut.path(), message, null, null);
    return new Outcome(List.of(problem), List.of());
  }

  /** Who prepared has been given up for lost. On its thread. */
  private static void abortLate(Outcome late) {
    tellAll(late.ready(), End.ABORT);
  }

  /** The candidate is what readers will see. */
  void commit(List<Ready> ready) {
    end(ready, End.COMMIT);
  }

  /** What is ready for one candidate, and not for the one in its place, is not needed. */
  void abortOthers(List<Ready> ready, List<Ready> goOn) {
    abort(ready.stream().filter(each -> find(goOn, each.entry(), each.node()) == null).toList());
  }

  private void abort(List<Ready> ready) {
    end(ready, End.ABORT);
  }

  private void end(List<Ready> ready, End end) {
    if (!ready.isEmpty()) {
      verdicts.finish(
          "the " + end.word + " of the resources at " + paths(ready), () -> tellAll(ready, end));
    }
  }

  private static String paths(List<Ready> ready) {
    return ready.stream()
        .map(each -> "\"" + each.entry().key().path() + "\"")
        .collect(Collectors.joining(", "));
  }

  private static void tellAll(List<Ready> ready, End end) {
    List<Ready> order = new ArrayList<>(ready);
    if (end == End.ABORT) {
      Collections.reverse(order);
    }
    Callbacks.Kind outer = Callbacks.enter(Callbacks.Kind.CHECK);
    try {
      order.forEach(each -> tell(each, end));
    } finally {
      Callbacks.leave(outer);
    }
  }

  private static void tell(Ready ready, End end) {
    try {
      if (end == End.COMMIT) {
        ready.prepared().commit();
      } else {
        ready.prepared().abort();
      }
    } catch (Throwable failed) { // code of a user may throw what nobody declares
      Log.warn(
          () ->
              "The resource at \""
                  + ready.entry().key().path()
                  + "\" threw when it was told to "
                  + end.word,
          Thrown.withoutMessage(failed));
    } finally {
      Interrupts.clear(); // one that interrupted its thread interrupts nobody else
    }
  }
}
