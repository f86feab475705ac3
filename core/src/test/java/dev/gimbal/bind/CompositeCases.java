package dev.gimbal.bind;

import dev.gimbal.TypeRef;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Year;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is made of others. */
final class CompositeCases {

  private CompositeCases() {}

  private static Scalar n(String text) {
    return Scalar.number(text);
  }

  private static Type t(TypeRef<?> type) {
    return type.type();
  }

  private static List<Object> withNull(Object... elements) {
    return Arrays.asList(elements);
  }

  static void optionals(ConversionCases cases) {
    cases.section("optionals");
    cases.ok(t(new TypeRef<Optional<Integer>>() {}), Optional.of(5), n("5"), "5");
    cases.ok(t(new TypeRef<Optional<Integer>>() {}), Optional.empty(), NullNode.NULL);
    cases.bad(
        t(new TypeRef<Optional<Integer>>() {}),
        "expected an integer from -2147483648 to 2147483647",
        "");
    cases.ok(t(new TypeRef<Optional<String>>() {}), Optional.of(""), "");
    cases.ok(OptionalInt.class, OptionalInt.of(5), n("5"));
    cases.ok(OptionalLong.class, OptionalLong.of(5), n("5"));
    cases.ok(OptionalDouble.class, OptionalDouble.of(0.5), n("0.5"));
    cases.bad(OptionalInt.class, "expected an integer from -2147483648 to 2147483647", "five");
  }

  static void collections(ConversionCases cases) {
    cases.section("collections");
    cases.ok(t(new TypeRef<List<Integer>>() {}), List.of(1, 2), List.of(n("1"), "2"), "1, 2");
    cases.ok(t(new TypeRef<List<Integer>>() {}), List.of(), List.of(), "", " ");
    cases.ok(t(new TypeRef<List<Integer>>() {}), List.of(5), n("5"), "5");
    cases.ok(
        List.class, List.of("a", "1.10", "true"), List.of("a", n("1.10"), true), "a , 1.10,true");
    cases.ok(List.class, List.of("a", "", "b", ""), "a,,b,");
    cases.ok(t(new TypeRef<Collection<Duration>>() {}), List.of(Duration.ofSeconds(1)), "1s");
    cases.ok(t(new TypeRef<List<? extends Year>>() {}), List.of(Year.of(2030)), List.of(n("2030")));
    cases.ok(
        t(new TypeRef<List<List<String>>>() {}),
        List.of(List.of("a", "b"), List.of()),
        List.of("a,b", List.of()));
    cases.ok(
        t(new TypeRef<List<Optional<Integer>>>() {}),
        List.of(Optional.of(1), Optional.empty()),
        withNull(n("1"), null));
    cases.bad(
        t(new TypeRef<List<Integer>>() {}),
        "[1]: expected an integer from -2147483648 to 2147483647; "
            + "[2]: expected an integer from -2147483648 to 2147483647",
        withNull(n("1"), "x", null),
        "1, x, ");
    cases.bad(
        t(new TypeRef<List<Integer>>() {}),
        "expected a list, or a text with commas",
        Map.of("0", 1));
    cases.bad(List.class, "[1]: expected a text", withNull("a", null), List.of("a", List.of()));
    Set<Object> set = new LinkedHashSet<>(List.of("b", "a"));
    cases.ok(t(new TypeRef<Set<String>>() {}), set, "b, a, b");
    cases.ok(
        t(new TypeRef<SortedSet<Integer>>() {}),
        new TreeSet<>(List.of(1, 2)),
        List.of(n("2"), n("1"), "01"));
    cases.ok(int[].class, new int[] {1, 2}, List.of(n("1"), n("2")), "1,2");
    cases.ok(String[].class, new String[] {"a"}, "a");
    cases.ok(
        t(new TypeRef<List<String>[]>() {}),
        new List<?>[] {List.of("a", "b")},
        List.of(List.of("a", "b")));
  }

  static void maps(ConversionCases cases) {
    cases.section("maps");
    Map<String, Integer> byName = new LinkedHashMap<>();
    byName.put("a", 1);
    byName.put("b", 2);
    cases.ok(t(new TypeRef<Map<String, Integer>>() {}), byName, Map.of("b", n("2"), "a", "1"));
    cases.ok(
        t(new TypeRef<Map<ConversionCases.Level, Duration>>() {}),
        Map.of(ConversionCases.Level.VERY_LOUD, Duration.ofSeconds(1)),
        Map.of("very-loud", "1s"));
    cases.ok(
        t(new TypeRef<SortedMap<Integer, List<String>>>() {}),
        new TreeMap<>(Map.of(2, List.of("a"), 10, List.of("b", "c"))),
        Map.of("10", "b,c", "2", "a"));
    cases.ok(
        Map.class,
        new TreeMap<>(Map.of("a", List.of("x"), "b", 1L)),
        Map.of("b", 1, "a", List.of("x")));
    cases.ok(Object.class, List.of(1L, "a"), List.of(1, "a"));
    cases.bad(t(new TypeRef<Map<String, Integer>>() {}), "expected an object", "a=1", List.of());
    cases.bad(
        t(new TypeRef<Map<Integer, Integer>>() {}),
        "a: expected an integer from -2147483648 to 2147483647, as the key; "
            + "b: expected an integer from -2147483648 to 2147483647, as the key",
        Map.of("a", 1, "b", 2));
    cases.bad(
        t(new TypeRef<Map<Integer, Integer>>() {}),
        "1: expected a key that does not say the same as one before it",
        Map.of("1", 1, "01", 2));
    cases.bad(
        t(new TypeRef<Map<String, List<Boolean>>>() {}),
        "a[1]: expected true or false; b[0]: expected true or false",
        Map.of("a", "true,no", "b", "yes"));
  }
}
