package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Explanation;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Labels as an application gives and sees them; {@code docs/spec/profiles.md} has the rules. */
@Timeout(60)
class LabelsTest {

  @TempDir Path dir;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private Config.Builder builder() {
    return Config.builder().watching(false);
  }

  @Test
  void profiles_areLayersWhoseLastWins_andExplainShowsThem() throws IOException {
    Path base = file("app.properties", "port=80\nhost=a\n");
    Path prod = file("app-prod.properties", "port=81\nhost=b\n");
    Path eu = file("app-eu.properties", "port=82\n");
    try (Config config =
        builder()
            .source(Sources.file(base))
            .source(dir + "/app-{profile}.properties")
            .profiles("prod")
            .profiles("eu")
            .build()) {
      assertEquals(82, config.get("port").asInt());
      assertEquals("b", config.get("host").asString());
      assertEquals(
          "port = 82\n"
              + ("  won: 82   at " + eu + ":1:6   (profile=eu)\n")
              + ("  lost: 81   at " + prod + ":1:6   (profile=prod)\n")
              + ("  lost: 80   at " + base + ":1:6\n"),
          config.explain("port").toString());
      assertEquals(
          List.of(Map.of(), Map.of("profile", "prod"), Map.of("profile", "eu")),
          config.status().sources().stream().map(SourceStatus::labels).toList());
    }
  }

  @Test
  void labelWithoutAValue_isNoLayer_andStatusAndExplainSaySo() throws IOException {
    Path base = file("app.properties", "port=80\n");
    String text = dir + "/app-{zone}-{tier}.properties";
    try (Config config =
        builder().source(Sources.file(base)).source(text).label("zone", "eu").build()) {
      assertEquals(80, config.get("port").asInt());
      String why = "no layer: no value is given for {tier}";
      SourceStatus status = config.status().source(text);
      assertEquals(SourceStatus.State.DOWN, status.state());
      assertEquals("GIM-011 " + why + "\n        at " + text, status.reason().getMessage());
      assertEquals(List.of(new Explanation.Down(text, why)), config.explain("port").down());
      assertEquals(
          "port = 80\n  won: 80   at " + base + ":1:6\n  down: " + text + "   " + why + "\n",
          config.explain("port").toString());
      assertEquals(config.snapshot().version(), config.reload());
    }
  }

  @Test
  void sourcesMadeOfAText_areOneForEachValue() throws IOException {
    file("a {x}-1.conf", "port=81\n");
    file("a {x}-2.conf", "port=82\n");
    try (Config config =
        builder()
            .label("n", "1", "2")
            .source(
                dir + "/a {{x}}-{n}.conf",
                path -> Sources.file(path).name(path.replaceAll(".*/", "")).format("properties"))
            .build()) {
      assertEquals(82, config.get("port").asInt());
      assertEquals(
          List.of("a {x}-1.conf", "a {x}-2.conf"),
          config.status().sources().stream().map(SourceStatus::name).toList());
    }
  }

  private String of(Config config, String key) {
    return config.get(key).asString("-");
  }

  @Test
  void arguments_giveLabelsWhereverTheyStand_andTheOthersAreALayer() throws IOException {
    file("app-prod-a.properties", "port=81\nhost=b\n");
    file("app-eu-a.properties", "port=82\n");
    try (Config config =
        builder()
            .arguments("--gimbal.profile=prod,eu", "x", "--host=c", "--gimbal.label.zone=a")
            .source(dir + "/app-{profile}-{zone}.properties")
            .build()) {
      assertEquals("82 b -", of(config, "port") + ' ' + of(config, "host") + ' ' + of(config, "x"));
      assertEquals("-", of(config, "gimbal.profile"));
      assertEquals(
          List.of("arguments", dir + "/app-prod-a.properties", dir + "/app-eu-a.properties"),
          config.status().sources().stream().map(SourceStatus::name).toList());
    }
  }

  @Test
  void labelsOfArguments_standBehindThoseOfTheBuilder_andBeforeTheEnvironment() throws IOException {
    file("app-dev.properties", "port=80\n");
    file("app-prod.properties", "port=81\n");
    String text = dir + "/app-{profile}.properties";
    try (Config config =
        builder().source(text).profiles("dev").arguments("--gimbal.profile=prod").build()) {
      assertEquals(
          List.of(Map.of("profile", "dev"), Map.of("profile", "prod"), Map.of()),
          config.status().sources().stream().map(SourceStatus::labels).toList());
      assertEquals(81, config.get("port").asInt());
    }
  }

  @Test
  void argumentsBehindTheEndMark_areLeftAlone() {
    try (Config config =
        builder().arguments("--port=80", "--", "--gimbal.profil=prod", "--port=81").build()) {
      assertEquals("80", of(config, "port"));
    }
  }

  @Test
  void argumentOfGimbalThatGivesNoLabel_isRefused_withWhatMayBeMeant() {
    Config.Builder builder = builder();
    String expected = ": expected --gimbal.profile=value or --gimbal.label.name=value";

    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                builder.arguments(
                    "--gimbal.profil=prod",
                    "--port..=80",
                    "--gimbal.profile",
                    "--gimbal.lable.env=1"));

    assertEquals(
        ("GIM-017 argument --gimbal.profil" + expected + "; did you mean --gimbal.profile?\n")
            + "        at --gimbal.profil\n"
            + ("GIM-017 argument --gimbal.profile" + expected + "\n")
            + "        at --gimbal.profile\n"
            + ("GIM-017 argument --gimbal.lable.env" + expected)
            + "; did you mean --gimbal.label.env?\n        at --gimbal.lable.env\n"
            + "GIM-017 argument --port..: \"port..\" is not a path: expected a key (the empty key is"
            + " written \"\") (column 6)\n        at --port..",
        refused.getMessage());
    assertEquals("--gimbal.profile", refused.problems().get(0).details().suggestion());
    try (Config config = builder.build()) {
      assertEquals(List.of(), config.status().sources());
    }
  }

  @Test
  void labelOfAnArgumentThatNoTextHolds_isRefused() {
    Config.Builder builder = builder().arguments("--gimbal.label.regoin=eu", "--gimbal.profile=");

    assertEquals(
        "GIM-014 label regoin: no source has {regoin} in its text",
        assertThrows(ConfigException.class, builder::build).getMessage());
  }

  @Test
  void build_tellsAllThatIsWrongWithLabelsAtOnce() {
    Config.Builder builder =
        builder()
            .label("env", "a b")
            .label("regoin", "eu")
            .source("app-{env}.properties")
            .source("more-{env}.properties")
            .source("{region}.properties", Sources::file)
            .source("file:{.properties");

    assertEquals(
        "GIM-014 label env: \"a b\" (expected: up to 100 letters, digits, ., _ and -, without ..)\n"
            + "GIM-014 source \"file:{.properties\": a { does not begin a label such as {profile}"
            + " ({{ is the brace itself)",
        assertThrows(ConfigException.class, builder::build).getMessage());
  }

  @Test
  void sourceOfALabelledText_withoutABuilder_isRefused() {
    assertEquals(
        "GIM-014 source \"app-{env}.yaml\": {env} is a label, and there are none for it here",
        assertThrows(ConfigException.class, () -> Sources.of("app-{env}.yaml")).getMessage());
  }
}
