package dev.gimbal.source.store;

import java.util.Map;
import java.util.Set;

/**
 * What an edit writes, all of it or nothing. Immutable, but for the bytes.
 *
 * @param puts keys with their new values
 * @param deletes keys that are to go
 * @param relied all keys that must be as they were read: those that are written, and those of which
 *     the edit expects something, also that they are not there
 * @param reliedBelow prefixes: all keys that begin with one must be as they were read, and none may
 *     have joined
 * @param present keys that must be there, with whatever value: they say that something is an object
 *     and no list
 * @since 0.1.0
 */
public record StoreEdit(
    Map<String, byte[]> puts,
    Set<String> deletes,
    Set<String> relied,
    Set<String> reliedBelow,
    Set<String> present) {

  /** Writes nothing. */
  static final StoreEdit NONE = new StoreEdit(Map.of(), Set.of(), Set.of(), Set.of(), Set.of());

  public StoreEdit {
    puts = Map.copyOf(puts);
    deletes = Set.copyOf(deletes);
    relied = Set.copyOf(relied);
    reliedBelow = Set.copyOf(reliedBelow);
    present = Set.copyOf(present);
  }

  /** Whether a key must be as it was read; also one that was not there. */
  public boolean relies(String key) {
    return relied.contains(key) || reliedBelow.stream().anyMatch(key::startsWith);
  }

  /** Whether nothing is to be written. */
  public boolean isEmpty() {
    return puts.isEmpty() && deletes.isEmpty();
  }

  /** The keys, without values, which may be secrets. */
  @Override
  public String toString() {
    return "put " + puts.keySet() + ", delete " + deletes;
  }
}
