package dev.gimbal.cli;

import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.List;

/** The layer that {@code --set} makes. Its values are not searched for placeholders. */
record SetLayer(ObjectNode tree, OriginTable origins) implements Source {

  static final String NAME = "--set";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Session open(Sink sink) {
    sink.document(Revision.of(1), new Document(tree, origins, List.of()));
    return () -> {};
  }
}
