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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A source that says what a schedule wants, to the engine and to the oracle. */
final class ScriptedSource implements Source {

  /** How it begins. */
  enum Beginning {
    DOCUMENT,
    PATCH,
    ABSENT,
    MALFORMED,
    /** Its first {@code open} throws. */
    FAILS_ONCE,
    /** Its first {@code open} says a document, and throws then. */
    THROWS_AFTER_A_DOCUMENT
  }

  /** What it is part of. */
  interface Surroundings {
    Oracle oracle();

    Fault fault();

    /** Lets other operations happen inside this source's own code. */
    void meanwhile(int most);

    /** The reload that asks at present. */
    Calls.Reloading reloading();
  }

  private final Surroundings around;
  private final Beginning beginning;
  private final SplittableRandom random;
  final Layer layer;

  private Map<String, Object> state;
  private long order;
  private Sink sink;
  private int said;

  /** The sink and the answers of the last reload, for what comes late. */
  private Sink lateSink;

  private Oracle.Answers lateAnswers;

  int opened;
  int closed;
  private boolean failedOnce;
  private boolean begun;
  private boolean opening;

  ScriptedSource(
      String name, Surroundings around, Beginning beginning, Map<String, Object> first, long seed) {
    this.around = around;
    this.beginning = beginning;
    this.state = first;
    this.random = new SplittableRandom(seed);
    boolean mayBeOptional = beginning != Beginning.DOCUMENT && random.nextInt(4) != 0;
    this.layer = around.oracle().layer(name, mayBeOptional);
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

  // ---- what the engine calls

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
    boolean fails = layer.optional && !failedOnce;
    if (fails && beginning == Beginning.FAILS_ONCE) {
      failedOnce = true;
      throw failure();
    }
    sink = to;
    meanwhile(4);
    switch (beginning) {
      case ABSENT -> absent();
      case MALFORMED -> malformed();
      case PATCH -> patch(Data.changes(random.nextLong()));
      default -> document(state);
    }
    if (fails && beginning == Beginning.THROWS_AFTER_A_DOCUMENT) {
      failedOnce = true;
      throw failure();
    }
    meanwhile(4);
    opened++;
    return new Session() {
      @Override
      public void reload(Sink answer) {
        answerReload(answer);
      }

      @Override
      public void close() {
        closed++;
        meanwhile(3);
        if (random.nextInt(8) == 0) {
          throw new IllegalStateException("this source fails to close");
        }
      }
    };
  }

  /** What it throws out of {@code open}. */
  private ConfigException failure() {
    layer.forgetAnswer();
    around.oracle().say(Said.plain(layer, Said.Kind.FAILED));
    return new ConfigException(ErrorCode.SOURCE_FAILED, "not yet");
  }

  private void meanwhile(int bound) {
    if (random.nextInt(3) == 0) {
      around.meanwhile(random.nextInt(bound));
    }
  }

  private void answerReload(Sink to) {
    Calls.Reloading reloading = around.reloading();
    lateSink = to;
    lateAnswers = reloading.answers;
    meanwhile(3);
    switch (random.nextInt(12)) {
      case 0 -> answer(Said.plain(layer, Said.Kind.FAILED), sink -> sink.failed(outOfReach()));
      case 1 -> {
        state = Map.of();
        answer(Said.absent(layer), sink -> sink.absent(nothing()));
      }
      case 2 -> {
        answerDocument();
        meanwhile(3);
        answerDocument();
      }
      case 3 -> {
        answerDocument();
        answer(Said.plain(layer, Said.Kind.FAILED), sink -> sink.failed(outOfReach()));
      }
      case 4 -> {
        answerDocument();
        answer(Said.absent(layer), sink -> sink.absent(nothing()));
      }
      case 5 -> {
        List<Data.Change> changes = Data.changes(random.nextLong());
        state = Trees.apply(state, changes);
        answer(
            Said.patch(layer, ++order, changes),
            sink -> sink.patch(Revision.of(order), patchOf(changes)));
      }
      case 6 -> {} // says nothing
      case 7 -> {
        reloading.answers.keep(Said.plain(layer, Said.Kind.FAILED));
        throw new ConfigException(ErrorCode.SOURCE_FAILED, "not now");
      }
      case 8 -> {
        answerDocument();
        reloading.threw(layer);
        throw new IllegalStateException("this source fails to read again");
      }
      default -> answerDocument();
    }
  }

  /** Answers the last reload, in time or late. */
  void answerDocument() {
    state = Data.document(random.nextLong());
    Map<String, Object> next = state;
    answer(
        Said.whole(layer, ++order, next),
        sink -> sink.document(Revision.of(order), Document.of(tree(next))));
  }

  private void answer(Said said, Consumer<Sink> call) {
    lateAnswers.keep(said);
    call.accept(lateSink);
  }

  private static ConfigException outOfReach() {
    return new ConfigException(ErrorCode.SOURCE_FAILED, "out of reach");
  }

  private static ConfigException nothing() {
    return new ConfigException(ErrorCode.SOURCE_ABSENT, "nothing there");
  }

  // ---- what a schedule has it say

  boolean isOpen() {
    return sink != null;
  }

  boolean wasReloaded() {
    return lateSink != null;
  }

  void document(Map<String, Object> next) {
    Map<String, Object> before = state;
    state = next;
    around.oracle().say(Said.whole(layer, ++order, next));
    said++;
    if (around.fault() == Fault.A_DOCUMENT_IS_LOST && said % 4 == 0) {
      return;
    }
    sink.document(Revision.of(order), Document.of(tree(next)));
    if (around.fault() == Fault.A_SOURCE_GOES_BACK && said % 4 == 0) {
      sink.document(Revision.of(++order), Document.of(tree(before)));
    }
  }

  /** A document that is well but odd. */
  void odd(Map<String, Object> next) {
    state = next;
    around.oracle().say(Said.odd(layer, ++order, next));
    ConfigException odd = new ConfigException(ErrorCode.SOURCE_ABSENT, "odd, that");
    sink.document(Revision.of(order), Document.of(tree(next)), odd);
  }

  void patch(List<Data.Change> changes) {
    state = Trees.apply(state, changes);
    around.oracle().say(Said.patch(layer, ++order, changes));
    if (around.fault() == Fault.A_PATCH_IS_SPLIT) {
      sink.patch(Revision.of(order), patchOf(changes.subList(0, 1)));
      sink.patch(Revision.of(++order), patchOf(changes.subList(1, changes.size())));
    } else {
      sink.patch(Revision.of(order), patchOf(changes));
    }
  }

  void absent() {
    state = Map.of();
    around.oracle().say(Said.absent(layer));
    sink.absent(nothing());
  }

  void failed() {
    around.oracle().say(Said.plain(layer, Said.Kind.FAILED));
    sink.failed(outOfReach());
  }

  void malformed() {
    around.oracle().say(Said.plain(layer, Said.Kind.MALFORMED));
    sink.failed(new ConfigException(ErrorCode.MALFORMED, "cannot be read"));
  }

  void degraded() {
    around.oracle().say(Said.plain(layer, Said.Kind.DEGRADED));
    sink.degraded(new ConfigException(ErrorCode.SOURCE_ABSENT, "odd"));
  }

  /** Begins to count anew: its next document is let in. */
  void reset(Map<String, Object> next) {
    around.oracle().say(Said.plain(layer, Said.Kind.RESET));
    sink.reset();
    order = 0;
    document(next);
  }

  /** A document that is older than what was said before. */
  void stale(Map<String, Object> old) {
    around.oracle().say(Said.whole(layer, order, old));
    sink.document(Revision.of(order), Document.of(tree(old)));
  }

  /** Says a document on a task of its own. */
  void later(Map<String, Object> next) {
    sink.tasks().execute("say", () -> document(next));
  }

  /** Says a document when a timer of its own is over. */
  void timed(Map<String, Object> next, long millis) {
    sink.tasks().schedule("say", Duration.ofMillis(millis), () -> document(next));
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
