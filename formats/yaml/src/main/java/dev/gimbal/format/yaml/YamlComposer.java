package dev.gimbal.format.yaml;

import dev.gimbal.format.TreeBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes nodes of a document that has anchors or merge keys, and resolves both. The number of nodes
 * is checked while they arrive, so that no document makes it swell. Used by one thread.
 */
final class YamlComposer implements YamlEvents.Target {

  private final TreeBuilder out;
  private final Deque<YamlNode> open = new ArrayDeque<>();
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private final YamlMerge merge;
  private @Nullable YamlNode root;
  private int nodes;

  YamlComposer(TreeBuilder out) {
    this.out = out;
    this.merge = new YamlMerge(out);
  }

  /** The root, or null for an empty stream. */
  @Nullable YamlNode root() {
    return root;
  }

  @Override
  public void scalar(
      String text,
      boolean plain,
      @Nullable String tag,
      @Nullable String anchor,
      int line,
      int column) {
    YamlNode node = YamlNode.scalar(line, column, tag, text, plain);
    anchor(anchor, node);
    add(node, line, column);
  }

  @Override
  public void begin(YamlNode.Kind kind, @Nullable String anchor, int line, int column) {
    YamlNode node = YamlNode.collection(kind, line, column);
    anchor(anchor, node);
    add(node, line, column);
    open.push(node);
  }

  @Override
  public void end() {
    YamlNode node = open.pop();
    node.open = false;
    if (node.kind == YamlNode.Kind.MAP) {
      merge.resolve(node);
    }
  }

  private void anchor(@Nullable String anchor, YamlNode node) {
    if (anchor != null) {
      anchors.put(anchor, node);
    }
  }

  @Override
  public void alias(String anchor, int line, int column) {
    YamlNode node = anchors.get(anchor);
    if (node == null) {
      throw out.malformed(line, column, YamlErrors.NO_ANCHOR);
    }
    if (node.open) {
      throw out.malformed(line, column, "an alias inside its own anchor");
    }
    add(node, line, column);
  }

  private void add(YamlNode node, int line, int column) {
    YamlNode parent = open.peek();
    if (parent == null) {
      root = node;
      return;
    }
    boolean key = parent.kind == YamlNode.Kind.MAP && parent.items.size() % 2 == 0;
    if (key && node.kind != YamlNode.Kind.SCALAR) {
      throw YamlErrors.complexKey(node.kind, out, line, column);
    }
    if (!key && ++nodes > out.options().limits().maxNodes()) {
      throw out.tooMany(line, column);
    }
    parent.items.add(node);
  }
}
