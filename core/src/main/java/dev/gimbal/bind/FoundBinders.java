package dev.gimbal.bind;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The binders that stand beside bound types, each looked for once. Safe for use by many threads; a
 * read takes no lock.
 *
 * <p>What was found stands with its class, and comes from the loader of that class, so that nothing
 * here keeps either.
 */
final class FoundBinders {

  /** A file of services that cannot be read may fail each time it is asked. */
  private static final int MOST_FAILURES = 100;

  private final ClassValue<AtomicReference<@Nullable Optional<Binder>>> cells = new Cells();

  private static final class Cells extends ClassValue<AtomicReference<@Nullable Optional<Binder>>> {

    @Override
    protected AtomicReference<@Nullable Optional<Binder>> computeValue(Class<?> type) {
      return new AtomicReference<>();
    }
  }

  /** The binder of a class that may be bound; null where there is none. */
  @Nullable Binder of(Class<?> type) {
    AtomicReference<@Nullable Optional<Binder>> cell = cells.get(type);
    Optional<Binder> found = cell.get();
    if (found == null) {
      for (Binder binder : load(type.getClassLoader())) {
        cells.get(binder.type()).compareAndSet(null, Optional.of(binder));
      }
      cell.compareAndSet(null, Optional.empty());
      found = cell.get();
    }
    return found == null ? null : found.orElse(null);
  }

  /**
   * All that a loader knows; what cannot be loaded is passed over, since reflection does its work.
   */
  private static List<Binder> load(ClassLoader loader) {
    List<Binder> all = new ArrayList<>();
    Iterator<Binders> found = ServiceLoader.load(Binders.class, loader).iterator();
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try {
        if (!found.hasNext()) {
          return all;
        }
        for (Binder binder : found.next().all()) {
          if (binder.type().getClassLoader() == loader) {
            all.add(binder);
          }
        }
      } catch (ServiceConfigurationError | LinkageError broken) {
        failures++;
      }
    }
    return all;
  }
}
