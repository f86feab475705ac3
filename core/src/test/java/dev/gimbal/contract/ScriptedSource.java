package dev.gimbal.contract;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A source that says what a test tells it to say. */
final class ScriptedSource implements Source {

  private final String name;
  private final Consumer<ScriptedSource> atOpen;
  private final AtomicLong order = new AtomicLong();
  final AtomicInteger closes = new AtomicInteger();
  final AtomicInteger reloads = new AtomicInteger();
  final AtomicInteger opens = new AtomicInteger();
  final CountDownLatch opened = new CountDownLatch(1);

  /** What a reload answers; nothing by default. */
  volatile Consumer<ScriptedSource> atReload = source -> {};

  volatile Runnable atClose = () -> {};
  private volatile Sink sink;
  private volatile Config config;

  /** Answers with a document. */
  ScriptedSource(String name, Map<String, ?> first) {
    this(name, source -> source.document(first));
  }

  ScriptedSource(String name, Consumer<ScriptedSource> atOpen) {
    this.name = name;
    this.atOpen = atOpen;
  }

  /** From now on each call returns once the Config has dealt with it. */
  Config attach(Config to) {
    config = to;
    return to;
  }

  private void settle() {
    Config attached = config;
    if (attached != null) {
      try {
        attached.remove("none"); // a step that changes nothing, behind what was handed over
        throw new AssertionError("there is a source of that name");
      } catch (IllegalArgumentException | IllegalStateException nothingToRemove) {
        return;
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Sink to) {
    sink = to;
    opens.incrementAndGet();
    opened.countDown();
    atOpen.accept(this);
    return new Session() {
      @Override
      public void reload(Sink answer) {
        Sink own = sink;
        sink = answer;
        try {
          atReload.accept(ScriptedSource.this);
        } finally {
          sink = own;
          reloads.incrementAndGet();
        }
      }

      @Override
      public void close() {
        closes.incrementAndGet();
        atClose.run();
      }
    };
  }

  Revision nextRevision() {
    long next = order.incrementAndGet();
    return new Revision(next, name + "@" + next);
  }

  void document(Map<String, ?> values) {
    sink.document(nextRevision(), Document.of(tree(values)));
    settle();
  }

  /** A document in which one path has a place. */
  void document(Map<String, ?> values, String path, int line, int column) {
    OriginTable.Builder origins = OriginTable.builder().document(name + ".yaml");
    origins.put(dev.gimbal.ConfigPath.parse(path), line, column);
    sink.document(nextRevision(), new Document(tree(values), origins.build(), List.of()));
    settle();
  }

  void document(Revision revision, Map<String, ?> values) {
    sink.document(revision, Document.of(tree(values)));
    settle();
  }

  void patch(Consumer<Patch.Builder> changes) {
    Patch.Builder builder = Patch.builder();
    changes.accept(builder);
    sink.patch(nextRevision(), builder.build());
    settle();
  }

  void absent() {
    sink.absent(problem(ErrorCode.SOURCE_ABSENT, "there is nothing"));
    settle();
  }

  void failed() {
    sink.failed(problem(ErrorCode.SOURCE_FAILED, "it cannot be reached"));
    settle();
  }

  void malformed() {
    sink.failed(problem(ErrorCode.MALFORMED, "it cannot be read"));
    settle();
  }

  void reset() {
    sink.reset();
    settle();
  }

  private ConfigException problem(ErrorCode code, String message) {
    return new ConfigException(Problem.at(code, Origin.of(name), message));
  }

  private static ObjectNode tree(Map<String, ?> values) {
    return (ObjectNode) Nodes.of(values, Scalar.Template.ALL);
  }
}
