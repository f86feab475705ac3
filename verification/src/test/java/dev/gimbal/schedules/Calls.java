package dev.gimbal.schedules;

import dev.gimbal.ConfigException;
import dev.gimbal.source.MemorySource;
import dev.gimbal.tree.Patch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The calls of an application that change something, each beside the oracle's answer to it. */
final class Calls {

  /** An {@code add} under way. */
  private static final class Adding {
    final ScriptedSource source;
    private Oracle.Step step;

    Adding(ScriptedSource source) {
      this.source = source;
    }

    boolean isOver() {
      return step == null && source.wasOpened();
    }
  }

  /** A {@code reload} under way. */
  static final class Reloading {
    final Oracle.Answers answers;
    private final List<Layer> asked;
    private final List<Layer> threw = new ArrayList<>();
    private int missing;
    private Oracle.Step step;

    private Reloading(Oracle.Answers answers, List<Layer> asked) {
      this.answers = answers;
      this.asked = asked;
      this.missing = asked.size();
    }

    /** A source threw something that is no answer, or was not asked for want of a thread. */
    void threw(Layer layer) {
      threw.add(layer);
    }
  }

  private final World world;
  private final Oracle oracle;
  final MemorySource memory = new MemorySource("mem");
  final Layer memoryLayer;

  private final ArrayDeque<Adding> addings = new ArrayDeque<>();
  private final ArrayDeque<Reloading> reloadings = new ArrayDeque<>();

  Calls(World world, Oracle oracle) {
    this.world = world;
    this.oracle = oracle;
    this.memoryLayer = oracle.layer("mem", false);
    oracle.say(Said.whole(memoryLayer, 1, Map.of()));
  }

  Reloading reloading() {
    return reloadings.getLast();
  }

  void put(long seed) {
    write(List.of(Data.change(seed)));
  }

  void write(List<Data.Change> changes) {
    Oracle.Step step = oracle.write(memoryLayer, changes);
    boolean gone = !oracle.layers().contains(memoryLayer);
    expect(
        "write",
        step,
        gone,
        () -> {
          if (changes.size() > 1) {
            return memory.patch(
                patch ->
                    ScriptedSource.patchOf(changes)
                        .ops()
                        .forEach(
                            op -> {
                              if (op instanceof Patch.Set set) {
                                patch.set(set.path(), set.value());
                              } else {
                                patch.remove(op.path());
                              }
                            }));
          }
          Data.Change change = changes.get(0);
          return change.remove()
              ? memory.remove(change.path())
              : memory.put(change.path(), change.value());
        });
  }

  /** A call that must return the oracle's version, or be refused when the oracle refuses. */
  private void expect(String what, Oracle.Step step, boolean misuse, Supplier<Long> call) {
    String outcome;
    long version = 0;
    try {
      version = call.get();
      outcome = "passed";
    } catch (ConfigException e) {
      outcome = world.fault() == Fault.A_REFUSAL_IS_SWALLOWED ? "passed" : "refused";
      version = world.fault() == Fault.A_REFUSAL_IS_SWALLOWED ? oracle.version() : 0;
    } catch (IllegalStateException | IllegalArgumentException e) {
      outcome = "misused";
    }
    oracle.settle();
    world.note(what + " " + outcome);
    world.counts().event(what + " " + outcome);
    boolean undone =
        !step.done && world.isClosed(); // it failed for its own reason, or because of the close
    String expected = step.late || misuse ? "misused" : step.refused ? "refused" : "passed";
    if (!(undone && !outcome.equals("passed")) && !outcome.equals(expected)) {
      throw new Violation("G7", what + " " + outcome + ", and should have " + expected);
    }
    if (outcome.equals("passed") && version != step.version) {
      throw new Violation(
          "G2", what + " returned version " + version + "; it is in " + step.version);
    }
  }

  void misfit() {
    try {
      long version = memory.put("d[9]", 1);
      throw new Violation("G7", "an index beyond the end was taken, in version " + version);
    } catch (IllegalArgumentException | IllegalStateException refused) {
      world.counts().event("misfit refused");
    }
  }

  void add(Op op) {
    ScriptedSource.Beginning[] all = ScriptedSource.Beginning.values();
    ScriptedSource source =
        world.source(
            "s" + op.which() % 5,
            all[op.which() / 5 % all.length],
            Data.document(op.seed()),
            op.seed());
    Adding adding = new Adding(source);
    addings.addLast(adding);
    Oracle.Step result = new Oracle.Step();
    result.refused = true;
    try {
      expect(
          "add",
          result,
          false,
          () -> {
            try {
              return world.config().add(source);
            } finally {
              oracle.settle();
              result.take(adding.step);
            }
          });
    } finally {
      addings.removeLast();
    }
  }

  void remove(Op op) {
    String name = op.which() % 7 == 6 ? "mem" : "s" + op.which() % 7;
    Layer found = null;
    for (Layer layer : oracle.layers()) {
      found = layer.name.equals(name) ? layer : found;
    }
    Layer removed = found;
    Oracle.Step step = oracle.step(() -> removed != null && oracle.stack().remove(removed));
    expect("remove", step, found == null, () -> world.config().remove(name));
  }

  void reload() {
    Reloading reloading = new Reloading(oracle.reload(), List.copyOf(oracle.layers()));
    if (reloading.missing == 0) {
      reloading.step = oracle.answer(reloading.answers, List.of(), List.of());
    }
    reloadings.addLast(reloading);
    Oracle.Step result = new Oracle.Step();
    try {
      expect(
          "reload",
          result,
          false,
          () -> {
            try {
              return world.config().reload();
            } finally {
              oracle.settle();
              result.take(reloading.step);
            }
          });
    } finally {
      reloadings.removeLast();
    }
  }

  void declare(Op op) {
    String path = Data.declared(op.which());
    Oracle.Step step = oracle.step(() -> oracle.stack().declare(path));
    expect(
        "declare",
        step,
        false,
        () -> {
          var live = world.config().live(path, Integer.class, 7);
          assert live != null;
          return step.version;
        });
  }

  // ---- what the engine does meanwhile

  /** A task that the engine waits for has ended. */
  void ran(String name) {
    Adding adding = addings.peekLast();
    Reloading reloading = reloadings.peekLast();
    if (name.startsWith("open ") && adding != null && adding.isOver()) {
      Layer layer = adding.source.layer;
      boolean ends = world.isClosed() && !layer.mayJoin(); // for the one reason or the other
      Oracle.Step join = oracle.step(() -> layer.mayJoin() && oracle.stack().join(List.of(layer)));
      adding.step = ends ? new Oracle.Step() : join;
      if (join.refused) {
        layer.leave();
      }
    } else if (name.startsWith("reload ") && reloading != null) {
      asked(reloading);
    }
  }

  /** A source cannot be asked, because there is no thread for it. */
  void refused(String name) {
    Reloading reloading = reloadings.getLast();
    for (Layer layer : reloading.asked) {
      if (name.equals("reload " + layer.name)) {
        reloading.threw(layer);
      }
    }
    asked(reloading);
  }

  /** One more was asked; the step comes after the last. */
  private void asked(Reloading reloading) {
    if (--reloading.missing == 0) {
      reloading.step = oracle.answer(reloading.answers, reloading.asked, reloading.threw);
    }
  }
}
