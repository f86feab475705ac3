package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SnapshotValueTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";

  private static PublishedSnapshot snapshot(Map<String, ?> map) {
    return LayeredSnapshots.of(layer("s", map));
  }

  private static Problem problem(Executable getter) {
    ConfigException e = assertThrows(ConfigException.class, getter);
    assertEquals(1, e.problems().size());
    assertNull(e.getCause());
    return whole(e.problems().get(0));
  }

  /** Without its details, which {@code ProblemDetailsTest} is about. */
  static Problem whole(Problem problem) {
    return new Problem(
        problem.code(), problem.path(), problem.message(), problem.origin(), problem.overrides());
  }

  @Test
  void getters_ofWhatIsThere_convert() {
    Map<String, Object> map = new HashMap<>();
    map.put("s", "text");
    map.put("b", true);
    map.put("i", 8080);
    map.put("l", 1L << 40);
    map.put("d", 0.5);
    map.put("t", "90s");
    map.put("e", "milli-seconds");
    map.put("list", "a, b");
    map.put("map", Map.of("y", 1, "x", "z"));
    PublishedSnapshot s = snapshot(map);
    assertEquals("text", s.get("s").asString());
    assertEquals("text", s.get("s").asString("other"));
    assertEquals(true, s.get("b").asBoolean());
    assertEquals(true, s.get("b").asBoolean(false));
    assertEquals(8080, s.get("i").asInt());
    assertEquals(8080, s.get("i").asInt(1));
    assertEquals(1L << 40, s.get("l").asLong());
    assertEquals(1L << 40, s.get("l").asLong(1));
    assertEquals(0.5, s.get("d").asDouble());
    assertEquals(0.5, s.get("d").asDouble(1));
    assertEquals(new BigDecimal("0.5"), s.get("d").asDecimal());
    assertEquals(new BigDecimal("0.5"), s.get("d").asDecimal(BigDecimal.TEN));
    assertEquals(Duration.ofSeconds(90), s.get("t").asDuration());
    assertEquals(Duration.ofSeconds(90), s.get("t").asDuration(Duration.ZERO));
    assertEquals(TimeUnit.MILLISECONDS, s.get("e").asEnum(TimeUnit.class));
    assertEquals(TimeUnit.MILLISECONDS, s.get("e").asEnum(TimeUnit.DAYS));
    assertEquals(List.of("a", "b"), s.get("list").asList());
    assertEquals(List.of("a", "b"), s.get("list").asList(List.of()));
    assertEquals(Map.of("x", "z", "y", 1L), s.get("map").asMap());
    assertEquals(8080, s.get("i").as(Integer.class));
    assertEquals(8080, s.get("i").as(int.class));
    assertEquals(8080, s.get("i").as(Integer.class, 1));
    assertEquals(Optional.of(8080), s.get("i").asOptional(Integer.class));
    assertEquals(List.of("x", "y"), s.get("map").children());
    assertEquals(List.of(), s.get("list").children());
    assertEquals("z", s.get("map").get("x").asString());
    assertEquals("map.x", s.get("map").get("x").path().toString());
    assertEquals(7, s.get("map").get("x").version());
    assertEquals(Optional.of(new Origin("s", "s.yaml", 8, 2)), s.get("map").origin());
  }

  @Test
  @Tag("D25")
  void getters_ofWhatIsAbsent_giveTheDefault() {
    PublishedSnapshot s = snapshot(Map.of("l", Arrays.asList(1, null)));
    int asked = 0;
    for (Value value : List.of(s.get("no"), s.get("no.where[3].x"), s.get("l[1]"), s.get("l[2]"))) {
      assertEquals(false, value.exists());
      assertNull(value.node());
      assertEquals("x", value.asString("x"));
      assertEquals(true, value.asBoolean(true));
      assertEquals(1, value.asInt(1));
      assertEquals(1, value.asLong(1));
      assertEquals(1.0, value.asDouble(1));
      assertEquals(BigDecimal.TEN, value.asDecimal(BigDecimal.TEN));
      assertEquals(Duration.ZERO, value.asDuration(Duration.ZERO));
      assertEquals(TimeUnit.DAYS, value.asEnum(TimeUnit.DAYS));
      assertEquals(List.of("x"), value.asList(List.of("x")));
      assertEquals(Map.of(), value.asMap());
      assertEquals(1, value.as(Integer.class, 1));
      assertEquals(Optional.empty(), value.asOptional(Integer.class));
      assertEquals(List.of(), value.children());
      assertEquals(Optional.empty(), value.origin());
      assertEquals(false, value.get("a").exists());
      asked++;
    }
    assertEquals(4, asked);
  }

  @Test
  void getters_ofWhatIsAbsentWithoutADefault_throwAbsent_withWhatTheyTake() {
    Value value = snapshot(Map.of("a", 1)).get("other");
    Map<String, Executable> getters = new LinkedHashMap<>();
    getters.put("a text", value::asString);
    getters.put("true or false", value::asBoolean);
    getters.put("an integer from -2147483648 to 2147483647", value::asInt);
    getters.put("an integer from -9223372036854775808 to 9223372036854775807", value::asLong);
    getters.put("a number from -1.7976931348623157E308 to 1.7976931348623157E308", value::asDouble);
    getters.put("a decimal number of at most 1000 characters", value::asDecimal);
    getters.put("a duration with a unit, such as 500ms, 3s, 1h30m or PT3S", value::asDuration);
    getters.put(
        "one of NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS",
        () -> value.asEnum(TimeUnit.class));
    getters.put("a list, or a text with commas", value::asList);
    getters.put("an object", () -> value.as(Map.class));
    getters.put("a value", () -> value.as(Node.class));
    getters.forEach(
        (expected, getter) ->
            assertEquals(
                new Problem(
                    ErrorCode.ABSENT,
                    ConfigPath.of("other"),
                    "there is no value, expected " + expected,
                    null,
                    null),
                problem(getter)));
    assertEquals(11, getters.size());
  }

  @Test
  void falseIsFalse_whateverTheDefault() {
    PublishedSnapshot s = snapshot(Map.of("off", false, "text", "false"));
    for (String path : List.of("off", "text")) {
      assertEquals(false, s.get(path).asBoolean(), path);
      assertEquals(false, s.get(path).asBoolean(true), path);
    }
  }

  @Test
  void absent_withAKeyAlike_asksWhetherItWasMeant() {
    PublishedSnapshot s =
        snapshot(
            Map.of(
                "server", Map.of("port", 1, "max-size", 2),
                "a", Map.of("x", 1, "port1", 1, "port2", 1)));
    Map<String, String> cases =
        Map.of(
            "server.prot", "; did you mean server.port?",
            "server.port2", "; did you mean server.port?",
            "server.maxSize", "; did you mean server.max-size?",
            "sever.port", "; did you mean server.port?",
            "sever.port.x", "",
            "server.porting", "",
            "a.y", "",
            "a.port", "; did you mean a.port1?",
            "server.port.x", "",
            "server[0]", "");
    cases.forEach(
        (path, meant) ->
            assertEquals(
                "there is no value, expected an integer from -2147483648 to 2147483647" + meant,
                problem(() -> s.get(path).asInt()).message()));
    assertEquals(10, cases.size());
  }

  @Test
  void meant_isTheKeyAlikeWhereThereIsNothing() {
    PublishedSnapshot s = snapshot(Map.of("server", Map.of("port", 1)));

    assertEquals(Optional.of(ConfigPath.parse("server.port")), s.get("sever.port").meant());
    assertEquals(Optional.empty(), s.get("server.port").meant());
    assertEquals(Optional.empty(), s.get("other").meant());
  }

  @Test
  void malformed_namesWhatWasFoundAndExpectedWhereAndWhatItOverrides() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("lowest", Map.of("server", Map.of("port", 1))),
            layer("low", Map.of("server", Map.of("host", "h", "port", 2))),
            layer("high", Map.of("server", Map.of("port", "80a"))));
    Problem expected =
        new Problem(
            ErrorCode.CONVERSION,
            ConfigPath.of("server", "port"),
            "found \"80a\", expected " + INT,
            new Origin("high", "high.yaml", 3, 3),
            new Origin("low", "low.yaml", 4, 3));
    Value value = s.get("server.port");
    assertEquals(expected, problem(value::asInt));
    assertEquals(expected, problem(() -> value.asInt(5)));
    assertEquals(expected, problem(() -> value.as(Integer.class)));
    assertEquals(expected, problem(() -> value.as(int.class, 5)));
    assertEquals(expected, problem(() -> value.asOptional(Integer.class)));
    assertEquals(
        "GIM-003 server.port: found \"80a\", expected "
            + INT
            + "\n        at high.yaml:3:3   (overrides low.yaml:4:3)",
        expected.toString());
    for (Executable getter :
        List.<Executable>of(
            value::asBoolean,
            () -> value.asBoolean(true),
            value::asLong,
            () -> value.asLong(1),
            value::asDouble,
            () -> value.asDouble(1),
            value::asDecimal,
            () -> value.asDecimal(BigDecimal.ONE),
            value::asDuration,
            () -> value.asDuration(Duration.ZERO),
            () -> value.asEnum(TimeUnit.class),
            () -> value.asEnum(TimeUnit.DAYS),
            value::asMap,
            () -> s.get("server").asString("x"),
            () -> s.get("server").asList(List.of()))) {
      assertEquals(ErrorCode.CONVERSION, problem(getter).code());
    }
  }

  @Test
  void malformed_firstElementOfAList_isNamed() {
    PublishedSnapshot s = snapshot(Map.of("l", Arrays.asList(null, "a")));
    assertEquals(ConfigPath.of("l").child(0), problem(() -> s.get("l").asList()).path());
  }

  @Test
  void malformed_elementOfAList_namesItsIndexAndPlace() {
    PublishedSnapshot s = snapshot(Map.of("l", Arrays.asList("a", null)));
    assertEquals(
        new Problem(
            ErrorCode.CONVERSION,
            ConfigPath.of("l").child(1),
            "found null, expected a text",
            new Origin("s", "s.yaml", 4, 3),
            null),
        problem(() -> s.get("l").asList()));
  }

  @Test
  void emptyKey_isTheScalarOfItsObject_withItsOwnPlace() {
    PublishedSnapshot s = snapshot(Map.of("a", Map.of("", "x", "b", 2)));
    assertEquals("x", s.get("a").asString());
    assertEquals(
        new Problem(
            ErrorCode.CONVERSION,
            ConfigPath.of("a"),
            "found \"x\", expected " + INT,
            new Origin("s", "s.yaml", 3, 3),
            null),
        problem(() -> s.get("a").asInt()));
  }

  @Test
  void secrets_areMaskedInErrorsAndToString() {
    PublishedSnapshot s =
        snapshot(
            Map.of(
                "db",
                    Map.of(
                        "password", "hunter2", "url", "x:${db.password}@h", "alias", "${db.url}"),
                "all", "${db}",
                "plain", "y"));
    String message = "found ***, expected " + INT;
    int checked = 0;
    for (String path : List.of("db.password", "db.url", "db.alias", "all.password", "all.url")) {
      assertEquals(message, problem(() -> s.get(path).asInt()).message());
      assertEquals(path + " = ***", s.get(path).toString());
      checked++;
    }
    assertEquals(5, checked);
    assertEquals("x:hunter2@h", s.get("all.alias").asString());
    assertEquals("plain = y", s.get("plain").toString());
    assertEquals("no (absent)", s.get("no").toString());
    assertEquals(
        "(root) = {\"all\":{\"alias\":\"***\",\"password\":\"***\",\"url\":\"***\"},"
            + "\"db\":{\"alias\":\"***\",\"password\":\"***\",\"url\":\"***\"},\"plain\":\"y\"}",
        s.root().toString());
  }

  @Test
  void as_ofATypeThatNothingMakes_isTheCallersMistake() {
    Value absent = snapshot(Map.of()).get("a");
    String message = "type: java.util.Date (expected: a type that the conversions make)";
    for (Executable call :
        List.<Executable>of(
            () -> absent.as(Date.class),
            () -> absent.as(Date.class, new Date()),
            () -> absent.asOptional(Date.class))) {
      assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
  }

  @Test
  void root_ofAnEmptySnapshot_exists() {
    Value root = snapshot(Collections.emptyMap()).root();
    assertEquals(true, root.exists());
    assertSame(ObjectNode.EMPTY, root.node());
    assertEquals(Map.of(), root.asMap());
  }

  @Test
  void primitiveGetters_ofWhatIsThere_allocateNothing() {
    PublishedSnapshot s = snapshot(Map.of("i", 8080, "s", "-12", "b", "true", "d", "0.25"));
    Value i = s.get("i");
    Value text = s.get("s");
    Value b = s.get("b");
    Value d = s.get("d");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int calls = 20_000;
    long sum = 0;
    long before = 0;
    for (int call = -1; call < calls; call++) {
      if (call == 0) {
        before = threads.getThreadAllocatedBytes(thread); // the first round loads the classes
      }
      sum += i.asInt(1) + text.asInt() + i.asLong() + (b.asBoolean(false) ? 1 : 0);
      sum += (long) (4 * d.asDouble());
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertEquals((calls + 1) * (8080L - 12 + 8080 + 1 + 1), sum);
    assertNotEquals(0, before);
    assertEquals(0, allocated / calls);
  }
}
