package dev.gimbal.interleavings;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Supplier;

/** A set that takes its own monitor for each call, as that of {@code synchronizedSet} does. */
final class ManagedSet<E> extends AbstractSet<E> {

  private final Set<E> set;

  ManagedSet(Set<E> set) {
    this.set = set;
  }

  private <T> T inMonitor(Supplier<T> call) {
    Points.enter(this);
    try {
      return call.get();
    } finally {
      Points.exit(this);
    }
  }

  @Override
  public boolean add(E element) {
    return inMonitor(() -> set.add(element));
  }

  @Override
  public boolean remove(Object element) {
    return inMonitor(() -> set.remove(element));
  }

  @Override
  public boolean contains(Object element) {
    return inMonitor(() -> set.contains(element));
  }

  @Override
  public void clear() {
    inMonitor(
        () -> {
          set.clear();
          return set;
        });
  }

  @Override
  public Object[] toArray() {
    return inMonitor(set::toArray);
  }

  @Override
  public int size() {
    return inMonitor(set::size);
  }

  /** Its caller holds the monitor, or must. */
  @Override
  public Iterator<E> iterator() {
    return set.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
