package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Resolves the merge keys of one document, each map once, when it is closed: what it merges is
 * closed already and holds no merge key any more. Each entry looked at counts against maxNodes.
 * Used by one thread.
 */
final class YamlMerge {

  private final TreeBuilder out;
  private int seen;

  YamlMerge(TreeBuilder out) {
    this.out = out;
  }

  /** Replaces the merge key of a map by the entries it stands for. */
  void resolve(YamlNode map) {
    int at = mergeKey(map, 0);
    if (at < 0) {
      return;
    }
    int second = mergeKey(map, at + 2);
    if (second >= 0) {
      throw wrong(map.items.get(second), "the merge key << stands twice, expected one with a list");
    }
    List<YamlNode> items = new ArrayList<>(map.items);
    YamlNode key = items.remove(at);
    YamlNode merged = items.remove(at);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < items.size(); i += 2) {
      keys.add(items.get(i).text);
    }
    if (merged.kind == YamlNode.Kind.LIST) {
      merged.items.forEach(element -> addAll(items, keys, element, key));
    } else {
      addAll(items, keys, merged, key);
    }
    map.items = items;
  }

  private static int mergeKey(YamlNode map, int from) {
    for (int i = from; i < map.items.size(); i += 2) {
      if (map.items.get(i).isMergeKey()) {
        return i;
      }
    }
    return -1;
  }

  private void addAll(List<YamlNode> items, Set<String> keys, YamlNode map, YamlNode mergeKey) {
    if (map.kind != YamlNode.Kind.MAP) {
      throw wrong(mergeKey, "<< expects a map or a list of maps");
    }
    seen += map.items.size() / 2 + 1;
    if (seen > out.options().limits().maxNodes()) {
      throw out.tooMany(mergeKey.line, mergeKey.column);
    }
    for (int i = 0; i < map.items.size(); i += 2) {
      if (keys.add(map.items.get(i).text)) {
        items.add(map.items.get(i));
        items.add(map.items.get(i + 1));
      }
    }
  }

  private ConfigException wrong(YamlNode key, String message) {
    return out.malformed(key.line, key.column, message);
  }
}
