package dev.gimbal.cli;

import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ObjectNode;

/** The layer that {@code --set} makes. Its values are not searched for placeholders. */
record SetLayer(ObjectNode tree) implements Source {

  static final String NAME = "--set";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Session open(Sink sink) {
    sink.document(Revision.of(1), Document.of(tree));
    return () -> {};
  }
}
