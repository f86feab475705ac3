package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.bind.Converter;
import dev.gimbal.bind.Sensitive;
import dev.gimbal.secret.Secret;
import dev.gimbal.source.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** G11: what a type says is secret that is asked for once, and declared nowhere. */
@Tag("G11")
@Timeout(60)
class AskedSecretsTest {

  private static final String SECRET = "hunter2";

  private final MemorySource memory = Sources.memory("memory");

  enum Level {
    LOW
  }

  record Own(String text) {
    Own {
      throw new IllegalArgumentException("bad " + text);
    }
  }

  record Holds(@Sensitive String pin, String user) {
    Holds {
      throw new IllegalArgumentException("bad " + pin + " of " + user);
    }
  }

  record HoldsAll(
      @Sensitive Integer pin, @Sensitive List<Integer> pins, MarkedSecretsTest.Note note) {}

  record Around(MarkedSecretsTest.Holding holding) {
    Around {
      throw new IllegalArgumentException("bad " + holding.text());
    }
  }

  record User(String user) {
    User {
      throw new IllegalArgumentException("bad " + user);
    }
  }

  private static String refusal(Config config, String path, TypeRef<?> type) {
    ConfigException e = assertThrows(ConfigException.class, () -> config.get(path).as(type));
    String told = String.valueOf(e.getMessage()) + e.problems() + e.getCause();
    assertFalse(told.contains(SECRET), told);
    return String.valueOf(e.problems().get(0).message());
  }

  @Test
  void typeThatIsAskedFor_masksItsSecrets_alsoInPartsAndReasons() {
    memory.put("pin", SECRET);
    memory.put("pins", "1," + SECRET);
    memory.put("own.text", SECRET);
    memory.put("holds", Map.of("pin", SECRET, "user", "u"));
    memory.put("all", Map.of("pin", SECRET, "pins", "1," + SECRET, "note", SECRET));
    memory.put("around.holding", Map.of("iban", SECRET, "name", "n"));
    memory.put("copy.pin", "${pin}");
    memory.put("copy.user", "u");
    memory.put("user.user", "u");
    try (Config config = Config.builder().source(memory).converter(new Refusing()).build()) {
      String integer = "found ***, expected an integer from -2147483648 to 2147483647";
      assertEquals(integer, refusal(config, "pins", new TypeRef<Secret<List<Integer>>>() {}));
      assertEquals(integer, refusal(config, "pins", new TypeRef<Secret<int[]>>() {}));
      assertEquals(
          "found ***, expected one of LOW",
          refusal(config, "pin", new TypeRef<Secret<Set<Level>>>() {}));
      assertEquals(
          "found ***, expected x", refusal(config, "pin", new TypeRef<Secret<Refused>>() {}));
      refusal(config, "own", new TypeRef<Secret<Own>>() {});
      refusal(config, "holds", new TypeRef<Holds>() {});
      refusal(config, "copy", new TypeRef<Holds>() {});
      refusal(config, "around", new TypeRef<Around>() {});
      assertEquals(integer, refusal(config, "all", new TypeRef<HoldsAll>() {}));
      refusal(config, "copy", new TypeRef<HoldsAll>() {});
      assertTrue(refusal(config, "user", new TypeRef<User>() {}).endsWith("(bad u)"));
    }
  }

  static final class Refused {}

  static final class Refusing implements Converter<Refused> {
    @Override
    public Class<Refused> type() {
      return Refused.class;
    }

    @Override
    public String expected() {
      return "x";
    }

    @Override
    public Refused convert(String text) {
      throw new IllegalArgumentException("bad " + text);
    }
  }
}
