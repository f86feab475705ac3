package dev.gimbal.bind;

import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bound types of one {@link Conversions}, each planned when it is first used. Safe for use by
 * many threads; a read takes no lock.
 *
 * <p>A plan stands with its class, so that nothing here keeps a class or its loader; it stands
 * there weakly, because it holds this, so that a class does not keep what a closed Config had. What
 * is collected in between is planned again.
 */
final class Bindings {

  /**
   * What is known of the types of one class: how they are made, what they read, and which were
   * looked through.
   */
  private record Known(
      Map<Type, Conversion> conversions, Map<Type, Shape> shapes, Map<Type, Boolean> checked) {
    static Known nothing() {
      return new Known(
          new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }
  }

  private final Conversions conversions;
  private final FoundBinders binders = new FoundBinders();

  /** By class; null where nothing is kept. Only types of the JDK stand in the class itself. */
  private final @Nullable ClassValue<AtomicReference<WeakReference<Known>>> known;

  Bindings(Conversions conversions, boolean keeps) {
    this.conversions = conversions;
    this.known = keeps ? new Cells() : null;
  }

  private static final class Cells extends ClassValue<AtomicReference<WeakReference<Known>>> {

    @Override
    protected AtomicReference<WeakReference<Known>> computeValue(Class<?> type) {
      return new AtomicReference<>();
    }
  }

  private Known known(Class<?> type) {
    Known fresh = Known.nothing();
    if (known == null) {
      return fresh;
    }
    AtomicReference<WeakReference<Known>> cell = known.get(type);
    while (true) {
      WeakReference<Known> last = cell.get();
      Known found = last == null ? null : last.get();
      if (found != null) {
        return found;
      }
      if (cell.compareAndSet(last, new WeakReference<>(fresh))) {
        return fresh;
      }
    }
  }

  /**
   * The conversion to a bound type; null for a type that is none. What its members need is looked
   * for when they are read.
   *
   * @throws IllegalArgumentException when the type looks like one and is not
   */
  @Nullable Conversion conversion(Class<?> raw, Type type) {
    if (!Kind.mayBeBound(raw)) {
      return null;
    }
    Map<Type, Conversion> planned = known(raw).conversions;
    Conversion conversion = planned.get(type);
    if (conversion == null) {
      Binder binder = binders.of(raw);
      Kind kind = binder == null ? Kind.of(raw) : null;
      if (binder != null) {
        conversion = new BoundConversion(Blueprint.of(binder, type), conversions);
      } else if (kind != null) {
        conversion = plan(kind, raw, Types.arguments(type));
      } else {
        return null;
      }
      planned.put(type, conversion);
    }
    return conversion;
  }

  /** What a bound type reads. */
  Shape shape(Class<?> raw, Type type) {
    Map<Type, Shape> shapes = known(raw).shapes;
    Shape shape = shapes.get(type);
    if (shape == null) {
      shape = Shapes.ofBound(raw, conversions.conversion(type), conversions);
      shapes.put(type, shape);
    }
    return shape;
  }

  /** Whether a class is bound. */
  boolean isBound(Class<?> raw) {
    return Kind.mayBeBound(raw)
        && (!known(raw).conversions.isEmpty() || binders.of(raw) != null || Kind.of(raw) != null);
  }

  private Conversion plan(Kind kind, Class<?> raw, Map<TypeVariable<?>, Type> arguments) {
    return switch (kind) {
      case RECORD -> new BoundConversion(Records.blueprint(raw, arguments), conversions);
      case INTERFACE -> new BoundConversion(Interfaces.blueprint(raw, arguments), conversions);
      case KOTLIN -> new BoundConversion(KotlinClasses.blueprint(raw, arguments), conversions);
      case BEAN -> new BoundConversion(Beans.blueprint(raw, arguments), conversions);
      case SEALED -> SealedConversion.of(raw, conversions);
    };
  }

  /** Whether a type of this class was looked through. */
  boolean isChecked(Class<?> raw, Type type) {
    return known(raw).checked.containsKey(type);
  }

  /** Keeps that a type of this class was looked through. */
  void setChecked(Class<?> raw, Type type) {
    known(raw).checked.put(type, true);
  }
}
