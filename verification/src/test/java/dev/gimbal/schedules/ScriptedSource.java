package dev.gimbal.schedules;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** A source that says what a schedule wants, to the engine and to the oracle. */
final class ScriptedSource implements Source {

  /** How it begins. */
  enum Beginning {
    DOCUMENT,
    ABSENT,
    FAILS_ONCE
  }

  private final Oracle oracle;
  private final Fault fault;
  private final Beginning beginning;
  private final IntConsumer meanwhile;
  private final Supplier<Oracle.Answers> answers;
  private final SplittableRandom random;
  final Oracle.Layer layer;

  private Map<String, Object> state;
  private long order;
  private Sink sink;
  private int said;

  int opened;
  int closed;
  private boolean failedOnce;
  private boolean begun;
  private boolean opening;

  /**
   * @param meanwhile lets other operations happen inside this source's own code
   * @param answers where answers to the reload under way go
   */
  ScriptedSource(
      String name,
      Oracle oracle,
      Fault fault,
      Beginning beginning,
      Map<String, Object> first,
      long seed,
      IntConsumer meanwhile,
      Supplier<Oracle.Answers> answers) {
    this.oracle = oracle;
    this.fault = fault;
    this.beginning = beginning;
    this.state = first;
    this.random = new SplittableRandom(seed);
    this.meanwhile = meanwhile;
    this.answers = answers;
    this.layer = new Oracle.Layer(name, beginning != Beginning.DOCUMENT && random.nextInt(4) != 0);
  }

  @Override
  public String name() {
    return layer.name;
  }

  @Override
  public boolean isOptional() {
    return layer.optional;
  }

  /** Whether its {@code open} was called and has returned. */
  boolean wasOpened() {
    return begun && !opening;
  }

  @Override
  public Session open(Sink to) {
    begun = true;
    opening = true;
    try {
      return openNow(to);
    } finally {
      opening = false;
    }
  }

  private Session openNow(Sink to) {
    if (beginning == Beginning.FAILS_ONCE && layer.optional && !failedOnce) {
      failedOnce = true;
      oracle.failed(layer);
      throw new ConfigException(ErrorCode.SOURCE_FAILED, "not yet");
    }
    opened++;
    sink = to;
    if (random.nextInt(3) == 0) {
      meanwhile.accept(random.nextInt(4));
    }
    if (beginning == Beginning.ABSENT) {
      absent();
    } else {
      document(state);
    }
    if (random.nextInt(3) == 0) {
      meanwhile.accept(random.nextInt(4));
    }
    return new Session() {
      @Override
      public void reload(Sink answer) {
        answerReload(answer);
      }

      @Override
      public void close() {
        closed++;
        if (random.nextInt(3) == 0) {
          meanwhile.accept(random.nextInt(3));
        }
      }
    };
  }

  private void answerReload(Sink to) {
    if (random.nextInt(3) == 0) {
      meanwhile.accept(random.nextInt(3));
    }
    Oracle.Answers mine = answers.get();
    switch (random.nextInt(6)) {
      case 0 -> {
        mine.failed(layer);
        to.failed(new ConfigException(ErrorCode.SOURCE_FAILED, "out of reach"));
      }
      case 1 -> {
        state = Map.of();
        mine.absent(layer);
        to.absent(new ConfigException(ErrorCode.SOURCE_ABSENT, "nothing there"));
      }
      default -> {
        state = Data.document(random.nextLong());
        mine.document(layer, ++order, state);
        to.document(Revision.of(order), Document.of(tree(state)));
      }
    }
  }

  boolean isOpen() {
    return sink != null;
  }

  void document(Map<String, Object> next) {
    Map<String, Object> before = state;
    state = next;
    oracle.document(layer, ++order, next);
    said++;
    if (fault == Fault.A_DOCUMENT_IS_LOST && said % 4 == 0) {
      return;
    }
    sink.document(Revision.of(order), Document.of(tree(next)));
    if (fault == Fault.A_SOURCE_GOES_BACK && said % 4 == 0) {
      sink.document(Revision.of(++order), Document.of(tree(before)));
    }
  }

  void patch(List<Data.Change> changes) {
    state = Oracle.apply(state, changes);
    oracle.patch(layer, ++order, changes);
    if (fault == Fault.A_PATCH_IS_SPLIT) {
      sink.patch(Revision.of(order), patchOf(changes.subList(0, 1)));
      sink.patch(Revision.of(++order), patchOf(changes.subList(1, changes.size())));
    } else {
      sink.patch(Revision.of(order), patchOf(changes));
    }
  }

  void absent() {
    state = Map.of();
    oracle.absent(layer);
    sink.absent(new ConfigException(ErrorCode.SOURCE_ABSENT, "nothing there"));
  }

  void failed() {
    oracle.failed(layer);
    sink.failed(new ConfigException(ErrorCode.SOURCE_FAILED, "out of reach"));
  }

  /** Begins to count anew: its next document is let in. */
  void reset(Map<String, Object> next) {
    oracle.reset(layer);
    sink.reset();
    order = 0;
    document(next);
  }

  /** A document that is older than what was said before. */
  void stale(Map<String, Object> old) {
    oracle.document(layer, order, old);
    sink.document(Revision.of(order), Document.of(tree(old)));
  }

  /** Says a document on a task of its own. */
  void later(Map<String, Object> next) {
    sink.tasks().execute("say", () -> document(next));
  }

  static ObjectNode tree(Map<String, Object> map) {
    return (ObjectNode) Nodes.of(map, Scalar.Template.ALL);
  }

  static Patch patchOf(List<Data.Change> changes) {
    Patch.Builder patch = Patch.builder();
    for (Data.Change change : changes) {
      if (change.remove()) {
        patch.remove(change.path());
      } else {
        patch.set(change.path(), change.value());
      }
    }
    return patch.build();
  }
}
