package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One place of a tree whose values arrive by path, in any order. Used by one thread. */
final class KeyPlace {

  /** The keys of the document, each once. */
  private final Map<String, Key> keys;

  /** The key that leads here; null at the root and in a list. */
  private @Nullable Key key;

  private Map<String, KeyPlace> children = Map.of();
  private @Nullable TreeMap<Integer, KeyPlace> elements;

  /** The value written for exactly this path; beside children it becomes the child {@code ""}. */
  @Nullable Node value;

  /** Whether the document wrote an object here, perhaps an empty one. */
  boolean object;

  /** Where the value stands, or the first one below; 0 where nobody said. */
  int line;

  int column;

  /** How many places {@link #descend} has made below this one. */
  private int made;

  KeyPlace(Map<String, Key> keys) {
    this.keys = keys;
  }

  /**
   * The path that a dotted key stands for: the text form of a path, or, where it is none ({@code
   * a..b}, {@code .x}, {@code map[/y]}) or would begin inside a list, one literal key.
   */
  static ConfigPath path(String key) {
    if (!isPlain(key) && key.charAt(0) != '[') {
      try {
        return ConfigPath.parse(key);
      } catch (ConfigException notAPath) {
        return ConfigPath.of(key);
      }
    }
    return ConfigPath.of(key);
  }

  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '.' || c == '[' || c == ']' || c == '"') {
        return false;
      }
    }
    return true;
  }

  /** The place at a path below this one, made where there is none. */
  KeyPlace descend(ConfigPath path, int atLine, int atColumn) {
    KeyPlace place = this;
    for (int i = 0; i < path.size(); i++) {
      KeyPlace next = place.child(path, i);
      if (next == null) {
        next = new KeyPlace(keys);
        next.line = atLine;
        next.column = atColumn;
        place.adopt(path, i, next);
        made++;
      }
      place = next;
    }
    return place;
  }

  int made() {
    return made;
  }

  /** The place at a path below this one, or null. */
  @Nullable KeyPlace find(ConfigPath path) {
    KeyPlace place = this;
    for (int i = 0; i < path.size() && place != null; i++) {
      place = place.child(path, i);
    }
    return place;
  }

  private @Nullable KeyPlace child(ConfigPath path, int i) {
    if (!path.isIndex(i)) {
      return children.get(path.key(i));
    }
    return elements == null ? null : elements.get(path.index(i));
  }

  private void adopt(ConfigPath path, int i, KeyPlace place) {
    if (!path.isIndex(i)) {
      if (children.isEmpty()) {
        children = new HashMap<>();
      }
      Key shared = Key.shared(keys, path.key(i));
      place.key = shared;
      children.put(shared.text, place);
      return;
    }
    TreeMap<Integer, KeyPlace> present = elements;
    if (present == null) {
      present = new TreeMap<>();
      elements = present;
    }
    present.put(path.index(i), place);
  }

  /**
   * The tree of this place and those below.
   *
   * @param hash of this place's path
   * @param origins told where each node stands, or null
   */
  ObjectNode toObject(long hash, OriginTable.@Nullable Builder origins) {
    return object(value, hash, origins);
  }

  private Node toNode(@Nullable Node below, long hash, OriginTable.@Nullable Builder origins) {
    record(hash, origins);
    Node own = value == null ? below : value;
    if (children.isEmpty() && elements == null && !object) {
      return own == null ? ObjectNode.EMPTY : own;
    }
    if (children.isEmpty() && own == null && !object && elements != null && isDense(elements)) {
      List<Node> nodes = new ArrayList<>(elements.size());
      for (KeyPlace element : elements.values()) {
        nodes.add(element.toNode(null, OriginTable.child(hash, nodes.size()), origins));
      }
      return ListNode.of(nodes);
    }
    return object(own, hash, origins);
  }

  private static boolean isDense(SortedMap<Integer, KeyPlace> elements) {
    return elements.lastKey() == elements.size() - 1;
  }

  private ObjectNode object(@Nullable Node own, long hash, OriginTable.@Nullable Builder origins) {
    return own == null && elements == null ? ofChildren(hash, origins) : ofAll(own, hash, origins);
  }

  /** As most objects are. */
  private ObjectNode ofChildren(long hash, OriginTable.@Nullable Builder origins) {
    String[] names = new String[children.size()];
    Node[] nodes = new Node[names.length];
    int count = 0;
    for (KeyPlace child : children.values()) {
      Key name = Objects.requireNonNull(child.key);
      names[count] = name.text;
      nodes[count++] = child.toNode(null, OriginTable.childByHash(hash, name.hash), origins);
    }
    return ObjectNode.of(names, nodes, count);
  }

  private ObjectNode ofAll(@Nullable Node own, long hash, OriginTable.@Nullable Builder origins) {
    Map<String, Node> nodes = new HashMap<>();
    if (own instanceof ObjectNode base) {
      base.forEach(nodes::put);
    } else if (own != null) {
      nodes.put("", own);
      record(OriginTable.child(hash, ""), origins);
    }
    if (elements != null) {
      elements.forEach((index, element) -> put(nodes, index.toString(), element, hash, origins));
    }
    for (Map.Entry<String, KeyPlace> child : children.entrySet()) {
      put(nodes, child.getKey(), child.getValue(), hash, origins);
    }
    return ObjectNode.of(nodes);
  }

  private static void put(
      Map<String, Node> nodes,
      String key,
      KeyPlace child,
      long hash,
      OriginTable.@Nullable Builder origins) {
    nodes.put(key, child.toNode(nodes.get(key), OriginTable.child(hash, key), origins));
  }

  private void record(long hash, OriginTable.@Nullable Builder origins) {
    if (origins != null && line > 0) {
      origins.put(hash, line, column);
    }
  }
}
