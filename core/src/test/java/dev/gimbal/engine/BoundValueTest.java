package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.bind.Default;
import dev.gimbal.source.MemorySource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bound types as values of a Config. */
class BoundValueTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";

  record Pool(String url, int maxSize, int min) {
    Pool {
      if (min > maxSize) {
        throw new IllegalArgumentException("min " + min + " is over " + maxSize + " of " + url);
      }
    }
  }

  record Account(String user, String password) {
    Account {
      if (user.equals(password)) {
        throw new IllegalArgumentException("the password is " + password);
      }
    }
  }

  record Accounts(Account account, @Default("x") String name) {}

  private static List<String> problems(Executable getter) {
    return assertThrows(ConfigException.class, getter).problems().stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void whatIsWrong_hasItsPlace_andWhatMayBeMeant() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("pool", Map.of("min", 1))),
            layer("high", Map.of("pool", Map.of("max-siez", 9, "min", "x", "uri", "u"))));
    assertEquals(
        List.of(
            "GIM-002 pool.url: there is no value, expected a text; did you mean pool.uri?\n"
                + "        at high.yaml:2:2   (overrides low.yaml:2:2)",
            "GIM-002 pool.maxSize: there is no value, expected "
                + INT
                + "; did you mean pool.max-siez?\n"
                + "        at high.yaml:2:2   (overrides low.yaml:2:2)",
            "GIM-003 pool.min: found \"x\", expected "
                + INT
                + "\n        at high.yaml:4:3   (overrides low.yaml:3:3)"),
        problems(() -> s.get("pool").as(Pool.class)));
  }

  @Test
  void aKeyThatIsReadAlready_isNotMeant() {
    PublishedSnapshot s = LayeredSnapshots.of(layer("s", Map.of("url", "u", "min", 1)));
    record Limits(int min, int max) {}
    assertEquals(
        List.of("GIM-002 max: there is no value, expected " + INT + "\n        at s.yaml:1:1"),
        problems(() -> s.get(ConfigPath.ROOT).as(Limits.class)));
  }

  @Test
  void anObjectThatIsMissing_isOfferedByItsName() {
    PublishedSnapshot s =
        LayeredSnapshots.of(layer("s", Map.of("acount", Map.of("user", "u", "password", "p"))));
    assertEquals(
        List.of(
            "GIM-002 account.user: there is no value, expected a text; did you mean acount.user?\n"
                + "        at s.yaml:1:1",
            "GIM-002 account.password: there is no value, expected a text; did you mean"
                + " acount.password?\n        at s.yaml:1:1"),
        problems(() -> s.get(ConfigPath.ROOT).as(Accounts.class)));
  }

  @Test
  void whatAConstructorSays_isShown_whereNothingBelowIsSecret() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer(
                "s",
                Map.of(
                    "account", Map.of("user", "u", "password", "u", "", "own"),
                    "pool", Map.of("url", "u", "min", 3, "max_size", 2))));
    assertEquals(
        List.of(
            "GIM-003 pool: found an object, expected values that BoundValueTest.Pool takes (min 3"
                + " is over 2 of u)\n        at s.yaml:6:2"),
        problems(() -> s.get("pool").as(Pool.class)));
    assertEquals(
        List.of(
            "GIM-003 account: found an object, expected values that BoundValueTest.Account takes\n"
                + "        at s.yaml:2:2"),
        problems(() -> s.get(ConfigPath.ROOT).as(Accounts.class)));
  }

  @Test
  void aLiveRecord_isReplacedWhole_andOnlyWhenItChanged() {
    MemorySource memory = Sources.memory("memory");
    memory.put("pool", Map.of("url", "u", "min", 1, "max-size", 2));
    try (Config config = Config.builder().source(memory).build()) {
      Live<Pool> live = config.live("pool", Pool.class);
      Pool first = live.get();
      assertEquals(new Pool("u", 2, 1), first);
      memory.put("other", 1);
      assertSame(first, live.get());
      assertEquals(
          List.of(
              "GIM-003 pool: found an object, expected values that BoundValueTest.Pool takes (min 3"
                  + " is over 2 of u)\n        at memory"),
          problems(() -> memory.put("pool.min", 3)));
      assertSame(first, live.get());
      memory.put("pool.min", 2);
      assertNotSame(first, live.get());
      assertEquals(new Pool("u", 2, 2), live.get());
    }
  }

  @Test
  void anAbsentRecord_isAbsent() {
    PublishedSnapshot s = LayeredSnapshots.of(layer("s", Map.of("pol", Map.of())));
    assertEquals(
        List.of("GIM-002 pool: there is no value, expected an object; did you mean pol?"),
        problems(() -> s.get("pool").as(Pool.class)));
  }
}
