package dev.gimbal.format;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object or list that {@link TreeBuilder} has not closed yet. Used by one thread. */
final class Frame {

  final @Nullable Frame parent;
  final boolean object;
  final long hash;

  /** How many objects and lists are open with this one. */
  final int depth;

  /** Where it begins. */
  int line;

  int column;

  /** Where an object's values go when dotted keys are split; null otherwise. */
  final @Nullable KeyPlace place;

  private final Map<String, Node> children;
  private final List<Node> elements;

  /** The keys in the order of the document, and where each stands. */
  private String[] keys;

  private long[] places;
  private int named;

  /** Whether the last key waits for its value. */
  private boolean waits;

  /** Whether the last key stands twice. */
  boolean repeats;

  /** What the last key stands for where dotted keys are split. */
  ConfigPath path = ConfigPath.ROOT;

  Frame(@Nullable Frame parent, boolean object, long hash, int depth) {
    this(parent, object, hash, depth, null);
  }

  /** An object whose dotted keys are split. */
  Frame(@Nullable Frame parent, long hash, int depth, KeyPlace place) {
    this(parent, true, hash, depth, place);
  }

  private Frame(
      @Nullable Frame parent, boolean object, long hash, int depth, @Nullable KeyPlace place) {
    this.parent = parent;
    this.object = object;
    this.hash = hash;
    this.depth = depth;
    this.place = place;
    this.children = object ? new HashMap<>() : Map.of();
    this.elements = object ? List.of() : new ArrayList<>();
    this.keys = object ? new String[8] : new String[0];
    this.places = object ? new long[8] : new long[0];
  }

  /** Takes the key of the next value; false if the object has it already, which is an error. */
  boolean name(String key, int line, int column) {
    if (waits) {
      throw new IllegalStateException("a key needs a value before the next key");
    }
    repeats = children.putIfAbsent(key, NullNode.NULL) != null;
    if (named == keys.length) {
      keys = Arrays.copyOf(keys, 2 * named);
      places = Arrays.copyOf(places, 2 * named);
    }
    keys[named] = key;
    places[named++] = pack(line, column);
    waits = true;
    return !repeats;
  }

  /** Where a key stands first. */
  long placeOf(String key) {
    return places[Arrays.asList(keys).indexOf(key)];
  }

  void leadTo(ConfigPath newPath) {
    path = newPath;
  }

  /** How many objects and lists are open around the next value. */
  int valueDepth() {
    return place == null ? depth : depth + path.size() - 1;
  }

  /** The hash of the path of the next value. */
  long valueHash() {
    if (!object) {
      return OriginTable.child(hash, elements.size());
    }
    if (!waits) {
      throw new IllegalStateException("a value in an object needs a key first");
    }
    if (place == null) {
      return OriginTable.child(hash, keys[named - 1]);
    }
    long below = hash;
    for (int i = 0; i < path.size(); i++) {
      below =
          path.isIndex(i)
              ? OriginTable.child(below, path.index(i))
              : OriginTable.child(below, path.key(i));
    }
    return below;
  }

  void add(Node node) {
    if (object) {
      children.put(keys[named - 1], node);
      waits = false;
    } else {
      elements.add(node);
    }
  }

  /** The value of the last key went to its place. */
  void valueIsThere() {
    waits = false;
  }

  Node node() {
    if (waits) {
      throw new IllegalStateException("the last key has no value");
    }
    return object ? ObjectNode.of(children) : ListNode.of(elements);
  }

  static long pack(int line, int column) {
    return ((long) line << 32) | column;
  }

  static String text(long place) {
    return (place >>> 32) + ":" + (int) place;
  }
}
