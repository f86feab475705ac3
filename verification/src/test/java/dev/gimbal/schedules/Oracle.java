package dev.gimbal.schedules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a Config must show, by the words of its contract: things are said and written one after the
 * other, and each goes into the {@link Stack}.
 *
 * <p>A call of the engine may take several steps. The first is done here before the call, the
 * others wait; what is said while the engine is inside a step waits, too. {@link #catchUp} goes on
 * until a version is reached, {@link #settle} to the end.
 */
final class Oracle {

  /** A seeded bug of the oracle, which a comparison with the engine must report. */
  enum Mutant {
    NONE,
    FORGETS_WHAT_WAS_REFUSED,
    NEVER_TRIES_THE_NEW_ALONE,
    LEAVES_WHAT_IS_PENDING,
    MERGES_ONE_LEVEL,
    KEEPS_A_REFUSED_WRITE,
    TAKES_OLD_REVISIONS,
    NEVER_CHECKS
  }

  /** What an application asks for. */
  interface Work {
    boolean run();
  }

  /** What came of it. */
  static final class Step {
    /** Whether it was done, and whether it was refused. */
    boolean done;

    boolean refused;

    /** Whether the Config was closed before. */
    boolean late;

    /** The version that shows it. */
    long version;

    /** Ends like another one, if that was done. */
    void take(Step other) {
      if (other != null) {
        done = other.done;
        refused = other.refused;
        late = other.late;
        version = other.version;
      }
    }
  }

  private final Stack stack;

  /** What listeners of states must be told, in order. */
  private final List<String> told = new ArrayList<>();

  /** Steps that the engine will take. */
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  /** Reloads whose step has not come. */
  private final List<Answers> reloads = new ArrayList<>();

  private boolean stepping;
  private boolean closed;

  Oracle(Mutant mutant) {
    this.stack = new Stack(mutant);
  }

  Stack stack() {
    return stack;
  }

  Layer layer(String name, boolean optional) {
    return new Layer(name, optional, told);
  }

  List<String> told() {
    return told;
  }

  long version() {
    return stack.version();
  }

  Map<String, Object> at(long version) {
    return stack.at(version);
  }

  List<Layer> layers() {
    return stack.layers();
  }

  /** Whether nothing waits. */
  boolean isQuiet() {
    return waiting.isEmpty();
  }

  /** What is said in it waits, because a step is under way. */
  void duringAStep(Runnable moment) {
    stepping = true;
    try {
      moment.run();
    } finally {
      stepping = false;
    }
  }

  /** Takes all the steps that wait, unless the engine is inside one. */
  void settle() {
    while (!stepping && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Takes what waits until a version is published; whether it was. */
  boolean catchUp(long version) {
    while (version() < version && !waiting.isEmpty()) {
      waiting.remove().run();
    }
    return version() >= version;
  }

  /** The engine is called, and will take the steps that are added; not from inside one. */
  private void call(Runnable addSteps) {
    settle();
    addSteps.run();
    if (!stepping && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  // ---- what sources say

  void say(Said said) {
    call(
        () -> {
          sendAhead(said.layer(), null);
          sayNow(said);
        });
  }

  /** What a layer answered to reloads counts as said unasked before whatever it says now. */
  private void sendAhead(Layer layer, Answers except) {
    for (Answers answers : reloads) {
      if (answers != except) {
        answers.takeOf(layer).forEach(this::sayNow);
      }
    }
  }

  private void sayNow(Said said) {
    if (closed || said.layer().isGone()) {
      return;
    }
    List<Said> inbox = said.layer().inbox;
    if (!stepping) {
      waiting.add(() -> take(said.layer(), List.of(said)));
    } else if (!inbox.isEmpty() && said.isWhole() && inbox.get(inbox.size() - 1).isWhole()) {
      if (said.order() > inbox.get(inbox.size() - 1).order()) {
        inbox.set(inbox.size() - 1, said);
      }
    } else {
      inbox.add(said);
      if (inbox.size() == 1) {
        waiting.add(() -> drain(said.layer()));
      }
    }
  }

  private void drain(Layer layer) {
    List<Said> all = List.copyOf(layer.inbox);
    layer.inbox.clear();
    take(layer, all);
  }

  /** Changes that follow each other share a step. Whether nothing failed and all passed. */
  private boolean take(Layer layer, List<Said> all) {
    boolean good = true;
    List<Said> changes = new ArrayList<>();
    for (Said said : all) {
      if (said.isGood()) {
        changes.add(said);
      } else {
        good &= change(layer, changes);
        changes.clear();
        good &= tell(layer, said);
      }
    }
    return good & change(layer, changes);
  }

  private boolean change(Layer layer, List<Said> changes) {
    if (!layers().contains(layer)) {
      changes.forEach(layer::takeEarly);
      return true;
    }
    if (!changes.isEmpty()) {
      layer.answered();
    }
    return closed || stack.take(changes);
  }

  private boolean tell(Layer layer, Said said) {
    boolean good = !said.isFailure();
    if (said.kind() == Said.Kind.ABSENT && layers().contains(layer)) {
      good = closed || stack.take(List.of(said));
    } else if (said.kind() == Said.Kind.ABSENT) {
      layer.received = said.change().apply(layer.received);
      layer.accepted = layer.received;
    }
    layer.tell(said);
    return good;
  }

  // ---- what applications do

  Step step(Work work) {
    Step step = new Step();
    call(() -> add(step, work));
    return step;
  }

  private void add(Step step, Work work) {
    waiting.add(
        () -> {
          step.late = closed;
          step.refused = closed || !work.run();
          step.done = true;
          step.version = version();
        });
  }

  Step write(Layer layer, List<Data.Change> changes) {
    return step(() -> stack.take(List.of(Said.write(layer, changes))));
  }

  /** What sources answered to one reload. */
  final class Answers {
    private final List<Said> all = new ArrayList<>();

    private Answers() {}

    /** Keeps an answer until the step; if that has come, it is said unasked. */
    void keep(Said said) {
      call(
          () -> {
            sendAhead(said.layer(), this);
            if (reloads.contains(this)) {
              all.add(said);
            } else {
              sayNow(said);
            }
          });
    }

    private List<Said> takeOf(Layer layer) {
      List<Said> taken = new ArrayList<>(all);
      taken.removeIf(said -> said.layer() != layer);
      all.removeIf(said -> said.layer() == layer);
      return taken;
    }

    /** Sources that answered with one thing share a step; whether nothing failed or was refused. */
    private boolean apply(List<Layer> asked) {
      reloads.remove(this);
      List<Said> shared = new ArrayList<>();
      boolean good = true;
      for (Layer layer : asked) {
        List<Said> said = takeOf(layer);
        boolean single = said.size() == 1 && (said.get(0).isGood() || isAbsent(said.get(0)));
        if (!layers().contains(layer)) {
          continue;
        } else if (!single) {
          good &= take(layer, said);
        } else {
          shared.add(said.get(0));
          if (said.get(0).isGood()) {
            layer.answered();
          }
        }
      }
      good &= stack.take(shared);
      shared.stream().filter(this::isAbsent).forEach(said -> said.layer().tell(said));
      return good;
    }

    private boolean isAbsent(Said said) {
      return said.kind() == Said.Kind.ABSENT;
    }
  }

  Answers reload() {
    Answers answers = new Answers();
    reloads.add(answers);
    return answers;
  }

  /**
   * The end of a reload, when all were asked.
   *
   * @param failed those that could not be asked or threw: what they answered counts as said unasked
   */
  Step answer(Answers answers, List<Layer> asked, List<Layer> failed) {
    Step step = new Step();
    call(
        () -> {
          for (Layer layer : failed) {
            answers.takeOf(layer).forEach(this::sayNow);
            sendAhead(layer, null);
            sayNow(Said.plain(layer, Said.Kind.FAILED));
          }
          add(step, () -> answers.apply(asked) & failed.isEmpty());
        });
    return step;
  }

  void close() {
    settle();
    closed = true;
  }
}
