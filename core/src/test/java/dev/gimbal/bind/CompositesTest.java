package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.TypeRef;
import dev.gimbal.bind.ConversionException.Found;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** Collections, maps, arrays and optionals; {@link ConversionTableTest} has their examples. */
class CompositesTest {

  private final Conversions conversions = Conversions.standard();

  @Test
  void list_withBadElements_namesEachIndex() {
    Node node = Nodes.of(Arrays.asList("a", null, "b", List.of(), Map.of()), Scalar.Template.NONE);
    ConversionException e = assertThrows(ConversionException.class, () -> Conversions.toList(node));
    assertEquals(
        List.of(
            new ConversionException.Failure(
                ConfigPath.ROOT.child(1), Found.NULL, null, "a text", List.of(), null),
            new ConversionException.Failure(
                ConfigPath.ROOT.child(3), Found.LIST, null, "a text", List.of(), null),
            new ConversionException.Failure(
                ConfigPath.ROOT.child(4), Found.OBJECT, null, "a text", List.of(), null)),
        e.failures());
    assertEquals(
        "[1]: expected a text; [3]: expected a text; [4]: expected a text", e.getMessage());
  }

  @Test
  void nestedValues_thatAreWrong_areToldByTheirPlaces_upToAHundred() {
    List<Object> lists = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lists.add(Map.of("a", List.of("x", 1, "y")));
    }
    ConversionException e =
        assertThrows(
            ConversionException.class,
            () ->
                conversions.convert(
                    Nodes.of(lists, Scalar.Template.NONE),
                    new TypeRef<List<Map<String, List<Integer>>>>() {}));
    assertEquals(100, e.failures().size());
    assertEquals("[0].a[0]", e.failures().get(0).below().toString());
    assertEquals("[49].a[2]", e.failures().get(99).below().toString());
  }

  @Test
  void madeOfOthers_areImmutable() throws ConversionException {
    Node list = Nodes.of(List.of(1, 2), Scalar.Template.NONE);
    Node map = Nodes.of(Map.of("1", 2), Scalar.Template.NONE);
    List<Collection<Integer>> all =
        List.of(
            conversions.convert(list, new TypeRef<List<Integer>>() {}),
            conversions.convert(list, new TypeRef<Collection<Integer>>() {}),
            conversions.convert(list, new TypeRef<Set<Integer>>() {}),
            conversions.convert(list, new TypeRef<SortedSet<Integer>>() {}),
            conversions.convert(map, new TypeRef<Map<Integer, Integer>>() {}).values(),
            conversions.convert(map, new TypeRef<SortedMap<Integer, Integer>>() {}).keySet());
    for (Collection<Integer> made : all) {
      assertThrows(UnsupportedOperationException.class, made::clear);
    }
    assertEquals(6, all.size());
  }

  @Test
  void set_keepsTheOrderOfItsElements() throws ConversionException {
    Node list = Nodes.of(List.of("z", "b", "y", "a", "z"), Scalar.Template.NONE);
    assertEquals(
        List.of("z", "b", "y", "a"),
        List.copyOf(conversions.convert(list, new TypeRef<Set<String>>() {})));
  }

  private static <T> TypeRef<List<T>> listOf() {
    return new TypeRef<>() {};
  }

  @Test
  void types_thatNothingMakes_areToldWithWhatIsMissing() {
    Map<Type, String> types = new LinkedHashMap<>();
    String made = " (expected: a type that the conversions make)";
    types.put(new TypeRef<List<Date>>() {}.type(), "java.util.Date" + made);
    types.put(new TypeRef<Map<String, Date[]>>() {}.type(), "java.util.Date" + made);
    types.put(
        new TypeRef<ArrayList<String>>() {}.type(), "java.util.ArrayList<java.lang.String>" + made);
    types.put(Optional.class, "java.util.Optional" + made);
    types.put(listOf().type(), "T" + made);
    types.put(
        new TypeRef<Map<List<String>, String>>() {}.type(),
        "java.util.Map<java.util.List<java.lang.String>, java.lang.String>"
            + " (expected: keys of a type that is read from a text)");
    String urls = " (expected: no URL in a set or as a key: comparing two asks for their hosts)";
    types.put(new TypeRef<Set<URL>>() {}.type(), "java.util.Set<java.net.URL>" + urls);
    types.put(
        new TypeRef<Set<List<? extends URL>>>() {}.type(),
        "java.util.Set<java.util.List<? extends java.net.URL>>" + urls);
    types.put(
        new TypeRef<Map<URL, String>>() {}.type(),
        "java.util.Map<java.net.URL, java.lang.String>" + urls);
    types.put(
        new TypeRef<SortedSet<Locale>>() {}.type(),
        "java.util.SortedSet<java.util.Locale> (expected: elements or keys that have an order)");
    types.forEach(
        (type, message) -> {
          assertFalse(conversions.supports(type));
          IllegalArgumentException e =
              assertThrows(
                  IllegalArgumentException.class, () -> conversions.requireSupported(type));
          assertEquals("type: " + message, e.getMessage());
        });
    assertEquals(10, types.size());
    assertTrue(conversions.supports(new TypeRef<List<URL>>() {}.type()));
  }

  @Test
  void absent_isTheEmptyOneOfAnOptional() {
    assertEquals(Optional.empty(), conversions.absent(new TypeRef<Optional<String>>() {}.type()));
    assertEquals(OptionalInt.empty(), conversions.absent(OptionalInt.class));
    assertEquals(OptionalLong.empty(), conversions.absent(OptionalLong.class));
    assertEquals(OptionalDouble.empty(), conversions.absent(OptionalDouble.class));
    assertNull(conversions.absent(new TypeRef<List<String>>() {}.type()));
    assertNull(conversions.absent(String.class));
  }
}
