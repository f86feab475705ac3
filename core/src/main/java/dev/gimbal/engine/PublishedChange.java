package dev.gimbal.engine;

import dev.gimbal.Change;
import dev.gimbal.ConfigPath;
import dev.gimbal.Snapshot;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The difference between two snapshots at some paths, worked out when asked for. */
final class PublishedChange implements Change {

  /** Paths that a text names. */
  private static final int MAX_SHOWN = 10;

  private final PublishedSnapshot before;
  private final PublishedSnapshot after;
  private final List<ConfigPath> paths;

  PublishedChange(PublishedSnapshot before, PublishedSnapshot after, List<ConfigPath> paths) {
    this.before = before;
    this.after = after;
    this.paths = paths;
  }

  @Override
  public long version() {
    return after.version();
  }

  @Override
  public Value before() {
    return before.get(common());
  }

  @Override
  public Value after() {
    return after.get(common());
  }

  private ConfigPath common() {
    ConfigPath common = paths.get(0);
    for (ConfigPath path : paths) {
      while (!path.startsWith(common)) {
        common = common.parent();
      }
    }
    return common;
  }

  @Override
  public Snapshot snapshot() {
    return after;
  }

  @Override
  public List<Entry> changes() {
    Map<ConfigPath, Entry> entries = new LinkedHashMap<>();
    for (ConfigPath path : paths) {
      collect(path, Nodes.at(before.resolved(), path), Nodes.at(after.resolved(), path), entries);
    }
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparing(entry -> entry.path().toString()));
    return List.copyOf(sorted);
  }

  /** The version and the paths, without values. */
  @Override
  public String toString() {
    List<Entry> all = changes();
    StringBuilder text = new StringBuilder("version ").append(version()).append(": ");
    String comma = "";
    for (Entry entry : all.subList(0, Math.min(all.size(), MAX_SHOWN))) {
      text.append(comma).append(entry.path().isRoot() ? "(root)" : entry.path());
      comma = ", ";
    }
    if (all.size() > MAX_SHOWN) {
      text.append(" and ").append(all.size() - MAX_SHOWN).append(" more");
    }
    return text.append(all.isEmpty() ? "no change" : "").toString();
  }

  private void collect(
      ConfigPath path, @Nullable Node was, @Nullable Node is, Map<ConfigPath, Entry> entries) {
    if (PushSubscription.same(was, is)) {
      return;
    }
    if (isBranch(was) && isBranch(is)) {
      TreeSet<String> keys = new TreeSet<>();
      Nodes.diffChildren(was, is, (key, before1, after1) -> keys.add(key));
      for (String key : keys) {
        collect(path.child(key), child(was, key), child(is, key), entries);
      }
      if (!keys.isEmpty()) {
        return;
      }
    }
    entries.put(path, new Entry(path, before.get(path), after.get(path)));
  }

  /** An object with children, or nothing: its changes are those of its children. */
  private static boolean isBranch(@Nullable Node node) {
    return node == null || node instanceof ObjectNode;
  }

  private static @Nullable Node child(@Nullable Node node, String key) {
    return node instanceof ObjectNode object ? object.get(key) : null;
  }
}
