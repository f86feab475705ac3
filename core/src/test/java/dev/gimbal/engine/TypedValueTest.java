package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Live;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.Value;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.source.MemorySource;
import dev.gimbal.tree.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Values as types with arguments, and all that is wrong with one. */
class TypedValueTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";
  private static final TypeRef<List<Integer>> INTEGERS = new TypeRef<>() {};

  private static PublishedSnapshot snapshot(Map<String, ?> map) {
    return LayeredSnapshots.of(layer("s", map));
  }

  private static List<Problem> problems(Executable getter) {
    return assertThrows(ConfigException.class, getter).problems().stream()
        .map(SnapshotValueTest::whole)
        .toList();
  }

  private static List<String> messages(Executable getter) {
    return problems(getter).stream().map(p -> p.path() + ": " + p.message()).toList();
  }

  @Test
  void typedGetters_ofWhatIsThere_convert() {
    PublishedSnapshot s = snapshot(Map.of("l", List.of(1, "2"), "m", Map.of("a", "1s")));
    assertEquals(List.of(1, 2), s.get("l").as(INTEGERS));
    assertEquals(List.of(1, 2), s.get("l").as(INTEGERS, List.of()));
    assertEquals(Optional.of(List.of(1, 2)), s.get("l").asOptional(INTEGERS));
    assertEquals(
        Map.of("a", Duration.ofSeconds(1)), s.get("m").as(new TypeRef<Map<String, Duration>>() {}));
  }

  @Test
  void typedGetters_ofWhatIsAbsent_giveTheDefault_orThrow() {
    Value absent = snapshot(Map.of()).get("a");
    assertEquals(List.of(3), absent.as(INTEGERS, List.of(3)));
    assertEquals(Optional.empty(), absent.asOptional(INTEGERS));
    assertEquals(
        List.of("a: there is no value, expected a list, or a text with commas"),
        messages(() -> absent.as(INTEGERS)));
  }

  @Test
  void optionalTypes_areEmptyForAbsent() {
    Value absent = snapshot(Map.of()).get("a");
    assertEquals(Optional.empty(), absent.as(new TypeRef<Optional<Integer>>() {}));
    assertEquals(OptionalInt.empty(), absent.as(OptionalInt.class));
    assertEquals(OptionalInt.of(1), absent.as(OptionalInt.class, OptionalInt.of(1)));
  }

  @Test
  void typesThatNothingMakes_areTheCallersMistake() {
    Value absent = snapshot(Map.of()).get("a");
    TypeRef<List<Date>> dates = new TypeRef<>() {};
    int refused = 0;
    for (Executable call :
        List.<Executable>of(
            () -> absent.as(dates),
            () -> absent.as(dates, List.of()),
            () -> absent.asOptional(dates))) {
      assertEquals(
          "type: java.util.Date (expected: a type that the conversions make)",
          assertThrows(IllegalArgumentException.class, call).getMessage());
      refused++;
    }
    assertEquals(3, refused);
  }

  @Test
  void allElementsThatAreWrong_areTold_eachWithItsPlace() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("m", Map.of("a", List.of("x")))),
            layer("high", Map.of("m", Map.of("b", Arrays.asList("1", null, "y")))));
    assertEquals(
        List.of(
            new Problem(
                ErrorCode.CONVERSION,
                s.get("m.a[0]").path(),
                "found \"x\", expected " + INT,
                new Origin("low", "low.yaml", 4, 4),
                null),
            new Problem(
                ErrorCode.CONVERSION,
                s.get("m.b[1]").path(),
                "found null, expected " + INT,
                new Origin("high", "high.yaml", 5, 4),
                null),
            new Problem(
                ErrorCode.CONVERSION,
                s.get("m.b[2]").path(),
                "found \"y\", expected " + INT,
                new Origin("high", "high.yaml", 6, 4),
                null)),
        problems(() -> s.get("m").as(new TypeRef<Map<String, List<Integer>>>() {})));
  }

  @Test
  void partsOfAText_areToldAtThePlaceOfTheText() {
    PublishedSnapshot s = snapshot(Map.of("l", "1, x"));
    assertEquals(
        List.of(
            new Problem(
                ErrorCode.CONVERSION,
                s.get("l[1]").path(),
                "found \"x\", expected " + INT,
                new Origin("s", "s.yaml", 2, 2),
                null)),
        problems(() -> s.get("l").as(INTEGERS)));
  }

  @Test
  void constantThatIsMostLikeTheText_isOffered() {
    String units =
        "expected one of NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS";
    PublishedSnapshot s =
        snapshot(Map.of("a", "secnds", "b", "weeks", "c", 1, "password", "secnds"));
    assertEquals(
        List.of("a: found \"secnds\", " + units + "; did you mean SECONDS?"),
        messages(() -> s.get("a").asEnum(TimeUnit.class)));
    assertEquals(
        List.of("b: found \"weeks\", " + units), messages(() -> s.get("b").asEnum(TimeUnit.class)));
    assertEquals(
        List.of("c: found 1, " + units), messages(() -> s.get("c").asEnum(TimeUnit.class)));
    assertEquals(
        List.of("password: found ***, " + units),
        messages(() -> s.get("password").asEnum(TimeUnit.class)));
  }

  @Test
  void smallMistakes_areRepaired() throws ClassNotFoundException {
    Map<String, Object> texts = new LinkedHashMap<>();
    texts.put("a1 int", " 80");
    texts.put("a2 int", "1_000");
    texts.put("a3 boolean", "yes");
    texts.put("a4 boolean", 0);
    texts.put("a5 boolean", "ture");
    texts.put("a6 java.time.Duration", "1 S");
    texts.put("a7 java.time.Duration", "3 s");
    texts.put("a8 dev.gimbal.DataSize", "64 KiB");
    texts.put("a9 java.util.Locale", "pt_BR");
    texts.put("b1 java.util.Currency", "eur");
    texts.put("b2 java.time.Period", "1Y");
    texts.put("b3 double", "1.5 ");
    texts.put("c1 int", "80a");
    texts.put("c2 int", "1,000");
    texts.put("c3 java.time.Duration", "80");
    texts.put("c4 java.net.URI", "a b");
    texts.put("c5 boolean", "maybe");
    PublishedSnapshot s = snapshot(texts);
    List<String> meant = new ArrayList<>();
    for (String key : texts.keySet()) {
      ConversionException wrong =
          assertThrows(
              ConversionException.class,
              () ->
                  Conversions.standard()
                      .convert(Nodes.at(s.resolved(), ConfigPath.of(key)), type(key)));
      String message =
          ValueProblems.conversion(
                  s,
                  ConfigPath.of(key),
                  Nodes.at(s.resolved(), ConfigPath.of(key)),
                  wrong,
                  type(key))
              .get(0)
              .message();
      int question = message.indexOf("; did you mean ");
      meant.add(key.substring(0, 2) + (question < 0 ? "" : message.substring(question + 14)));
    }
    assertEquals(
        List.of(
            "a1 80?",
            "a2 1000?",
            "a3 true?",
            "a4 false?",
            "a5 true?",
            "a6",
            "a7 3s?",
            "a8 64KiB?",
            "a9 pt-BR?",
            "b1 EUR?",
            "b2 1y?",
            "b3 1.5?",
            "c1",
            "c2",
            "c3",
            "c4",
            "c5"),
        meant);
  }

  private static Class<?> type(String key) throws ClassNotFoundException {
    String name = key.substring(3);
    return switch (name) {
      case "int" -> int.class;
      case "boolean" -> boolean.class;
      case "double" -> double.class;
      default -> Class.forName(name);
    };
  }

  @Test
  void secretElements_areMasked() {
    PublishedSnapshot s =
        snapshot(Map.of("passwords", List.of("hunter2"), "tokens", "hunter3, 1", "keys", Map.of()));
    assertEquals(
        List.of("passwords[0]: found ***, expected " + INT),
        messages(() -> s.get("passwords").as(INTEGERS)));
    assertEquals(
        List.of("tokens[0]: found ***, expected " + INT),
        messages(() -> s.get("tokens").as(INTEGERS)));
  }

  @Test
  void liveList_withAWrongElement_keepsTheLastGoodOne() {
    MemorySource memory = Sources.memory("memory");
    memory.put("l", List.of(1, 2));
    try (Config config = Config.builder().source(memory).build()) {
      Live<List<Integer>> live = config.live("l", INTEGERS);
      List<Integer> first = live.get();
      assertEquals(List.of(1, 2), first);
      ConfigException e =
          assertThrows(ConfigException.class, () -> memory.put("l", List.of("x", 2, "y")));
      assertEquals(
          List.of("l[0]", "l[2]"), e.problems().stream().map(p -> p.path().toString()).toList());
      assertSame(first, live.get());
      memory.put("l", "3");
      assertEquals(List.of(3), live.get());
      ConfigException gone = assertThrows(ConfigException.class, () -> memory.remove("l"));
      assertEquals(ErrorCode.ABSENT, gone.code());
      assertEquals(List.of(3), live.get());
    }
  }

  @Test
  void liveList_thatIsAbsent_givesItsDefaultOrNothing() {
    MemorySource memory = Sources.memory("memory");
    memory.put("l", "3");
    try (Config config = Config.builder().source(memory).build()) {
      Live<List<Integer>> other = config.live("l", INTEGERS, List.of());
      memory.remove("l");
      assertThrows(ConfigException.class, config.live("l", INTEGERS)::get);
      assertEquals(List.of(), other.get());
      assertEquals(
          Optional.empty(), config.live("l", new TypeRef<Optional<List<Integer>>>() {}).get());
    }
  }
}
