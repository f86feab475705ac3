package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.TypeRef;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of bound types, and by whom. */
@Timeout(60)
class BindingsTest {

  record Redeployed(String name, List<Redeployed> others) {}

  record Holder<T>(T held) {}

  record Keeper<T>(Holder<T> holder) {}

  /** Defines one class anew; everything else is its parent's. */
  private static final class OneClass extends ClassLoader {

    OneClass() {
      super(BindingsTest.class.getClassLoader());
    }

    Class<?> define(Class<?> like) throws IOException {
      String file = like.getName().replace('.', '/') + ".class";
      try (InputStream in = BindingsTest.class.getClassLoader().getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(like.getName(), bytes, 0, bytes.length);
      }
    }
  }

  private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
    while (reference.get() != null) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10); // the collector says nothing of when it is done
    }
  }

  /** Binds a type of a loader that nobody else knows. */
  private static WeakReference<ClassLoader> bindRedeployed(Conversions conversions)
      throws Exception {
    OneClass loader = new OneClass();
    Class<?> type = loader.define(Redeployed.class);
    assertNotSame(Redeployed.class, type);
    assertSame(loader, type.getClassLoader());
    Object made = conversions.convert(Binding.node(Map.of("name", "a", "others", List.of())), type);
    assertSame(type, made.getClass());
    Object held =
        conversions.convert(
            Binding.node(Map.of("held", Map.of("name", "a", "others", List.of()))), holderOf(type));
    assertSame(type, ((Holder<?>) held).held().getClass());
    return new WeakReference<>(loader);
  }

  /** {@code Holder<type>}: a class of this loader with an argument of the other. */
  private static Type holderOf(Class<?> type) {
    return Types.resolve(
        Keeper.class.getRecordComponents()[0].getGenericType(),
        Map.of(Keeper.class.getTypeParameters()[0], type));
  }

  @Test
  void conversions_doNotKeepTheLoaderOfAType() throws Exception {
    Conversions conversions = Conversions.installed(List.of());
    awaitCollected(bindRedeployed(conversions));
    Reference.reachabilityFence(conversions);
  }

  private static WeakReference<Conversions> bindOnce() throws ConversionException {
    Conversions conversions = Conversions.installed(List.of());
    Holder<String> made =
        conversions.convert(Binding.node(Map.of("held", "a")), new TypeRef<Holder<String>>() {});
    assertEquals(new Holder<>("a"), made);
    return new WeakReference<>(conversions);
  }

  @Test
  void aType_doesNotKeepTheConversions() throws Exception {
    awaitCollected(bindOnce());
  }

  /** The twin: what a plan holds is seen by the same measure. */
  @Test
  void aPlan_keepsItsConversions() throws Exception {
    Conversions conversions = Conversions.installed(List.of());
    Conversion plan = conversions.conversion(Redeployed.class);
    WeakReference<Conversions> kept = new WeakReference<>(conversions);
    conversions = Conversions.standard();
    for (int i = 0; i < 5; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10); // as above
    }
    assertTrue(kept.get() != null);
    Reference.reachabilityFence(plan);
    Reference.reachabilityFence(conversions);
  }

  @Test
  void aPlan_isMadeOnce_whileItIsKept() {
    Conversions conversions = Conversions.installed(List.of());
    List<Conversion> plans = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      plans.add(conversions.conversion(Redeployed.class));
    }
    assertSame(((BoundConversion) plans.get(0)).blueprint(), blueprint(plans.get(1)));
    assertSame(blueprint(plans.get(0)), blueprint(plans.get(2)));
    assertNotSame(
        blueprint(Conversions.standard().conversion(Redeployed.class)),
        blueprint(Conversions.standard().conversion(Redeployed.class)));
  }

  private static Blueprint blueprint(Conversion conversion) {
    return ((BoundConversion) conversion).blueprint();
  }
}
