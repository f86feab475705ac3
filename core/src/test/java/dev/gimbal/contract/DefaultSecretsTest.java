package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.Validator;
import dev.gimbal.Verdict;
import dev.gimbal.bind.Sensitive;
import dev.gimbal.secret.Secret;
import dev.gimbal.source.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * G11: the default of a placeholder is a secret where the path that it names is one, be something
 * there or not.
 */
@Tag("G11")
@Timeout(60)
class DefaultSecretsTest {

  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  /** A file, because texts of a memory source have no placeholders. */
  private Config.Builder builder(String... lines) throws Exception {
    Path file = Files.write(folder.resolve("app.properties"), List.of(lines));
    return Config.builder().source(Sources.file(file));
  }

  /** All that a Config shows of a path. */
  private static String shown(Config config, String path) {
    return config.explain(path)
        + " "
        + config.explain(path).candidates()
        + config.explain(path).steps()
        + config.get(path)
        + config.get(path).masked()
        + config.root()
        + config.root().masked()
        + failure(() -> config.get(path).as(Thread.State.class));
  }

  private static String failure(Runnable action) {
    ConfigException e = assertThrows(ConfigException.class, action::run);
    StringBuilder text = new StringBuilder(e.toString());
    for (Problem problem : e.problems()) {
      text.append(problem).append(problem.details());
    }
    return text.toString();
  }

  private static void assertMasked(Config config, String... paths) {
    for (String path : paths) {
      assertTrue(config.get(path).asString().contains(SECRET), path);
      String shown = shown(config, path);
      assertFalse(shown.contains(SECRET), shown);
      assertEquals(Optional.of("***"), config.explain(path).value(), path);
    }
  }

  @Test
  void pattern_masksDefaults_inEveryPlaceOfAText() throws Exception {
    try (Config config =
        builder(
                "only=${pin:hunter2}",
                "embedded=tcp://u:${vault.a.b:hunter2}@host",
                "nested=${absent:${also.absent:${pin:hunter2}}}",
                "inDefault=${pin:a ${absent:hunter2} b}",
                "inner=${absent:x ${pin:hunter2} y}",
                "through=http://${only}/",
                "spelled=${vault.a.\"b\":hunter2}",
                "other=${shown:visible}")
            .secret("pin")
            .secret("vault")
            .build()) {
      assertMasked(config, "only", "embedded", "nested", "inDefault", "inner", "through");
      assertMasked(config, "spelled");
      assertEquals(Optional.of("visible"), config.explain("other").value());
      assertEquals("${pin:***}", config.explain("only").candidates().get(0).value());
    }
  }

  @Test
  void pattern_masksDefaults_whereSomethingStandsThere() throws Exception {
    try (Config config =
        builder("pin=other", "a=${pin:hunter2}", "b=${c.x:hunter2}", "c.x=${pin}")
            .secret("pin")
            .build()) {
      for (String path : List.of("a", "b")) {
        assertEquals("other", config.get(path).asString());
        assertFalse(shown(config, path).contains(SECRET), shown(config, path));
      }
    }
  }

  @Test
  void paths_thatPlaceholdersLeadTo_orPutTogether_areAsked() throws Exception {
    try (Config config =
        builder(
                "db.host=h",
                "alias=${db}",
                "a=${alias.pin:hunter2}",
                "which=pin",
                "b=${db.${which}:hunter2}",
                "c=${${which}.x:hunter2}",
                "d=${db.${unset:${which}}:hunter2}",
                "e=${db.${which}x:visible}",
                "f=${sys:gimbal.none:${db.pin:hunter2}}",
                "g=${list[0]:hunter2}",
                "h=${aliasOfTokens[1]:hunter2}",
                "aliasOfTokens=${tokens}",
                "tokens[0]=t")
            .secret("db.pin")
            .secret("pin.*")
            .secret("list")
            .build()) {
      assertMasked(config, "a", "b", "c", "d", "f", "g", "h");
      assertEquals(Optional.of("visible"), config.explain("e").value());
    }
  }

  record Account(String user, Secret<String> pin, @Sensitive String iban) {}

  record Shop(Optional<Account> account, Optional<List<Secret<String>>> pins) {}

  @Test
  void type_masksDefaults_whereverItsMembersStand() throws Exception {
    try (Config config =
        builder(
                "a=${shop.account.pin:hunter2}",
                "b=x${shop.account.iban:hunter2}",
                "c[0]=${shop.pins[3]:hunter2}",
                "c[1]=visible",
                "d=${shop.pins:hunter2,x}",
                "e=${shop.account.user:visible}")
            .declare("shop", Shop.class)
            .build()) {
      assertMasked(config, "a", "b", "c[0]", "d");
      assertEquals(Optional.of("visible"), config.explain("c[1]").value());
      assertEquals(Optional.of("visible"), config.explain("e").value());
    }
  }

  @Test
  void type_thatIsDeclaredLater_masksDefaults_alsoWhilePinned() throws Exception {
    MemorySource memory = Sources.memory("memory");
    try (Config config =
        builder("a=${pin:hunter2}", "b=${other:x${iban:hunter3}}").source(memory).build()) {
      final long first = config.snapshot().version();
      assertEquals(Optional.of(SECRET), config.explain("a").value());
      config.live("pin", new TypeRef<Optional<Secret<String>>>() {});
      assertMasked(config, "a");
      assertEquals(first, config.snapshot().version());
      memory.put("z", 1);
      config.history().rollback(first);
      config.live("iban", new TypeRef<Optional<Secret<String>>>() {});
      assertMasked(config, "a");
      assertFalse(shown(config, "b").contains("hunter3"), shown(config, "b"));
      config.history().release();
      assertMasked(config, "a");
      assertFalse(shown(config, "b").contains("hunter3"), shown(config, "b"));
    }
  }

  @Test
  void validator_masksDefaults() throws Exception {
    Validator schema =
        new Validator() {
          @Override
          public Verdict validate(Snapshot candidate) {
            return Verdict.accept();
          }

          @Override
          public List<String> secrets() {
            return List.of("pin");
          }
        };
    try (Config config = builder("a=${pin:hunter2}").validator("v", schema).build()) {
      assertMasked(config, "a");
    }
  }

  @Test
  void problems_showNoDefault_norAPathThatIsMadeOfOne() throws Exception {
    for (String line :
        List.of(
            "a=${absent.${pin:hunter2}}",
            "a=${env:${pin:hunter2}}",
            "a=${sys:${absent:${pin:hunter2}}}",
            "a=${pin:hunter2} ${missing.name}",
            "a=${${pin:hunter2}..}",
            "a=${secret:${pin:hunter2}}",
            "a=${a.b}${pin:hunter2}",
            "a=${object.${pin:hunter2}} x\nobject.hunter2.z=1",
            "n=${pin:hunter2}\na=${n} ${missing.name}")) {
      String shown = failure(() -> building(line));
      assertFalse(shown.replace("object.hunter2", "").contains(SECRET), shown);
    }
  }

  private void building(String line) {
    try {
      builder(line).secret("pin").build().close();
    } catch (ConfigException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void objects_thatAPlaceholderBrings_haveTheSecretsOfBothPlaces() throws Exception {
    try (Config config =
        builder(
                "base.user=u",
                "base.pin=hunter2",
                "shop.account=${base}",
                "middle=${shop.account}",
                "far.account=${middle}",
                "list=${shop.account.pin}")
            .secret("shop.account.pin")
            .build()) {
      for (String path :
          List.of("shop.account.pin", "middle.pin", "far.account.pin", "list", "shop", "far")) {
        assertFalse(config.explain(path).toString().contains(SECRET), path);
        assertFalse(config.get(path).toString().contains(SECRET), path);
      }
      assertEquals(Optional.of("u"), config.explain("far.account.user").value());
      assertEquals(Map.of("user", "u", "pin", SECRET), config.get("far.account").asMap());
    }
  }
}
