package dev.gimbal.bind;

import static dev.gimbal.bind.Binding.bind;
import static dev.gimbal.bind.Binding.failures;
import static dev.gimbal.bind.Binding.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Interfaces of getters. */
class InterfacesTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";
  private static final AtomicInteger CALLS = new AtomicInteger();

  /** All kinds of getters. */
  public interface Pool {

    int maxSize();

    String getUrl();

    boolean isOpen();

    Boolean isLazy();

    @Default("3s")
    Duration timeout();

    @Key("the-schema")
    Optional<String> schema();

    @Nullable String owner();

    default int minSize() {
      CALLS.incrementAndGet();
      return maxSize() / 2;
    }

    default int half(int of) {
      return of / 2 + minSize();
    }

    static int none() {
      return 0;
    }
  }

  private static final Map<String, Object> POOL =
      Map.of("max-size", 9, "url", "u", "open", true, "lazy", false);

  @Test
  void getters_giveTheValuesOfTheirKeys() {
    Pool pool = bind(POOL, Pool.class);
    assertEquals(9, pool.maxSize());
    assertEquals("u", pool.getUrl());
    assertTrue(pool.isOpen());
    assertFalse(pool.isLazy());
    assertEquals(Duration.ofSeconds(3), pool.timeout());
    assertEquals(Optional.empty(), pool.schema());
    assertNull(pool.owner());
  }

  @Test
  void aDefaultMethod_isADefault_calledOnceWhenItIsBound() {
    int before = CALLS.get();
    Pool pool = bind(POOL, Pool.class);
    assertEquals(before + 1, CALLS.get());
    assertEquals(4, pool.minSize());
    assertEquals(4, pool.minSize());
    assertEquals(before + 1, CALLS.get());
    assertEquals(9, pool.half(10));
    Pool given =
        bind(
            Map.of("maxSize", 9, "url", "u", "open", true, "lazy", true, "minSize", 1), Pool.class);
    assertEquals(1, given.minSize());
    assertEquals(before + 1, CALLS.get());
  }

  @Test
  void whatIsWrong_isToldAtOnce_inTheOrderOfTheGetters() {
    assertEquals(
        List.of(
            "url: there is no value, expected a text",
            "lazy: found \"yes\", expected true or false",
            "open: there is no value, expected true or false",
            "maxSize: found \"x\", expected " + INT),
        failures(Map.of("lazy", "yes", "maxSize", "x"), Pool.class));
  }

  interface Hidden {
    int a();

    List<Hidden> others();

    int[] numbers();
  }

  @Test
  void interfacesOfThePackage_areMade_alsoInOthers() {
    Map<String, ?> inner = Map.of("a", 2, "others", List.of(), "numbers", List.of());
    Hidden hidden =
        bind(Map.of("a", 1, "others", List.of(inner), "numbers", List.of(1, 2)), Hidden.class);
    assertEquals(2, hidden.others().get(0).a());
    record Holder(Hidden hidden) {}
    assertEquals(2, bind(Map.of("hidden", inner), Holder.class).hidden().a());
  }

  @Test
  void arrays_areCopiedAtEachCall() {
    Hidden hidden =
        bind(Map.of("a", 1, "others", List.of(), "numbers", List.of(1, 2)), Hidden.class);
    hidden.numbers()[0] = 7;
    assertArrayEquals(new int[] {1, 2}, hidden.numbers());
  }

  @Test
  void equality_isByValue_andToStringHasNoValues() {
    Map<String, ?> map = Map.of("a", 1, "others", List.of(), "numbers", List.of(1, 2));
    Hidden one = bind(map, Hidden.class);
    Hidden same = bind(map, Hidden.class);
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(
        one, bind(Map.of("a", 1, "others", List.of(), "numbers", List.of(1)), Hidden.class));
    assertNotEquals(one, null);
    assertNotEquals(one, Map.of());
    assertEquals("InterfacesTest.Hidden[a, numbers, others]", one.toString());
  }

  interface Base<T> {
    T item();

    CharSequence name();
  }

  interface Derived extends Base<List<Integer>> {
    @Override
    String name();

    @Override
    int hashCode();
  }

  @Test
  void inheritedGetters_areReadAsWhatTheyAreHere() {
    Derived derived = bind(Map.of("item", "1,2", "name", "n"), Derived.class);
    assertEquals(List.of(1, 2), derived.item());
    assertEquals("n", derived.name());
    assertEquals(3L, bind(Map.of("item", 3, "name", "n"), BaseOfLong.class).item());
  }

  interface BaseOfLong extends Base<Long> {
    @Override
    String name();
  }

  interface NoGetter {
    void close();
  }

  interface Taking {
    int a(int b);
  }

  interface TwoNames {
    int size();

    int getSize();
  }

  interface HiddenDefault {
    default int a() {
      return 1;
    }
  }

  @Test
  void whatIsNoInterfaceOfGetters_isRefused() {
    String type = "type: " + InterfacesTest.class.getTypeName();
    assertEquals(
        type
            + "$NoGetter (expected: an interface of getters, but for default methods; close is"
            + " none)",
        refused(NoGetter.class));
    assertEquals(
        type + "$Taking (expected: an interface of getters, but for default methods; a is none)",
        refused(Taking.class));
    assertEquals(
        TwoNames.class.getTypeName() + ": two members read the key size", refused(TwoNames.class));
    assertEquals(
        type
            + "$HiddenDefault (expected: a public interface in a package that is exported, because"
            + " it has the default method a)",
        refused(HiddenDefault.class));
    assertEquals(
        "type: java.lang.Runnable (expected: a type that the conversions make)",
        refused(Runnable.class));
  }

  /** Its default fails. */
  public interface Failing {
    default int a() {
      throw new IllegalArgumentException("a is needed");
    }
  }

  @Test
  void aDefaultMethodThatThrows_isAFailureOfTheObject() {
    assertEquals(
        List.of("found an object, expected values that InterfacesTest.Failing takes (a is needed)"),
        failures(Map.of(), Failing.class));
    assertEquals(5, bind(Map.of("a", 5), Failing.class).a());
  }
}
