package dev.gimbal.schedules;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One schedule, done to one Config and to the oracle beside it.
 *
 * <p>Everything runs on one thread. A listener that is slow, and a source that is slow to open, to
 * answer or to close, performs the next operations of the schedule inside its own call: so calls
 * overlap like those of several threads, but the last to begin is the first to end. Inside the
 * engine's own steps, at each call of {@link SeededTasks}, operations that wait for nothing may
 * happen ({@link Op.Kind#AT_YIELD}). Only a close that has to wait for a listener has a thread of
 * its own ({@link Elsewhere}).
 *
 * <p>The same seed does the same, but for one thing: receivers at one path are offered a snapshot
 * in the order of their addresses, so a watcher that is asked amid the offers may have its value
 * already or get it at the next question.
 */
final class World implements SeededTasks.Moments {

  private static final int DEEPEST = 4;
  private static final int ENDLESS = 5_000;

  private final List<Op> ops;
  private final Fault fault;
  private final Counts counts;
  private final Oracle oracle;
  private final SeededTasks tasks;
  private final SplittableRandom executions;
  private final StringBuilder trace = new StringBuilder();

  private final List<ScriptedSource> sources = new ArrayList<>();
  private final List<Pulled> watchers = new ArrayList<>();
  private final List<Pushed> subscriptions = new ArrayList<>();
  private final Set<String> alone = new HashSet<>();
  private final List<Map<String, SourceStatus.State>> told = new ArrayList<>();

  private final List<Value> kept = new ArrayList<>();
  private final List<Elsewhere> elsewhere = new ArrayList<>();
  private final ArrayDeque<Op> atYield = new ArrayDeque<>();
  private final Thread owner = Thread.currentThread();

  private final Calls calls;
  private Config config;
  private int cursor;
  private int depth;
  private int listenersInside;
  private boolean yielding;
  private boolean closed;
  private Violation violation;

  World(long seed, List<Op> ops, Fault fault, Oracle.Mutant mutant, Counts counts) {
    SplittableRandom random = new SplittableRandom(seed);
    this.ops = ops;
    this.fault = fault;
    this.counts = counts;
    this.oracle = new Oracle(mutant);
    int refusedOf16 = random.nextInt(3) == 0 ? random.nextInt(8) : 0;
    this.tasks = new SeededTasks(random.nextLong(), refusedOf16, fault, this);
    this.executions = random.split();
    this.calls = new Calls(this, oracle);
    begin(random);
  }

  private void begin(SplittableRandom random) {
    ScriptedSource lower = source("s0", ScriptedSource.Beginning.DOCUMENT, Data.plain(1), 0);
    ScriptedSource upper = source("s1", ScriptedSource.Beginning.DOCUMENT, Data.plain(2), 0);
    Config.Builder builder =
        Config.builder()
            .source(lower)
            .source(calls.memory)
            .source(upper)
            .slowListenerAfter(Duration.ofSeconds(2))
            .tasks(tasks);
    Executor executor = executor(random.nextInt(6));
    if (executor != null) {
      builder.executor(executor);
    }
    config = builder.build();
    oracle.settle();
    List<Oracle.Layer> layers = List.of(lower.layer, calls.memoryLayer, upper.layer);
    oracle.join(layers);
    oracle.settle();
  }

  /** The executors of listeners that applications have, good and bad; null for the engine's own. */
  private Executor executor(int kind) {
    return switch (kind) {
      case 0 -> Runnable::run;
      case 1 -> task -> tasks.execute("executor", task);
      case 2 ->
          task -> {
            if (executions.nextInt(3) == 0) {
              counts.event("executor refused");
              throw new RejectedExecutionException("refused by the schedule");
            }
            task.run();
          };
      case 3 ->
          task -> {
            task.run();
            if (executions.nextInt(4) == 0) {
              counts.event("executor failed");
              throw new IllegalStateException("this executor fails");
            }
          };
      case 4 ->
          task -> {
            tasks.execute("executor", task);
            if (executions.nextInt(4) == 0) {
              counts.event("executor failed");
              throw new IllegalStateException("this executor fails after it took the task over");
            }
          };
      default -> null;
    };
  }

  ScriptedSource source(
      String name, ScriptedSource.Beginning beginning, Map<String, Object> first, long seed) {
    ScriptedSource source =
        new ScriptedSource(
            name, oracle, fault, beginning, first, seed, this::meanwhile, () -> calls.answers());
    sources.add(source);
    return source;
  }

  // ---- what others ask

  Fault fault() {
    return fault;
  }

  Counts counts() {
    return counts;
  }

  boolean isClosed() {
    return closed;
  }

  Config config() {
    return config;
  }

  void put(long seed) {
    calls.put(seed);
  }

  /** Adds a line to what {@link #trace} gives. */
  void note(String line) {
    trace.append(line).append('\n');
  }

  Snapshot present() {
    return config.snapshot();
  }

  /** All that happened, for who compares two runs. */
  String trace() {
    return trace.toString();
  }

  static String text(Value value) {
    Node node = value.node();
    return Trees.text(node == null ? null : Nodes.toJava(node));
  }

  /** What the oracle has at a path in a version that must have been published. */
  String textAt(long version, String path) {
    if (version > oracle.version() && !oracle.catchUp(version)) {
      throw new Violation(
          "G1", "version " + version + " is not to be; " + oracle.version() + " is");
    }
    return Trees.text(Trees.at(oracle.at(version), path));
  }

  String presentText(String path) {
    return Trees.text(Trees.at(oracle.at(oracle.version()), path));
  }

  /** Keeps what was wrong inside a call of the engine's, which would swallow it. */
  Violation seen(Throwable thrown) {
    Violation seen =
        thrown instanceof Violation known
            ? known
            : new Violation("unexpected", List.of(thrown.getStackTrace()) + " " + thrown);
    violation = violation == null ? seen : violation;
    return seen;
  }

  void enter() {
    listenersInside++;
    depth++;
  }

  void leave() {
    listenersInside--;
    depth--;
  }

  // ---- the schedule

  /** Performs the schedule, waits until all is quiet, closes, and looks at what is left. */
  void run() {
    check();
    while (cursor < ops.size()) {
      perform(ops.get(cursor++));
    }
    quiet();
    checkQuiet();
    end();
    counts.event("refusal", oracle.refusals);
    counts.event("healing", oracle.healings);
    counts.event("shared step", oracle.batches);
    counts.event("refused hand-off", tasks.refused);
    counts.event("version", (int) oracle.version());
  }

  /** Performs some of the next operations inside what is under way. */
  void meanwhile(int some) {
    if (Thread.currentThread() != owner || depth >= DEEPEST || config == null || yielding) {
      return;
    }
    depth++;
    oracle.settle(); // no step is under way here
    try {
      for (int i = 0; i < some && cursor < ops.size(); i++) {
        counts.event("operation inside another");
        perform(ops.get(cursor++));
      }
    } catch (RuntimeException | Error e) { // the engine would swallow it
      throw seen(e);
    } finally {
      depth--;
    }
  }

  private void perform(Op op) {
    counts.operation(op.kind());
    trace.append(depth).append(' ').append(op.kind()).append('\n');
    switch (op.kind()) {
      case RUN -> trace.append(tasks.runOne(op.which())).append('\n');
      case ADVANCE -> tasks.advance(Duration.ofMillis(op.which() * 50L));
      case PUT -> calls.put(op.seed());
      case DROP -> calls.write(List.of(new Data.Change(Data.change(op.seed()).path(), true, null)));
      case MEMORY_PATCH -> calls.write(Data.changes(op.seed()));
      case MISFIT -> calls.misfit();
      case SAY_LATER -> sayLater(op);
      case ADD -> calls.add(op);
      case REMOVE -> calls.remove(op);
      case RELOAD -> calls.reload();
      case DECLARE -> calls.declare(op);
      case UNSUBSCRIBE_ELSEWHERE -> unsubscribeElsewhere(op);
      case ON_STATUS -> onStatus();
      case CLOSE -> close();
      case CLOSE_ELSEWHERE -> closeElsewhere();
      case AT_YIELD -> atYield.add(op.light());
      default -> light(op, true);
    }
    check();
  }

  /** What may also happen while the engine is inside a step. */
  private void light(Op op, boolean idle) {
    switch (op.kind()) {
      case DOCUMENT, PATCH, ABSENT, FAILED, RESET, STALE -> say(op);
      case KEEP -> kept.add(config.get(Data.path(op.which())));
      case WATCH -> watch(config.get(Data.path(op.which())), false);
      case WATCH_SINCE -> {
        if (!kept.isEmpty()) {
          watch(kept.get(op.which() % kept.size()), true);
        }
      }
      case POLL -> {
        if (!watchers.isEmpty()) {
          boolean got = watchers.get(op.which() % watchers.size()).poll(idle);
          counts.event(got ? "poll with a value" : "poll without");
        }
      }
      case STOP -> {
        if (!watchers.isEmpty()) {
          watchers.get(op.which() % watchers.size()).stop();
        }
      }
      case SUBSCRIBE -> subscribe(op);
      case UNSUBSCRIBE -> {
        if (!subscriptions.isEmpty()) {
          subscriptions.get(op.which() % subscriptions.size()).close();
        }
      }
      default -> throw new IllegalStateException(op.toString());
    }
  }

  private void say(Op op) {
    List<ScriptedSource> open = new ArrayList<>(sources);
    open.removeIf(source -> !source.isOpen());
    ScriptedSource source = open.get(op.which() % open.size());
    switch (op.kind()) {
      case DOCUMENT -> source.document(Data.document(op.seed()));
      case PATCH -> source.patch(Data.changes(op.seed()));
      case ABSENT -> source.absent();
      case FAILED -> source.failed();
      case RESET -> source.reset(Data.document(op.seed()));
      default -> source.stale(Data.document(op.seed()));
    }
  }

  private void sayLater(Op op) {
    ScriptedSource source = sources.get(op.which() % sources.size());
    if (source.isOpen()) {
      try {
        source.later(Data.document(op.seed()));
      } catch (RejectedExecutionException refused) {
        counts.event("source's hand-off refused");
      }
    }
  }

  // ---- who watches

  private void watch(Value start, boolean since) {
    String path = start.path().toString();
    try {
      boolean gap = since && fault == Fault.A_WATCH_HAS_A_GAP;
      watchers.add(new Pulled(this, gap ? config.watch(path) : config.watch(start), path, start));
    } catch (IllegalStateException e) {
      refusedAsClosed(e);
    }
  }

  private void subscribe(Op op) {
    String path = Data.path(op.which());
    boolean tagged = !alone.add(path);
    int plan = (int) (op.seed() & 0xFF);
    Pushed pushed = new Pushed(this, path, tagged, plan, config.snapshot());
    String tag = "tag" + subscriptions.size();
    subscriptions.add(pushed);
    try {
      pushed.opened(
          tagged ? config.onChange(List.of(path, tag), pushed) : config.onChange(path, pushed));
    } catch (IllegalStateException e) {
      refusedAsClosed(e);
    }
  }

  private void onStatus() {
    Map<String, SourceStatus.State> states = new HashMap<>();
    try {
      config.onStatus(
          status -> {
            if (closed) {
              throw seen(new Violation("G4", "told of a status after the close"));
            }
            enter();
            try {
              states.put(status.name(), status.state());
              counts.event("status pushed");
              meanwhile(1);
            } finally {
              leave();
            }
          });
      told.add(states);
    } catch (IllegalStateException e) {
      refusedAsClosed(e);
    }
  }

  private void refusedAsClosed(IllegalStateException e) {
    if (!closed) {
      throw new Violation("G2", "refused as if closed: " + e);
    }
    counts.event("refused as closed");
  }

  private void unsubscribeElsewhere(Op op) {
    List<Pushed> open = new ArrayList<>(subscriptions);
    open.removeIf(pushed -> !pushed.isOpen());
    List<Pushed> running = new ArrayList<>(open);
    running.removeIf(pushed -> !pushed.isInside());
    List<Pushed> from = running.isEmpty() ? open : running;
    if (!from.isEmpty() && (!running.isEmpty() || op.seed() % 4 == 0)) {
      Pushed pushed = from.get(op.which() % from.size());
      counts.event(running.isEmpty() ? "close elsewhere" : "close elsewhere of a running");
      elsewhere.add(pushed.closeElsewhere());
    }
  }

  private void close() {
    boolean first = !closed;
    closed = true;
    oracle.close();
    if (fault != Fault.A_CLOSED_CONFIG_GOES_ON) {
      config.close();
    }
    counts.event(depth == 0 ? "closed" : "closed from inside");
    Elsewhere closer = first && depth > 0 ? Elsewhere.closer(() -> depth == 0) : null;
    if (closer != null) {
      elsewhere.add(closer);
    }
  }

  private void closeElsewhere() {
    closed = true;
    oracle.close();
    counts.event(listenersInside > 0 ? "closed elsewhere, beside a listener" : "closed elsewhere");
    elsewhere.add(
        Elsewhere.start(
            "close of the Config", config::close, () -> listenersInside > 0, () -> depth == 0));
  }

  // ---- moments of the engine

  @Override
  public void yield() {
    if (config == null || yielding || atYield.isEmpty()) {
      return;
    }
    yielding = true;
    try {
      boolean step = isInsideStep();
      if (!step) {
        oracle.settle();
      } else if (!oracle.catchUp(Math.max(oracle.version(), config.snapshot().version()))) {
        throw new Violation("G1", "inside a step: a version that is not to be");
      }
      Op op = atYield.remove();
      if (step && op.kind() == Op.Kind.UNSUBSCRIBE) {
        return; // whether it was told already follows addresses: another run would differ
      }
      boolean says = op.says();
      if (says && step && !oracle.isQuiet()) {
        counts.event("too late to say something");
        return;
      }
      trace.append("yield ").append(op.kind()).append('\n');
      light(op, false);
      counts.event(step ? "operation inside a step" : "operation at a yield");
      while (says && step && !atYield.isEmpty() && atYield.peek().says()) {
        Op more = atYield.remove(); // before the lane goes on, mostly of the same source
        light(more.seed() % 4 == 0 ? more : new Op(more.kind(), op.which(), more.seed()), false);
        counts.event("operation inside a step");
      }
      if (!step) {
        oracle.settle();
      }
    } catch (RuntimeException | Error e) {
      seen(e);
    } finally {
      yielding = false;
    }
  }

  private static boolean isInsideStep() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals("dev.gimbal.engine.Lane")
                            && frame.getMethodName().equals("runTurn")));
  }

  @Override
  public void ran(String name) {
    if (Thread.interrupted()) {
      counts.event("source interrupted");
    }
    calls.ran(name);
  }

  // ---- checks

  /** After each operation no step is under way, so that the oracle and the engine must agree. */
  private void check() {
    if (Thread.interrupted()) { // by a close from elsewhere, inside a source
      counts.event("source interrupted");
    }
    if (violation != null) {
      throw violation;
    }
    oracle.settle();
    Snapshot snapshot = config.snapshot();
    trace.append(snapshot.version()).append('\n');
    if (snapshot.version() != oracle.version()) {
      throw new Violation(
          "G1", "version " + snapshot.version() + " (expected: " + oracle.version() + ")");
    }
    String present = text(snapshot.root());
    if (!present.equals(presentText(""))) {
      throw new Violation("G2", "found " + present + "\n  expected " + presentText(""));
    }
    elsewhere.removeIf(Elsewhere::settle);
  }

  private void quiet() {
    for (int second = 0; second < 8 || tasks.isRetrying(); second++) {
      int ran = 0;
      while (tasks.runOne(0) != null) {
        check();
        if (++ran == ENDLESS) {
          throw new Violation("G8", "still not idle; waiting: " + tasks.waiting());
        }
      }
      tasks.advance(Duration.ofSeconds(1));
    }
  }

  private void checkQuiet() {
    check();
    watchers.forEach(watcher -> watcher.poll(true));
    if (closed) {
      return;
    }
    for (Pulled watcher : watchers) {
      if (watcher.poll(true)) {
        throw new Violation("G3", watcher + " had two values waiting");
      }
    }
    subscriptions.forEach(Pushed::checkQuiet);
    for (Oracle.Layer layer : oracle.layers()) {
      String state = config.status().source(layer.name).state().toString();
      if (!state.equals(layer.state())) {
        throw new Violation(
            "status", layer.name + " is " + state + " (expected: " + layer.state() + ")");
      }
      counts.event("status " + state);
      for (Map<String, SourceStatus.State> states : told) {
        SourceStatus.State last = states.get(layer.name);
        if (last != null && !last.toString().equals(state)) {
          throw new Violation("G2", "a listener of states was told last that it is " + last);
        }
      }
    }
    try {
      config.awaitVersion(oracle.version(), Duration.ofMillis(1));
      config.awaitDelivered(oracle.version(), Duration.ofMillis(1));
    } catch (TimeoutException | InterruptedException e) {
      throw new Violation("G12", "quiet, but " + e.getMessage());
    }
  }

  /** Closes, and looks at what is left. */
  private void end() {
    close();
    quiet();
    check();
    for (Pulled watcher : watchers) {
      if (watcher.poll(true)) {
        throw new Violation("G4", watcher + " answers after the close");
      }
    }
    if (!tasks.waiting().isEmpty()) {
      throw new Violation("G8", "left behind: " + tasks.waiting());
    }
    for (ScriptedSource source : sources) {
      if (source.opened != source.closed) {
        throw new Violation(
            "G8", source.name() + " opened " + source.opened + ", closed " + source.closed);
      }
    }
    if (!elsewhere.isEmpty()) {
      throw new Violation("G4", "a close that does not end");
    }
    calls.write(List.of(new Data.Change("c", false, "after the close")));
    check();
  }
}
