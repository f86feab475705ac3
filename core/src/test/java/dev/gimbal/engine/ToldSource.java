package dev.gimbal.engine;

import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Map;
import java.util.function.Consumer;

/** The source {@code it}, which does what it is told to. */
final class ToldSource implements Source {

  private final Consumer<Sink> atOpen;
  Consumer<Sink> atReload = sink -> {};
  Runnable atClose = () -> {};

  /** What it was given when it was opened last. */
  volatile Sink sink;

  int opens;
  int closes;

  ToldSource(Consumer<Sink> atOpen) {
    this.atOpen = atOpen;
  }

  /** Says a document with the key {@code n}: its value, and its place among revisions. */
  static void say(Sink sink, int n) {
    ObjectNode tree = (ObjectNode) Nodes.of(Map.of("n", n), Scalar.Template.ALL);
    sink.document(new Revision(n, "r" + n), Document.of(tree));
  }

  @Override
  public String name() {
    return "it";
  }

  @Override
  public Session open(Sink to) {
    sink = to;
    opens++;
    atOpen.accept(to);
    return new Session() {
      @Override
      public void reload(Sink answer) {
        atReload.accept(answer);
      }

      @Override
      public void close() {
        closes++;
        atClose.run();
      }
    };
  }
}
