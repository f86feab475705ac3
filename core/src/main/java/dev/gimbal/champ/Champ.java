package dev.gimbal.champ;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose versions share structure: a compressed hash-array mapped prefix tree
 * (CHAMP; Steindorfer and Vinju, OOPSLA 2015). Five bits of the hash choose among 32 slots at each
 * level, so that a change copies at most log32(n) nodes, and two versions are compared by walking
 * only the nodes in which they differ.
 *
 * <p>The form is canonical: equal maps with comparable keys have equal shapes, whatever order they
 * were built in. Keys with equal hashes stand in one sorted node, found by binary search, so that
 * hostile keys cannot make look-ups linear. Values are compared by identity when a change is
 * decided, by {@code equals} in {@link #equals}.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Champ<K, V> {

  private static final Champ<?, ?> EMPTY = new Champ<>(BitmapNode.EMPTY, 0);

  private final Node root;
  private final int size;

  private Champ(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  /** The map without entries. */
  @SuppressWarnings("unchecked") // holds nothing of either type
  public static <K, V> Champ<K, V> empty() {
    return (Champ<K, V>) EMPTY;
  }

  /** All entries of a map, built at once: no intermediate version is made. */
  public static <K, V> Champ<K, V> copyOf(Map<? extends K, ? extends V> entries) {
    if (entries.isEmpty()) {
      return empty();
    }
    Object[] table = new Object[2 * entries.size()];
    int at = 0;
    for (Map.Entry<? extends K, ? extends V> entry : entries.entrySet()) {
      table[at++] = entry.getKey();
      table[at++] = entry.getValue();
    }
    return new Champ<>(BulkBuild.node(table, table.length / 2, 0), entries.size());
  }

  /**
   * So many entries, built at once.
   *
   * @param keys all different
   * @param values of the keys at the same places
   */
  public static <K, V> Champ<K, V> of(K[] keys, V[] values, int count) {
    if (count == 0) {
      return empty();
    }
    Object[] table = new Object[2 * count];
    for (int i = 0; i < count; i++) {
      table[2 * i] = keys[i];
      table[2 * i + 1] = values[i];
    }
    return new Champ<>(BulkBuild.node(table, count, 0), count);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The value of a key, or null. Allocates nothing. */
  @SuppressWarnings("unchecked") // only values of V were put in
  public @Nullable V get(K key) {
    return (V) root.get(key, key.hashCode(), 0);
  }

  /** This map with the key set; this map itself if it holds that very value. */
  public Champ<K, V> with(K key, V value) {
    int hash = key.hashCode();
    Object present = root.get(key, hash, 0);
    return present == value
        ? this
        : new Champ<>(root.with(key, value, hash, 0), present == null ? size + 1 : size);
  }

  /** This map without the key; this map itself if it has none. */
  public Champ<K, V> without(K key) {
    Node changed = root.without(key, key.hashCode(), 0);
    if (changed == root) {
      return this;
    }
    return size == 1 ? empty() : new Champ<>(changed, size - 1);
  }

  /** Visits all entries in hash order. */
  @SuppressWarnings("unchecked") // only entries of K and V were put in
  public void forEach(BiConsumer<? super K, ? super V> visitor) {
    root.forEach((BiConsumer<Object, Object>) (BiConsumer<?, ?>) visitor);
  }

  /**
   * Told about each key whose value is not the same object in two maps.
   *
   * @param <C> what it tells; one visitor does for all, so that a walk allocates nothing
   */
  public interface DiffVisitor<C, K, V> {
    /** A key that differs; a null value stands for absent. */
    void changed(C to, K key, @Nullable V before, @Nullable V after);

    /** A pair of tree nodes was compared: the unit of cost. */
    default void visited(C to) {}
  }

  /** Reports how {@code after} differs from {@code before}, skipping what they share. */
  @SuppressWarnings("unchecked") // both maps hold entries of K and V
  public static <C, K, V> void diff(
      Champ<K, V> before, Champ<K, V> after, C to, DiffVisitor<C, K, V> visitor) {
    Diff.nodes(before.root, after.root, to, (DiffVisitor<C, Object, Object>) visitor);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o == this
        || o instanceof Champ<?, ?> other && size == other.size && root.sameAs(other.root);
  }

  @Override
  public int hashCode() {
    int[] sum = {0};
    root.forEach((key, value) -> sum[0] += key.hashCode() ^ value.hashCode());
    return sum[0];
  }
}
