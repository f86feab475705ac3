package dev.gimbal.schedules;

import dev.gimbal.ConfigException;
import dev.gimbal.source.MemorySource;
import dev.gimbal.tree.Patch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;

/** The calls of an application that change something, each beside the oracle's answer to it. */
final class Calls {

  /** An {@code add} under way. */
  private static final class Adding {
    final ScriptedSource source;
    Oracle.Step step;

    Adding(ScriptedSource source) {
      this.source = source;
    }
  }

  /** A {@code reload} under way. */
  private static final class Reloading {
    final Oracle.Answers answers;
    int missing;
    Oracle.Step step;

    Reloading(Oracle.Answers answers) {
      this.answers = answers;
    }
  }

  private final World world;
  private final Oracle oracle;
  final MemorySource memory = new MemorySource("mem");
  final Oracle.Layer memoryLayer = new Oracle.Layer("mem", false);

  private final ArrayDeque<Adding> addings = new ArrayDeque<>();
  private final ArrayDeque<Reloading> reloadings = new ArrayDeque<>();

  Calls(World world, Oracle oracle) {
    this.world = world;
    this.oracle = oracle;
    memoryLayer.answered = true;
    memoryLayer.word = Oracle.Word.GOOD;
  }

  /** Where answers to the reload under way go. */
  Oracle.Answers answers() {
    return reloadings.getLast().answers;
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
    Oracle.Step none = new Oracle.Step(() -> {});
    none.refused = true;
    try {
      expect(
          "add",
          none,
          false,
          () -> {
            long version;
            try {
              version = world.config().add(source);
            } finally {
              oracle.settle();
              if (adding.step != null) {
                none.take(adding.step);
              }
            }
            return version;
          });
    } finally {
      addings.removeLast();
    }
  }

  void remove(Op op) {
    String name = op.which() % 7 == 6 ? "mem" : "s" + op.which() % 7;
    Oracle.Layer found = null;
    for (Oracle.Layer layer : oracle.layers()) {
      found = layer.name.equals(name) ? layer : found;
    }
    Oracle.Step step = found == null ? new Oracle.Step(() -> {}) : oracle.remove(found);
    expect("remove", step, found == null, () -> world.config().remove(name));
  }

  void reload() {
    Reloading reloading = new Reloading(oracle.reload());
    reloading.missing = oracle.layers().size();
    if (reloading.missing == 0) {
      reloading.step = oracle.answer(reloading.answers);
    }
    reloadings.addLast(reloading);
    Oracle.Step result = new Oracle.Step(() -> {});
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
              if (reloading.step != null) {
                result.take(reloading.step);
                result.refused |= reloading.answers.anyFailed;
              }
            }
          });
    } finally {
      reloadings.removeLast();
    }
  }

  void declare(Op op) {
    String path = Data.declared(op.which());
    Oracle.Step step = oracle.declare(path);
    expect(
        "declare",
        step,
        false,
        () -> {
          var live = world.config().live(path, Integer.class, 7);
          oracle.settle();
          assert live != null;
          return step.version;
        });
  }

  /** A task that the engine waits for has ended. */
  void ran(String name) {
    Adding adding = addings.peekLast();
    Reloading reloading = reloadings.peekLast();
    if (name.startsWith("open ") && adding != null && adding.step == null) {
      oracle.settle();
      if (adding.source.wasOpened() && adding.source.layer.mayJoin()) {
        adding.step = oracle.join(List.of(adding.source.layer));
      }
    } else if (name.startsWith("reload ") && reloading != null && --reloading.missing == 0) {
      reloading.step = oracle.answer(reloading.answers);
    }
  }
}
