package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ListMerge;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes snapshots from plain maps. Each value stands in a line of its own, the root in line 1. */
final class LayeredSnapshots {

  private LayeredSnapshots() {}

  /** A layer whose document is {@code source.yaml}; keys are in order, one line each. */
  static LayerView layer(String source, Map<String, ? extends @Nullable Object> map) {
    ObjectNode tree = tree(map);
    OriginTable.Builder origins = OriginTable.builder().document(source + ".yaml");
    place(tree, ConfigPath.ROOT, origins, new int[1]);
    return new LayerView(source, tree, origins.build());
  }

  static ObjectNode tree(Map<String, ? extends @Nullable Object> map) {
    return (ObjectNode) Nodes.of(map, Scalar.Template.ALL);
  }

  private static void place(Node node, ConfigPath path, OriginTable.Builder origins, int[] line) {
    origins.put(path, ++line[0], path.size() + 1);
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        place(object.get(key), path.child(key), origins, line);
      }
    } else if (node instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        place(list.elements().get(i), path.child(i), origins, line);
      }
    }
  }

  /** A snapshot of layers, the lowest first. */
  static PublishedSnapshot of(LayerView... layers) {
    return of(Merger.Policies.NONE, layers);
  }

  /** A snapshot whose lists under one top key are joined. */
  static PublishedSnapshot joining(String key, ListMerge merge, LayerView... layers) {
    Map<String, Merger.Policies> below = new HashMap<>();
    below.put(key, new Merger.Policies(merge, Map.of()));
    return of(new Merger.Policies(ListMerge.REPLACE, below), layers);
  }

  private static PublishedSnapshot of(Merger.Policies policies, LayerView... layers) {
    Node merged = ObjectNode.EMPTY;
    List<LayerView> views = new ArrayList<>();
    for (LayerView layer : layers) {
      merged = new Merger().merge(Merger.Was.NOTHING, merged, layer.tree(), policies);
      views.add(layer);
    }
    ObjectNode root = (ObjectNode) merged;
    Placeholders.Resolved resolved =
        Placeholders.resolve(Placeholders.EMPTY, root, null, Placeholders.Outside.PROCESS);
    if (!resolved.problems().isEmpty()) {
      throw new IllegalArgumentException(resolved.problems().toString());
    }
    return new PublishedSnapshot(7, root, resolved.tree(), views);
  }
}
