package dev.gimbal.tree;

import dev.gimbal.champ.Champ;
import dev.gimbal.champ.Trie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An object: children by key. A version that differs in one key shares everything else. {@link
 * #keys()} iterates in the order of {@link String#compareTo}; {@link #forEach} in no order,
 * cheaper.
 *
 * @since 0.1.0
 */
public final class ObjectNode implements Node {

  public static final ObjectNode EMPTY = new ObjectNode(Trie.empty(), 0, 0, 0, null);

  /** Children by key. */
  private final Trie children;

  private final int size;

  /** How many children hold a template, and how many a tombstone. */
  private final int templated;

  private final int tombstoned;

  /**
   * Keys by their bare name, made when first asked for, handed on to versions with the same keys.
   * Written by any thread, always with an equal map that is not written afterwards; a final field
   * of the immutable wrapper makes the race benign.
   */
  private @Nullable BareNames bareNames;

  private ObjectNode(
      Trie children, int size, int templated, int tombstoned, @Nullable BareNames bareNames) {
    this.children = children;
    this.size = size;
    this.templated = templated;
    this.tombstoned = tombstoned;
    this.bareNames = bareNames;
  }

  /** An object of these children, built at once. */
  public static ObjectNode of(Map<String, ? extends Node> children) {
    String[] keys = children.keySet().toArray(new String[0]);
    return of(keys, children.values().toArray(new Node[0]), keys.length);
  }

  /**
   * An object of so many children, built at once.
   *
   * @param keys all different; what is behind {@code count} is not looked at
   * @param values of the keys at the same places
   * @throws IllegalArgumentException when two keys are equal
   */
  public static ObjectNode of(String[] keys, Node[] values, int count) {
    if (count == 0) {
      return EMPTY;
    }
    int templated = 0;
    int tombstoned = 0;
    for (int i = 0; i < count; i++) {
      templated += values[i].hasTemplates() ? 1 : 0;
      tombstoned += values[i].hasTombstones() ? 1 : 0;
    }
    return new ObjectNode(Trie.of(keys, values, count), count, templated, tombstoned, null);
  }

  public @Nullable Node get(String key) {
    return (Node) children.get(key);
  }

  /** The child whose key is a part of a text, with that part's {@link String#hashCode}, or null. */
  @Nullable Node get(String text, int start, int end, int hash) {
    return (Node) children.get(text, start, end, hash);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** This object with one child set; this object itself if it has that very child. */
  public ObjectNode with(String key, Node child) {
    Node present = get(key);
    if (present == child) {
      return this;
    }
    int templates = templated + delta(present, child, true);
    int tombstones = tombstoned + delta(present, child, false);
    return new ObjectNode(
        children.with(key, child),
        present == null ? size + 1 : size,
        templates,
        tombstones,
        present == null ? null : bareNames);
  }

  /** This object without a child; this object itself if there is none. */
  public ObjectNode without(String key) {
    Node present = get(key);
    if (present == null) {
      return this;
    }
    return size() == 1
        ? EMPTY
        : new ObjectNode(
            children.without(key),
            size - 1,
            templated + delta(present, null, true),
            tombstoned + delta(present, null, false),
            null);
  }

  private static int delta(@Nullable Node before, @Nullable Node after, boolean templates) {
    return flag(after, templates) - flag(before, templates);
  }

  private static int flag(@Nullable Node node, boolean templates) {
    return node != null && (templates ? node.hasTemplates() : node.hasTombstones()) ? 1 : 0;
  }

  /** The keys, sorted by {@link String#compareTo}. */
  public List<String> keys() {
    String[] keys = new String[size()];
    int[] at = {0};
    children.forEach((key, child) -> keys[at[0]++] = (String) key);
    Arrays.sort(keys);
    return List.of(keys);
  }

  /** Visits the children in no documented order. */
  @SuppressWarnings("unchecked") // only nodes by keys were put in
  public void forEach(BiConsumer<? super String, ? super Node> visitor) {
    children.forEach((BiConsumer<Object, Object>) (BiConsumer<?, ?>) visitor);
  }

  /** Reports the keys whose child is not the same object, skipping what the two share. */
  public static void diff(ObjectNode before, ObjectNode after, ChildVisitor visitor) {
    Trie.diff(before.children, after.children, visitor, Children.DIFF);
  }

  /**
   * The key of the only child that is not the same object, where both have the same keys. Null
   * where there is none, where there are several, and where it would take a look at all to tell.
   */
  public static @Nullable String onlyDifference(ObjectNode before, ObjectNode after) {
    return (String) Trie.onlyKey(before.children, after.children);
  }

  /** Passes on what differs. */
  private static final class Children implements Champ.DiffVisitor<ChildVisitor, String, Node> {
    static final Children DIFF = new Children();

    @Override
    public void changed(ChildVisitor to, String key, @Nullable Node before, @Nullable Node after) {
      to.changed(key, before, after);
    }

    @Override
    public void visited(ChildVisitor to) {
      to.visited();
    }
  }

  /** The keys whose bare name is {@code bareName}: see {@link #bareName}. */
  public List<String> keysNamed(String bareName) {
    return bareNames().keys.getOrDefault(bareName, List.of());
  }

  /** The length of the longest bare name of a key; 0 where there is none. */
  public int longestBareName() {
    return bareNames().longest;
  }

  private BareNames bareNames() {
    BareNames names = bareNames;
    if (names == null) {
      names = BareNames.of(this);
      bareNames = names;
    }
    return names;
  }

  /**
   * A key in lower case without separators: {@code maxSize}, {@code max-size} and {@code MAX_SIZE}.
   */
  public static String bareName(String key) {
    StringBuilder bare = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c != '-' && c != '_' && c != '.' && c != ' ') {
        bare.append(Character.toLowerCase(c));
      }
    }
    return key.contentEquals(bare) ? key : bare.toString();
  }

  @Override
  public boolean hasTemplates() {
    return templated > 0;
  }

  @Override
  public boolean hasTombstones() {
    return tombstoned > 0;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o == this
        || o instanceof ObjectNode other && size == other.size && children.sameAs(other.children);
  }

  @Override
  public int hashCode() {
    return children.entriesHash();
  }

  @Override
  public String toString() {
    return "object of " + size();
  }

  private static final class BareNames {
    final Map<String, List<String>> keys;
    final int longest;

    BareNames(Map<String, List<String>> keys) {
      this.keys = keys;
      this.longest = keys.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    static BareNames of(ObjectNode object) {
      Map<String, List<String>> keys = new HashMap<>();
      object.forEach(
          (key, child) -> keys.computeIfAbsent(bareName(key), k -> new ArrayList<>(1)).add(key));
      return new BareNames(keys);
    }
  }
}
