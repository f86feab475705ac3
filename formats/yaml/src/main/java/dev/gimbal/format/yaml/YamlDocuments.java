package dev.gimbal.format.yaml;

import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one root of all documents of a text: objects merge by key, deeply, a later document wins.
 * Each node keeps its place. Anchors are those of one document. Used by one thread.
 */
final class YamlDocuments implements YamlEvents.Target {

  private final TreeBuilder out;
  private YamlComposer present;
  private @Nullable YamlNode merged;

  /** The maps that a merge made, which stand in one place only, and where their keys stand. */
  private final IdentityHashMap<YamlNode, Map<String, Integer>> made = new IdentityHashMap<>();

  private int seen;

  YamlDocuments(TreeBuilder out) {
    this.out = out;
    this.present = new YamlComposer(out);
  }

  @Override
  public void document() {
    add();
    present = new YamlComposer(out);
  }

  /** The root of all, or null for an empty stream. Called once, at the end. */
  @Nullable YamlNode merged() {
    add();
    return merged;
  }

  /** Takes the present document. A root that is no map is kept, for the builder to refuse. */
  private void add() {
    YamlNode root = present.root();
    if (root == null || root.isNull()) {
      return;
    }
    if (merged == null) {
      merged = root;
    } else if (merged.kind == YamlNode.Kind.MAP) {
      merged = root.kind == YamlNode.Kind.MAP ? merge(merged, root) : root;
    }
  }

  /** The upper over the lower. A lower one that an earlier merge made is used up. */
  private YamlNode merge(YamlNode lower, YamlNode upper) {
    Map<String, Integer> places = made.remove(lower);
    List<YamlNode> items = lower.items;
    if (places == null) {
      places = places(lower, upper);
      items = new ArrayList<>(items);
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < upper.items.size(); i += 2) {
      count(upper);
      YamlNode key = upper.items.get(i);
      YamlNode value = upper.items.get(i + 1);
      Integer place = places.putIfAbsent(key.text, items.size());
      if (!keys.add(key.text) || place == null) { // one that stands twice is left to the builder
        items.add(key);
        items.add(value);
      } else {
        YamlNode below = items.get(place + 1);
        boolean maps = below.kind == YamlNode.Kind.MAP && value.kind == YamlNode.Kind.MAP;
        items.set(place, key);
        items.set(place + 1, maps ? merge(below, value) : value);
      }
    }
    YamlNode map = YamlNode.collection(YamlNode.Kind.MAP, upper.line, upper.column);
    map.items = items;
    made.put(map, places);
    return map;
  }

  /** Where each key of a map stands that will be copied, which counts too. */
  private Map<String, Integer> places(YamlNode lower, YamlNode upper) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < lower.items.size(); i += 2) {
      count(upper);
      places.putIfAbsent(lower.items.get(i).text, i);
    }
    return places;
  }

  /** Each entry looked at counts, so that aliases cannot make it many. */
  private void count(YamlNode at) {
    if (++seen > out.options().limits().maxNodes()) {
      throw out.tooMany(at.line, at.column);
    }
  }

  @Override
  public void scalar(
      String text,
      boolean plain,
      @Nullable String tag,
      @Nullable String anchor,
      int line,
      int column) {
    present.scalar(text, plain, tag, anchor, line, column);
  }

  @Override
  public void begin(YamlNode.Kind kind, @Nullable String anchor, int line, int column) {
    present.begin(kind, anchor, line, column);
  }

  @Override
  public void end() {
    present.end();
  }

  @Override
  public void alias(String anchor, int line, int column) {
    present.alias(anchor, line, column);
  }
}
