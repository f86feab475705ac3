package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Explanation.Step;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.UnknownKeys;
import dev.gimbal.Verdict;
import dev.gimbal.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What problems tell of the placeholders that gave a value, and of all places it overrides. */
@Timeout(60)
class ProblemStepsTest {

  private static Source properties(String name, String text) {
    return Sources.string(name, "properties", text);
  }

  private static ConfigException refused(Source... sources) {
    Config.Builder builder = Config.builder();
    List.of(sources).forEach(builder::source);
    return assertThrows(ConfigException.class, builder::build);
  }

  private static ConfigException wrong(String text, Consumer<Config> use) {
    try (Config config = Config.builder().source(properties("app.properties", text)).build()) {
      return assertThrows(ConfigException.class, () -> use.accept(config));
    }
  }

  private static Step step(int line, int column, String placeholder, String value) {
    Origin origin = new Origin("app.properties", "app.properties", line, column);
    return new Step(placeholder, value, origin);
  }

  private static List<Step> steps(ConfigException e) {
    return e.problems().get(0).details().steps();
  }

  @Test
  void malformedValue_throughPlaceholders_namesThePlaceThatItComesFrom() {
    ConfigException e =
        wrong(
            "port=${base.port}\nbase.port=${first}${env:NO_SUCH_NAME:a}\nfirst=80\n",
            config -> config.get("port").asInt());

    assertEquals(
        """
        GIM-003 port: found "80a", expected an integer from -2147483648 to 2147483647
                at app.properties:1:6
               1 | port=***
                 |      ^
                resolved: ${base.port} -> 80a   at app.properties:2:11
                resolved: ${first} -> 80   at app.properties:3:7
                resolved: ${env:NO_SUCH_NAME} -> a\
        """,
        e.getMessage());
    assertEquals(
        List.of(
            step(2, 11, "${base.port}", "80a"),
            step(3, 7, "${first}", "80"),
            new Step("${env:NO_SUCH_NAME}", "a", null)),
        steps(e));
  }

  @Test
  void absentValue_belowAPlaceholder_namesWhereItLeads() {
    ConfigException e =
        wrong("server=${base}\nbase.prot=80\n", config -> config.get("server.port").asInt());

    assertEquals(
        """
        GIM-002 server.port: there is no value, expected an integer from -2147483648 to 2147483647; did you mean server.prot?
                resolved: ${base} -> {"prot":"80"}   at app.properties:2:11\
        """,
        e.getMessage());
  }

  @Test
  void secretValue_throughPlaceholders_isMaskedInEachStep() {
    String text = "url=${db.url}\ndb.url=${user}:${db.password}\nuser=u\ndb.password=hunter2\n";
    ConfigException e = wrong(text, config -> config.get("url").asInt());

    assertEquals(
        """
        GIM-003 url: found ***, expected an integer from -2147483648 to 2147483647
                at app.properties:1:5
               1 | url=***
                 |     ^
                resolved: ${db.url} -> ***   at app.properties:2:8
                resolved: ${user} -> u   at app.properties:3:6
                resolved: ${db.password} -> ***   at app.properties:4:13\
        """,
        e.getMessage());
  }

  /** What a secret is made of is as secret, whatever its own name says. */
  @Test
  void whatASecretIsMadeOf_isMaskedInEachStep() {
    String[] texts = {
      "port=${db.password}\ndb.password=${vault.value}\nvault.value=hunter2\n",
      "port=${db.password}\ndb.password=${vault}\nvault=hunter2\n",
      "port=${db.password:${vault.value}}\nvault.value=hunter2\n",
      "port=${gone.${db.password}}\ndb.password=${vault.value}\nvault.value=hunter2\n",
    };
    int steps = 0;
    for (String text : texts) {
      Config.Builder builder = Config.builder().source(properties("app.properties", text));
      ConfigException e =
          assertThrows(ConfigException.class, () -> builder.declare("port", int.class).build());
      assertEquals(-1, e.getMessage().indexOf("hunter2"), e.getMessage());
      steps += steps(e).size();
      for (Step step : steps(e)) {
        assertEquals("***", step.value(), e.getMessage());
      }
    }
    assertEquals(8, steps);
  }

  @Test
  void whatASecretIsMadeOf_isMaskedInItsExplanation() {
    String text = "port=${db.password}\ndb.password=${vault.value}\nvault.value=hunter2\n";
    try (Config config = Config.builder().source(properties("app.properties", text)).build()) {
      assertEquals(
          List.of(step(2, 13, "${db.password}", "***"), step(3, 13, "${vault.value}", "***")),
          config.explain("port").steps());
      assertEquals("hunter2", config.explain("port", true).steps().get(1).value());
    }
  }

  @Test
  void unknownKey_hasNoSteps_becauseItMayBeAMisspeltSecret() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .declare("db.password", String.class)
                    .unknownKeys("db", UnknownKeys.ERROR)
                    .source(properties("app.properties", "db.passwrod=${vault}\nvault=hunter2\n"))
                    .build());

    assertEquals(
        """
        GIM-026 db.passwrod: this key is not known; did you mean db.password?
                at app.properties:1:4
               1 | db.passwrod=***
                 |    ^\
        """,
        e.getMessage());
  }

  @Test
  void refusedValue_throughAPlaceholder_hasItsSteps() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(properties("app.properties", "min=${all}\nall=9\n"))
                    .validator("pool", candidate -> Verdict.reject("min", "it is too large"))
                    .build());

    assertEquals(List.of(step(2, 5, "${all}", "9")), steps(e));
  }

  @Test
  void unresolvedPlaceholder_tellsWhatWasResolvedBefore() {
    ConfigException e =
        refused(
            properties(
                "app.properties",
                "url=${kind}:${hosts.${stage}}\nstage=${kind}-1\nkind=prod\nhosts.test-1=h\n"));

    assertEquals(
        """
        GIM-008 url: hosts.prod-1 is absent, and ${hosts.${stage}} has no default
                at app.properties:1:5
               1 | url=***
                 |     ^
                resolved: ${stage} -> prod-1   at app.properties:2:7
                resolved: ${kind} -> prod   at app.properties:3:6\
        """,
        e.getMessage());
  }

  @Test
  void unresolvedPlaceholder_withNothingBefore_hasNoSteps() {
    assertEquals(List.of(), steps(refused(properties("app.properties", "url=${host}\n"))));
  }

  @Test
  void cycle_tellsWhatIsWrittenInEachPlace() {
    ConfigException e =
        refused(
            properties("low.properties", "b=x${c}\n"),
            properties("app.properties", "a=${b:none}\nc=${a}\n"));

    assertEquals(
        """
        GIM-009 a: refers to itself: a -> b -> c -> a
                at app.properties:1:3
               1 | a=***
                 |   ^
                resolved: ${b} -> x${c}   at low.properties:1:3
                resolved: ${c} -> ${a}   at app.properties:2:3
                resolved: ${a} -> ${b:none}   at app.properties:1:3\
        """,
        e.getMessage());
  }

  @Test
  void whatDoesNotResolve_showsNoSecret() {
    String secrets =
        "password=hunter2\nuser=u\nauth=${user}:${password}\nother.x=${password}\nbase=${other}\n"
            + "e=${env:NO_DB_PASSWORD:hunter2}\nobject.password=hunter2\nobject.y=${gone}\n"
            + "list.token=hunter2\n";
    Map<String, String> shown =
        Map.of(
            "${auth}", "***",
            "${password}", "***",
            "${base.x}", "***",
            "${e}", "***",
            "${user}", "u",
            "${object}", "{\"password\":\"***\",\"y\":\"${gone}\"}",
            "${env:NO_DB_PASSWORD:hunter2}", "***",
            "${list}", "{\"token\":\"***\"}");
    int asked = 0;
    for (String placeholder : shown.keySet()) {
      boolean isText = !placeholder.equals("${object}") && !placeholder.equals("${list}");
      String unresolved = isText ? "${gone." + placeholder + "}" : "an " + placeholder;
      String text = "z=" + unresolved + "\n" + secrets;
      ConfigException e = refused(properties("app.properties", text));
      List<String> values = new ArrayList<>();
      for (Problem problem : e.problems()) {
        if (problem.path().toString().equals("z")) {
          problem.details().steps().forEach(step -> values.add(step.value()));
        }
      }
      assertEquals(shown.get(placeholder), values.get(0), placeholder);
      assertEquals(-1, e.getMessage().indexOf("hunter2"), placeholder);
      asked++;
    }
    assertEquals(8, asked);
    ConfigException below =
        refused(properties("app.properties", "my.password=${gone.${user}}\nuser=u\n"));
    assertEquals(List.of(step(2, 6, "${user}", "***")), steps(below));
  }

  @Test
  void stepsOfAProblem_areFewAndBrief() {
    StringBuilder text = new StringBuilder("a=${gone.${p0}}\n");
    for (int i = 0; i < 30; i++) {
      text.append("p").append(i).append("=${p").append(i + 1).append("}\n");
    }
    text.append("p30=").append("line\\n".repeat(20)).append('\n');
    List<Step> steps = steps(refused(properties("app.properties", text.toString())));

    assertEquals(20, steps.size());
    assertEquals("line\\n".repeat(16) + "... (100 characters)", steps.get(0).value());
  }

  @Test
  void valueThatOverridesSeveral_namesThemAll() {
    try (Config config =
        Config.builder()
            .source(properties("low.properties", "port=1\n"))
            .source(properties("middle.properties", "\nport=2\n"))
            .source(properties("high.properties", "port=x\n"))
            .build()) {
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("port").asInt());

      assertEquals(
          """
          GIM-003 port: found "x", expected an integer from -2147483648 to 2147483647
                  at high.properties:1:6   (overrides middle.properties:2:6, low.properties:1:6)
                 1 | port=***
                   |      ^\
          """,
          e.getMessage());
    }
  }
}
