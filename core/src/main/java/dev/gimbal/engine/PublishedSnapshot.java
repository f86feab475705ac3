package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import dev.gimbal.Snapshot;
import dev.gimbal.Value;
import dev.gimbal.tree.ObjectNode;
import java.util.List;

/** The one kind of snapshot. Immutable. */
final class PublishedSnapshot implements Snapshot {

  private final long version;

  /** Layers merged, placeholders as written. */
  private final ObjectNode merged;

  /** What readers see. */
  private final ObjectNode resolved;

  /** The lowest layer first. */
  private final List<LayerView> layers;

  PublishedSnapshot(long version, ObjectNode merged, ObjectNode resolved, List<LayerView> layers) {
    this.version = version;
    this.merged = merged;
    this.resolved = resolved;
    this.layers = layers;
  }

  @Override
  public long version() {
    return version;
  }

  ObjectNode merged() {
    return merged;
  }

  ObjectNode resolved() {
    return resolved;
  }

  List<LayerView> layers() {
    return layers;
  }

  @Override
  public Value get(String path) {
    return get(ConfigPath.parse(path));
  }

  @Override
  public Value get(String first, String second, String... more) {
    ConfigPath path = ConfigPath.of(first, second);
    return get(more.length == 0 ? path : path.resolve(ConfigPath.of(more)));
  }

  @Override
  public Value get(ConfigPath path) {
    return SnapshotValue.of(this, path);
  }

  @Override
  public Value root() {
    return get(ConfigPath.ROOT);
  }

  @Override
  public Explanation explain(String path) {
    return Explainer.explain(this, ConfigPath.parse(path), false);
  }
}
