package dev.gimbal.champ;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose versions share structure: a compressed hash-array mapped prefix tree
 * (CHAMP; Steindorfer and Vinju, OOPSLA 2015). Four bits of the hash choose among 16 slots at each
 * level, so that a change copies at most log16(n) nodes, and two versions are compared by walking
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

  /** So many levels hold a million things; more would make small trees deep. */
  private static final int ORDERED_LEVELS = 5;

  private final Trie root;
  private final int size;

  private Champ(Trie root, int size) {
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
    Object[] keys = entries.keySet().toArray();
    return new Champ<>(Trie.of(keys, entries.values().toArray(), keys.length), keys.length);
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

  /** One of the keys, or null where there is none. Allocates nothing. */
  @SuppressWarnings("unchecked") // only keys of K were put in
  public @Nullable K anyKey() {
    return isEmpty() ? null : (K) root.firstKey();
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
    Trie changed = root.without(key, key.hashCode(), 0);
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
  public static <C, K, V> void diff(
      Champ<K, V> before, Champ<K, V> after, C to, DiffVisitor<C, K, V> visitor) {
    Trie.diff(before.root, after.root, to, visitor);
  }

  /**
   * A hash for the thing of a number, so that things of consecutive numbers are visited one after
   * the other: the digits that the levels of the tree look at stand the other way round. Beyond
   * 2^20 each million is in order, among the others. Different numbers have different hashes.
   */
  public static int hashInOrder(int number) {
    int hash = number & -1 << Trie.BITS * ORDERED_LEVELS;
    for (int level = 0; level < ORDERED_LEVELS; level++) {
      int digit = number >>> Trie.BITS * (ORDERED_LEVELS - 1 - level) & Trie.MASK;
      hash |= digit << Trie.BITS * level;
    }
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o == this
        || o instanceof Champ<?, ?> other && size == other.size && root.sameAs(other.root);
  }

  @Override
  public int hashCode() {
    return root.entriesHash();
  }
}
