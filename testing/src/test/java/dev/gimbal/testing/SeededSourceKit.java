package dev.gimbal.testing;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.testing.SeededSource.Store;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A kit of a source that its own store makes. */
class SeededSourceKit extends SourceCompatibilityKit implements SourceProvider {
  final Store store = new Store();
  private final Function<Store, SeededSource> maker;

  SeededSourceKit(Function<Store, SeededSource> maker) {
    this.maker = maker;
  }

  @Override
  protected void hold(Map<String, String> values) {
    store.set(values, false);
  }

  @Override
  protected void damage() {
    store.set(store.content, true);
  }

  @Override
  protected void remove() {
    store.set(null, false);
  }

  @Override
  protected Source source() {
    return maker.apply(store);
  }

  @Override
  protected String uri() {
    return "seeded:store";
  }

  @Override
  protected Collection<SourceProvider> providers() {
    return List.of(this);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("seeded");
  }

  @Override
  public Source create(SourceSpec spec) {
    SeededSource made = maker.apply(store);
    if (!(made instanceof Careless)) {
      spec.requireOptions(List.of());
    }
    return made;
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(1);
  }

  @Override
  protected Duration quiet() {
    return Duration.ofMillis(50);
  }

  void run(String check) throws Throwable {
    try {
      SourceCompatibilityKit.class.getMethod(check).invoke(this);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Takes any option. */
  static final class Careless extends SeededSource {
    Careless(Store store) {
      super(store);
    }
  }
}
