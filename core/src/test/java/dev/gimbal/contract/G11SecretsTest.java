package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G11SecretsTest {

  private static final String SECRET = "hunter2";

  private final MemorySource memory = Sources.memory("memory");

  private static void requireAbsent(String text) {
    assertFalse(text.indexOf(SECRET) >= 0, text);
  }

  private static String everythingOf(Throwable e) {
    StringWriter out = new StringWriter();
    e.printStackTrace(new PrintWriter(out, true));
    return out.toString();
  }

  @Test
  void secret_isReadButNotShown() {
    memory.put("db.password", SECRET);
    try (Config config = Config.builder().source(memory).build()) {
      assertEquals(SECRET, config.get("db.password").asString());
      requireAbsent(config.get("db.password").toString());
      requireAbsent(config.get("db").toString());
      requireAbsent(config.root().toString());
      requireAbsent(config.snapshot().toString());
      requireAbsent(config.toString());
      requireAbsent(config.explain("db.password").toString());
      requireAbsent(config.explain("db").toString());
      assertEquals(Optional.of("***"), config.explain("db.password").value());
      assertEquals(Optional.of(SECRET), config.explain("db.password", true).value());
    }
  }

  @Test
  void errorsAboutASecret_doNotShowIt_norTheirCauses() {
    memory.put("db.password", SECRET);
    try (Config config = Config.builder().source(memory).build()) {
      ConfigException e =
          assertThrows(ConfigException.class, () -> config.get("db.password").asInt());
      assertEquals(ErrorCode.CONVERSION, e.code());
      requireAbsent(everythingOf(e));
      memory.put("db.password", 1);
      config.live("db.password", Integer.class);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("db.password", SECRET));
      requireAbsent(everythingOf(refused));
      requireAbsent(config.status().toString());
    }
  }

  @Test
  void changesOfASecret_doNotShowIt() throws Exception {
    memory.put("db.password", "x");
    StringBuffer shown = new StringBuffer();
    try (Config config = Config.builder().source(memory).build()) {
      config.onChange(
          "db", c -> shown.append(c).append(c.after()).append(c.before()).append(c.changes()));
      config.awaitDelivered(memory.put("db.password", SECRET), java.time.Duration.ofSeconds(30));
      assertEquals(1, config.status().delivered());
    }
    requireAbsent(shown.toString());
  }
}
