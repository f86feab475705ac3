package dev.gimbal.source;

import dev.gimbal.format.Document;
import dev.gimbal.tree.ObjectNode;
import java.util.Map;
import java.util.Objects;

/**
 * A fixed layer made of a map. Its own keys are paths ({@code "db.port"}), keys of maps inside are
 * literal. The map is copied. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MapSource implements Source {

  private final String name;
  private final ObjectNode tree;

  /**
   * @throws dev.gimbal.ConfigException GIM-001 when a key is not a path
   * @throws IllegalArgumentException for a value that no tree can hold, such as NaN
   */
  public MapSource(String name, Map<String, ?> values) {
    this.name = Objects.requireNonNull(name, "name");
    this.tree = PathKeys.tree(values);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Sink sink) {
    FixedSession session =
        new FixedSession((to, revision) -> to.document(revision, Document.of(tree)));
    session.reload(sink);
    return session;
  }

  @Override
  public String toString() {
    return "map " + name;
  }
}
