package dev.gimbal.bind;

import static dev.gimbal.bind.Binding.bind;
import static dev.gimbal.bind.Binding.failures;
import static dev.gimbal.bind.Binding.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.TypeRef;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records, made of the members of objects. */
class RecordsTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";

  record Pool(int maxSize, Duration timeout) {}

  private record Hidden(int a) {}

  record App(String name, Pool pool) {}

  @Test
  void members_areReadByTheNamesOfComponents() {
    assertEquals(
        new Pool(5, Duration.ofSeconds(3)),
        bind(Map.of("maxSize", 5, "timeout", "3s"), Pool.class));
    assertEquals(
        new App("a", new Pool(5, Duration.ofSeconds(3))),
        bind(Map.of("name", "a", "pool", Map.of("maxSize", "5", "timeout", "3s")), App.class));
  }

  @Test
  void aKey_mayDifferInCaseAndSeparators() {
    for (String key :
        List.of("maxSize", "max-size", "max_size", "MAX_SIZE", "MaxSize", "max.size")) {
      assertEquals(5, bind(Map.of(key, 5, "timeout", "3s"), Pool.class).maxSize());
    }
  }

  @Test
  void twoKeysOfOneComponent_areBothWrong() {
    assertEquals(
        List.of(
            "max-size: found 5, expected only one of the keys max-size, maxSize",
            "maxSize: found 6, expected only one of the keys max-size, maxSize",
            "timeout: found \"x\", expected a duration with a unit, such as 500ms, 3s, 1h30m or"
                + " PT3S"),
        failures(Map.of("maxSize", 6, "max-size", 5, "timeout", "x"), Pool.class));
  }

  record Alike(String url, String URL) {}

  @Test
  void componentsThatAreAlike_areReadExactly() {
    assertEquals(new Alike("a", "b"), bind(Map.of("url", "a", "URL", "b"), Alike.class));
    assertEquals(
        List.of("URL: there is no value, expected a text"),
        failures(Map.of("url", "a"), Alike.class));
  }

  record Named(@Key("max.conn") int connections, @Key("") String own) {}

  @Test
  void aKeyThatIsNamed_isReadExactly() {
    assertEquals(new Named(3, "x"), bind(Map.of("max.conn", 3, "", "x"), Named.class));
    assertEquals(
        List.of("\"max.conn\": there is no value, expected " + INT),
        failures(Map.of("max-conn", 3, "connections", 3, "", "x"), Named.class));
  }

  record SameKey(@Key("b") int a, int b) {}

  @Test
  void twoComponentsOfOneKey_areRefused() {
    assertEquals(
        SameKey.class.getTypeName() + ": two members read the key b", refused(SameKey.class));
  }

  record Absences(
      Optional<String> optional,
      OptionalInt optionalInt,
      @Nullable String nullable,
      @Default("7") int number,
      @Default("a, b") List<String> list,
      @Default("") List<Integer> emptyList,
      @Default("") Map<String, Integer> map,
      @Default("") String text) {}

  @Test
  void whatMayBeAbsent_isWhatItSays() {
    Absences all =
        new Absences(
            Optional.empty(),
            OptionalInt.empty(),
            null,
            7,
            List.of("a", "b"),
            List.of(),
            Map.of(),
            "");
    assertEquals(all, bind(Map.of(), Absences.class));
    Map<String, Object> nulls = new HashMap<>();
    for (String key : List.of("optional", "optionalInt", "nullable", "number", "list", "text")) {
      nulls.put(key, null);
    }
    assertEquals(all, bind(nulls, Absences.class));
  }

  record NullableNumber(@Nullable int number) {}

  @Test
  void aPrimitive_isNeverNull() {
    assertEquals(
        List.of("number: there is no value, expected an integer from -2147483648 to 2147483647"),
        failures(Map.of(), NullableNumber.class));
  }

  @Test
  void aDefault_isForAbsentOnly() {
    assertEquals(
        List.of("number: found \"\", expected " + INT),
        failures(Map.of("number", ""), Absences.class));
  }

  record Needed(
      int number, boolean flag, String text, List<String> list, Map<String, String> map) {}

  @Test
  void whatIsAbsent_isAFailure_andNeverZero() {
    assertEquals(
        List.of(
            "number: there is no value, expected " + INT,
            "flag: there is no value, expected true or false",
            "text: there is no value, expected a text",
            "list: there is no value, expected a list, or a text with commas",
            "map: there is no value, expected an object"),
        failures(Map.of(), Needed.class));
  }

  @Test
  void anAbsentRecord_isMadeOfItsDefaults_orSaysWhichAreMissing() {
    record Inner(@Default("1") int a, @Default("x") String b) {}
    record Outer(Inner inner) {}
    assertEquals(new Outer(new Inner(1, "x")), bind(Map.of(), Outer.class));
    assertEquals(
        List.of(
            "name: there is no value, expected a text",
            "pool.maxSize: there is no value, expected " + INT,
            "pool.timeout: there is no value, expected a duration with a unit, such as 500ms, 3s,"
                + " 1h30m or PT3S"),
        failures(Map.of(), App.class));
  }

  @Test
  void whatIsAbsent_offersTheKeysThatNothingReads() {
    ConversionException wrong =
        assertThrows(
            ConversionException.class,
            () ->
                Conversions.standard()
                    .convert(Binding.node(Map.of("maxSiez", 1, "timeout", "1s")), Pool.class));
    assertEquals(List.of("maxSiez"), wrong.failures().get(0).choices());
    assertEquals(ConversionException.Found.ABSENT, wrong.failures().get(0).found());
  }

  @Test
  void allThatIsWrong_isToldAtOnce_withItsPlace() {
    assertEquals(
        List.of(
            "name: there is no value, expected a text",
            "pool.max_size: found \"x\", expected " + INT,
            "pool.timeout: found an object, expected a duration with a unit, such as 500ms, 3s,"
                + " 1h30m or PT3S"),
        failures(Map.of("pool", Map.of("max_size", "x", "timeout", Map.of())), App.class));
  }

  @Test
  void whatIsNoObject_isWrong() {
    assertEquals(List.of("found 5, expected an object"), failures(5, Pool.class));
    assertEquals(List.of("found a list, expected an object"), failures(List.of(), Pool.class));
    assertEquals(
        List.of(
            "name: there is no value, expected a text", "pool: found \"5\", expected an object"),
        failures(Map.of("pool", "5"), App.class));
  }

  record Typed(String type, List<Integer> items) {}

  @Test
  void anEmptyKey_andUnknownKeys_areNotRead() {
    assertEquals(
        new Typed("t", List.of(1)),
        bind(
            Map.of("", Map.of("type", "u"), "type", "t", "items", 1, "0", 2, "a.b", 3),
            Typed.class));
  }

  // ---- in and around other types

  @Test
  void listsMapsArraysAndOptionals_holdRecords() {
    Map<String, ?> map = Map.of("maxSize", 5, "timeout", "3s");
    Pool pool = new Pool(5, Duration.ofSeconds(3));
    assertEquals(
        Map.of("l", List.of(pool)),
        bind(Map.of("l", List.of(map)), new TypeRef<Map<String, List<Pool>>>() {}));
    assertEquals(
        Map.of("a.b", pool, "7", pool),
        bind(Map.of("a.b", map, "7", map), new TypeRef<Map<String, Pool>>() {}));
    assertEquals(
        Map.of("o", Optional.of(pool)),
        bind(Map.of("o", map), new TypeRef<Map<String, Optional<? extends Pool>>>() {}));
    assertEquals(
        Map.of("s", Set.of(pool)),
        bind(Map.of("s", List.of(map, map)), new TypeRef<Map<String, Set<Pool>>>() {}));
    assertArrayEquals(
        new Pool[] {pool},
        bind(Map.of("p", List.of(map)), new TypeRef<Map<String, Pool[]>>() {}).get("p"));
  }

  @Test
  void aListThatIsPartlyBad_isToldByElement() {
    List<Object> list = new ArrayList<>();
    list.add(Map.of("maxSize", 1, "timeout", "3s"));
    list.add(null);
    list.add(Map.of("maxSize", "x", "timeout", "3s"));
    list.add(5);
    assertEquals(
        List.of(
            "l[1]: found null, expected an object",
            "l[2].maxSize: found \"x\", expected " + INT,
            "l[3]: found 5, expected an object"),
        failures(Map.of("l", list), new TypeRef<Map<String, List<Pool>>>() {}.type()));
  }

  @Test
  void failures_endAtAHundred() {
    List<Object> list = Collections.nCopies(60, Map.of());
    assertEquals(
        100, failures(Map.of("l", list), new TypeRef<Map<String, List<Pool>>>() {}.type()).size());
  }

  record Arrays2(int[] numbers, Hidden[] records, byte[] bytes) {}

  @Test
  void arrays_areNewForEachRecord() {
    Map<String, ?> map =
        Map.of("numbers", List.of(1, 2), "records", List.of(Map.of("a", 1)), "bytes", "SGk=");
    Arrays2 first = bind(map, Arrays2.class);
    assertArrayEquals(new int[] {1, 2}, first.numbers());
    assertEquals(List.of(new Hidden(1)), Arrays.asList(first.records()));
    assertNotSame(first.numbers(), bind(map, Arrays2.class).numbers());
  }

  enum Level {
    LOW,
    VERY_HIGH
  }

  record WithEnum(Level level, Map<Level, Integer> by) {}

  @Test
  void enums_areReadInside() {
    assertEquals(
        new WithEnum(Level.VERY_HIGH, Map.of(Level.LOW, 1)),
        bind(Map.of("level", "very-high", "by", Map.of("low", 1)), WithEnum.class));
  }

  @Test
  void localAndPrivateRecords_ofTheClassPath_areMade() {
    record Local(int a) {}
    assertEquals(new Local(1), bind(Map.of("a", 1), Local.class));
    assertEquals(new Hidden(1), bind(Map.of("a", 1), Hidden.class));
  }

  // ---- generic, and of itself

  record Page<T>(T item, List<T> items, Map<String, ? extends T> named, T[] array) {}

  record Pages<A, B extends ZoneId>(Page<A> first, Optional<Page<List<B>>> second) {}

  @Test
  void genericRecords_readWhatTheirArgumentsSay() {
    Map<String, ?> page =
        Map.of("item", 1, "items", "2,3", "named", Map.of("a", 4), "array", List.of(5));
    Page<Integer> integers = bind(page, new TypeRef<Page<Integer>>() {});
    assertEquals(1, integers.item());
    assertEquals(List.of(2, 3), integers.items());
    assertEquals(4, integers.named().get("a"));
    assertArrayEquals(new Integer[] {5}, integers.array());
    Pages<String, ZoneOffset> pages =
        bind(
            Map.of(
                "first",
                page,
                "second",
                Map.of(
                    "item", "Z,+01:00", "items", List.of(), "named", Map.of(), "array", List.of())),
            new TypeRef<Pages<String, ZoneOffset>>() {});
    assertEquals("1", pages.first().item());
    assertEquals(
        List.of(ZoneOffset.UTC, ZoneOffset.ofHours(1)), pages.second().orElseThrow().item());
  }

  @Test
  void aGenericRecordWithoutArguments_readsItsBounds() {
    Pages<?, ?> pages =
        bind(
            Map.of(
                "first",
                Map.of("item", 1, "items", List.of("a"), "named", Map.of(), "array", List.of())),
            Pages.class);
    assertEquals(1L, pages.first().item());
    assertEquals(List.of("a"), pages.first().items());
  }

  record Tree(String name, @Default("") List<Tree> children, Map<String, Tree> named) {}

  record Linked(int a, @Nullable Linked next, Optional<Linked> other) {}

  @Test
  void recordsOfThemselves_areMadeAsDeepAsTheyAreWritten() {
    assertEquals(
        new Tree("a", List.of(new Tree("b", List.of(), Map.of())), Map.of()),
        bind(
            Map.of(
                "name", "a",
                "children", List.of(Map.of("name", "b", "named", Map.of())),
                "named", Map.of()),
            Tree.class));
    Linked end = new Linked(2, null, Optional.empty());
    assertEquals(
        new Linked(1, end, Optional.of(end)),
        bind(Map.of("a", 1, "next", Map.of("a", 2), "other", Map.of("a", 2)), Linked.class));
    assertNull(end.next());
  }

  record Chicken(Egg egg) {}

  record Egg(Chicken chicken) {}

  record Flock(Optional<Egg> egg, Chicken chicken) {}

  @Test
  void recordsThatNeedEachOther_areRefused() {
    String expected =
        "RecordsTest.Egg.chicken: type: "
            + Chicken.class.getTypeName()
            + " (expected: an Optional, a list or a map, so that there is an end)";
    assertEquals(expected, refused(Chicken.class));
    assertEquals(expected, refused(Flock.class));
  }

  record Growing<T>(Optional<Growing<List<T>>> next) {}

  @Test
  void aTypeThatGrows_isRefused() {
    String refused = refused(new TypeRef<Growing<String>>() {}.type());
    assertEquals(
        " (expected: a type that is made of others at most 50 levels deep)",
        refused.substring(refused.lastIndexOf(" (expected")));
    assertEquals("RecordsTest.Growing.next: ", refused.substring(0, 26));
  }

  record Doubling<T>(Optional<Doubling<Map<T, T>>> next) {}

  /** In its fiftieth, String would stand two to the fiftieth times. */
  @Test
  void aTypeThatDoubles_isRefused() {
    String type = "java.lang.String";
    for (int i = 0; i < 9; i++) {
      type = "java.util.Map<" + type + ", " + type + ">";
    }
    assertEquals(
        "type: "
            + Doubling.class.getTypeName()
            + "<"
            + type
            + "> (expected: a type that is made of others at most 50 levels deep)",
        refused(new TypeRef<Doubling<String>>() {}.type()));
  }

  record Owner(Thread thread) {}

  record Owned(List<Map<String, Owner>> owners) {}

  @Test
  void aComponentThatNothingConverts_isRefused_withTheWayToIt() {
    String expected =
        "RecordsTest.Owned.owners: RecordsTest.Owner.thread: type: java.lang.Thread (expected: a"
            + " type that the conversions make)";
    assertEquals(expected, refused(Owned.class));
    assertEquals(expected, refused(new TypeRef<List<Owned>>() {}.type()));
    Type type = Owned.class;
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> Conversions.standard().convert(Binding.node(Map.of()), type));
    assertEquals(expected, wrong.getMessage());
  }

  record BadDefault(@Default("x") int a) {}

  record Near(@Default("yes") boolean a) {}

  @Test
  void aDefaultThatDoesNotConvert_isRefused() {
    assertEquals(
        "RecordsTest.BadDefault.a: default: \"x\", expected " + INT, refused(BadDefault.class));
    assertEquals(
        "RecordsTest.Near.a: default: \"yes\", expected true or false; did you mean true?",
        refused(Near.class));
  }

  // ---- what constructors throw

  record Range(int min, int max, @Nullable String name) {
    Range {
      if (min > max) {
        throw new IllegalArgumentException("min " + min + " is over max " + max);
      }
      if (max == 99) {
        throw new AssertionError("secret " + max);
      }
      if (max == 98) {
        throw new StackOverflowError();
      }
      if (max == 97) {
        throw new IllegalStateException();
      }
      if (max == 96) {
        Objects.requireNonNull(name, "name");
      }
    }
  }

  @Test
  void whatAConstructorThrows_isAFailureOfTheObject() {
    String expected = "found an object, expected values that RecordsTest.Range takes";
    for (Map.Entry<Integer, String> reason :
        Map.of(
                0, "min 1 is over max 0",
                99, "java.lang.AssertionError",
                98, "java.lang.StackOverflowError",
                97, "java.lang.IllegalStateException",
                96, "java.lang.NullPointerException: name")
            .entrySet()) {
      assertEquals(
          List.of("r: " + expected + " (" + reason.getValue() + ")"),
          failures(
              Map.of("r", Map.of("min", 1, "max", reason.getKey())),
              new TypeRef<Map<String, Range>>() {}.type()));
    }
  }

  @Test
  void aConstructor_isNotCalledWithHalfOfIt() {
    assertEquals(
        List.of("max: there is no value, expected " + INT),
        failures(Map.of("min", 5), Range.class));
  }

  @Test
  void recordsCallUserCode_alsoInside() {
    Conversions conversions = Conversions.standard();
    assertEquals(true, conversions.callsUserCode(Pool.class));
    assertEquals(true, conversions.callsUserCode(new TypeRef<List<Optional<Pool>>>() {}.type()));
    assertEquals(true, conversions.callsUserCode(new TypeRef<Page<String>>() {}.type()));
    assertEquals(false, conversions.callsUserCode(new TypeRef<List<Optional<String>>>() {}.type()));
  }
}
