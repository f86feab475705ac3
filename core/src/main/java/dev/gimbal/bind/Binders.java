package dev.gimbal.bind;

import java.util.List;

/**
 * The binders of a type that {@link Settings} marks, and of those that it is made of. The
 * annotation processor of {@code gimbal-processor} writes it as {@code app.Server_Binders} for
 * {@code app.Server}, and names it in {@code META-INF/services}; a module says {@code provides
 * dev.gimbal.bind.Binders with app.Server_Binders}, and need not open its package then.
 *
 * <p>Implementations are immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Binders {

  /** The binders, one for each type. */
  List<Binder> all();
}
