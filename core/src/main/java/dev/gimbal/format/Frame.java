package dev.gimbal.format;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
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

  /** With so few keys one after the other is compared; with more, they are looked up. */
  private static final int FEW = 16;

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

  private final List<Node> elements;

  // The keys in the order of the document, where each stands first, and its value:
  private String[] keys;
  private long[] places;
  private Node[] values;
  private int named;

  /** Where each key is, once there are many. */
  private Map<String, Integer> index = Map.of();

  /** Where the last key is. */
  private int last;

  /** Its hash. */
  private long lastHash;

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
    this.elements = object ? List.of() : new ArrayList<>();
    int room = object ? 8 : 0;
    this.keys = new String[room];
    this.places = new long[room];
    this.values = new Node[place == null ? room : 0];
  }

  /**
   * Takes the key of the next value; false if the object has it already, which is an error.
   *
   * @param key the one object that stands for this key in the document
   */
  boolean name(Key key, int line, int column) {
    if (waits) {
      throw new IllegalStateException("a key needs a value before the next key");
    }
    waits = true;
    int known = find(key.text);
    repeats = known >= 0;
    last = repeats ? known : take(key.text, pack(line, column));
    lastHash = key.hash;
    return !repeats;
  }

  private int find(String key) {
    if (named > FEW) {
      return index.getOrDefault(key, -1);
    }
    for (int i = 0; i < named; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return -1;
  }

  private int take(String key, long stands) {
    if (named == keys.length) {
      keys = Arrays.copyOf(keys, 2 * named);
      places = Arrays.copyOf(places, 2 * named);
      values = Arrays.copyOf(values, place == null ? 2 * named : 0);
    }
    keys[named] = key;
    places[named] = stands;
    if (named == FEW) {
      index = new HashMap<>();
      for (int i = 0; i < named; i++) {
        index.put(keys[i], i);
      }
    }
    if (named >= FEW) {
      index.put(key, named);
    }
    return named++;
  }

  /** Where the last key stands first. */
  long firstPlace() {
    return places[last];
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
      return OriginTable.childByHash(hash, lastHash);
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
      values[last] = node;
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
    return object ? ObjectNode.of(keys, values, named) : ListNode.of(elements);
  }

  static long pack(int line, int column) {
    return ((long) line << 32) | column;
  }

  static String text(long place) {
    return (place >>> 32) + ":" + (int) place;
  }
}
