package dev.gimbal.schedules;

import dev.gimbal.Config;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

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
final class World implements SeededTasks.Moments, ScriptedSource.Surroundings {

  private static final int DEEPEST = 4;

  /** Calls of listeners in one schedule, before it counts as endless. */
  private static final int ENDLESS = 5_000;

  private final List<Op> ops;
  private final Fault fault;
  private final Counts counts;
  private final Oracle oracle;
  private final SeededTasks tasks;
  private final StringBuilder trace = new StringBuilder();
  private final List<ScriptedSource> sources = new ArrayList<>();
  private final List<Elsewhere> elsewhere = new ArrayList<>();
  private final ArrayDeque<Op> atYield = new ArrayDeque<>();
  private final Thread owner = Thread.currentThread();
  private final Calls calls;
  private final Watching watching;
  private final Verdict verdict;
  private Config config;
  private int cursor;
  private int depth;
  private int listenersInside;
  private int listenerCalls;
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
    SplittableRandom executions = random.split();
    this.calls = new Calls(this, oracle);
    this.watching = new Watching(this);
    this.verdict = new Verdict(this, watching);
    begin(ListenerExecutors.of(random.nextInt(6), tasks, executions, counts));
  }

  private void begin(Executor executor) {
    ScriptedSource lower = source("s0", ScriptedSource.Beginning.DOCUMENT, Data.plain(1), 0);
    ScriptedSource upper = source("s1", ScriptedSource.Beginning.DOCUMENT, Data.plain(2), 0);
    Config.Builder builder =
        Config.builder()
            .source(lower)
            .source(calls.memory)
            .source(upper)
            .slowListenerAfter(Duration.ofSeconds(2))
            .tasks(tasks);
    if (executor != null) {
      builder.executor(executor);
    }
    config = builder.build();
    List<Layer> layers = List.of(lower.layer, calls.memoryLayer, upper.layer);
    Oracle.Step joined = oracle.step(() -> oracle.stack().join(layers));
    assert !joined.refused;
  }

  ScriptedSource source(
      String name, ScriptedSource.Beginning beginning, Map<String, Object> first, long seed) {
    ScriptedSource source = new ScriptedSource(name, this, beginning, first, seed);
    sources.add(source);
    return source;
  }

  // ---- what others ask

  @Override
  public Oracle oracle() {
    return oracle;
  }

  @Override
  public Fault fault() {
    return fault;
  }

  @Override
  public Calls.Reloading reloading() {
    return calls.reloading();
  }

  Calls calls() {
    return calls;
  }

  Counts counts() {
    return counts;
  }

  SeededTasks tasks() {
    return tasks;
  }

  List<ScriptedSource> sources() {
    return sources;
  }

  List<Elsewhere> elsewhere() {
    return elsewhere;
  }

  boolean isClosed() {
    return closed;
  }

  Config config() {
    return config;
  }

  /** Adds a line to what {@link #trace} gives. */
  void note(String line) {
    trace.append(line).append('\n');
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

  void throwSeen() {
    if (violation != null) {
      throw violation;
    }
  }

  void enterListener() {
    if (++listenerCalls > ENDLESS) {
      throw seen(new Violation("G2", "never quiet: " + ENDLESS + " calls of listeners"));
    }
    listenersInside++;
    depth++;
  }

  void leaveListener() {
    listenersInside--;
    depth--;
  }

  // ---- the schedule

  /** Performs the schedule, waits until all is quiet, closes, and looks at what is left. */
  void run() {
    try {
      verdict.check();
      while (cursor < ops.size()) {
        perform(ops.get(cursor++));
      }
      verdict.quiet();
      verdict.checkQuiet();
      close();
      verdict.end();
    } catch (RuntimeException | Error e) {
      throwSeen(); // what came first is the cause
      throw e;
    }
    counts.event("refusal", oracle.stack().refusals);
    counts.event("healing", oracle.stack().healings);
    counts.event("shared step", oracle.stack().batches);
    counts.event("refused hand-off", tasks.refused);
    counts.event("version", (int) oracle.version());
  }

  /** Performs some of the next operations inside what is under way. */
  @Override
  public void meanwhile(int some) {
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
    note(depth + " " + op.kind());
    switch (op.kind()) {
      case RUN -> note(String.valueOf(tasks.runOne(op.which())));
      case ADVANCE -> tasks.advance(Duration.ofMillis(op.which() * 50L));
      case PUT -> calls.put(op.seed());
      case DROP -> calls.write(List.of(new Data.Change(Data.change(op.seed()).path(), true, null)));
      case MEMORY_PATCH -> calls.write(Data.changes(op.seed()));
      case MISFIT -> calls.misfit();
      case SAY_LATER, SAY_TIMED -> sayLater(op);
      case ADD -> calls.add(op);
      case REMOVE -> calls.remove(op);
      case RELOAD -> calls.reload();
      case DECLARE -> calls.declare(op);
      case UNSUBSCRIBE_ELSEWHERE -> watching.unsubscribeElsewhere(op);
      case ON_STATUS -> watching.onStatus();
      case CLOSE -> close();
      case CLOSE_ELSEWHERE -> closeElsewhere();
      case AT_YIELD -> atYield.add(op.light());
      default -> light(op, true);
    }
    verdict.check();
  }

  /** What may also happen while the engine is inside a step. */
  private void light(Op op, boolean idle) {
    if (op.says()) {
      say(op);
    } else {
      watching.perform(op, idle);
    }
  }

  private void say(Op op) {
    List<ScriptedSource> able = new ArrayList<>(sources);
    boolean late = op.kind() == Op.Kind.LATE_ANSWER;
    able.removeIf(source -> late ? !source.wasReloaded() : !source.isOpen());
    if (able.isEmpty()) {
      return;
    }
    ScriptedSource source = able.get(op.which() % able.size());
    switch (op.kind()) {
      case DOCUMENT -> source.document(Data.document(op.seed()));
      case PATCH -> source.patch(Data.changes(op.seed()));
      case ABSENT -> source.absent();
      case FAILED -> source.failed();
      case MALFORMED -> source.malformed();
      case DEGRADED -> source.degraded();
      case ODD -> source.odd(Data.document(op.seed()));
      case RESET -> source.reset(Data.document(op.seed()));
      case LATE_ANSWER -> source.answerDocument();
      default -> source.stale(Data.document(op.seed()));
    }
  }

  private void sayLater(Op op) {
    ScriptedSource source = sources.get(op.which() % sources.size());
    if (source.isOpen()) {
      try {
        if (op.kind() == Op.Kind.SAY_TIMED) {
          source.timed(Data.document(op.seed()), op.which() * 40L);
        } else {
          source.later(Data.document(op.seed()));
        }
      } catch (RejectedExecutionException refused) {
        counts.event("source's hand-off refused");
      }
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
      if (isInsideStep()) {
        oracle.duringAStep(this::atMomentOfAStep);
      } else {
        light(next(), false);
        counts.event("operation at a yield");
      }
    } catch (RuntimeException | Error e) {
      seen(e);
    } finally {
      yielding = false;
    }
  }

  private Op next() {
    Op op = atYield.remove();
    note("yield " + op.kind());
    return op;
  }

  private void atMomentOfAStep() {
    if (!oracle.catchUp(config.snapshot().version())) {
      throw new Violation("G1", "inside a step: a version that is not to be");
    }
    Op op = next();
    if (op.kind() == Op.Kind.UNSUBSCRIBE) {
      return; // whether it was told already follows addresses: another run would differ
    }
    if (op.says() && !oracle.isQuiet()) {
      counts.event("too late to say something");
      return;
    }
    light(op, false);
    counts.event("operation inside a step");
    while (op.says() && !atYield.isEmpty() && atYield.peek().says()) {
      Op more = next(); // before the lane goes on, mostly of the same source
      light(more.seed() % 4 == 0 ? more : new Op(more.kind(), op.which(), more.seed()), false);
      counts.event("operation inside a step");
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

  @Override
  public void refused(String name) {
    if (name.startsWith("reload ")) {
      calls.refused(name);
    }
  }
}
