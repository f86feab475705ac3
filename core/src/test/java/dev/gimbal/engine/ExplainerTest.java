package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import dev.gimbal.Explanation.Candidate;
import dev.gimbal.Explanation.Outcome;
import dev.gimbal.Explanation.Step;
import dev.gimbal.Origin;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainerTest {

  private static Explanation explain(PublishedSnapshot snapshot, String path, boolean reveal) {
    return Explainer.explain(snapshot, ConfigPath.parse(path), reveal);
  }

  private static Candidate candidate(
      String source, int line, int column, Outcome outcome, String value) {
    Origin origin = new Origin(source, source + ".yaml", line, column);
    return new Candidate(source, origin, outcome, value);
  }

  /** A placeholder that names what stands in a source. */
  private static Step step(String source, int line, int column, String placeholder, String value) {
    return new Step(placeholder, value, new Origin(source, source + ".yaml", line, column));
  }

  /** A placeholder whose default gives its value. */
  private static Step byDefault(String placeholder, String value) {
    return new Step(placeholder, value, null);
  }

  @Test
  void explain_aScalar_showsWhoWonAndWhoLost() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("port", 1)),
            layer("middle", Map.of("other", 1)),
            layer("high", Map.of("port", "80 \"x\"")));
    assertEquals(
        new Explanation(
            ConfigPath.of("port"),
            Optional.of("80 \"x\""),
            List.of(
                candidate("high", 2, 2, Outcome.WON, "80 \"x\""),
                candidate("low", 2, 2, Outcome.LOST, "1")),
            List.of()),
        explain(s, "port", false));
    assertEquals(
        new Explanation(ConfigPath.of("no"), Optional.empty(), List.of(), List.of()),
        explain(s, "no", false));
  }

  @Test
  void explain_aTombstone_showsWhoRemovedIt() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("a", Map.of("b", 1))),
            layer("high", Collections.singletonMap("a", null)));
    assertEquals(
        new Explanation(
            ConfigPath.of("a", "b"),
            Optional.empty(),
            List.of(
                candidate("high", 2, 2, Outcome.REMOVED, "null"),
                candidate("low", 3, 3, Outcome.LOST, "1")),
            List.of()),
        explain(s, "a.b", false));
  }

  @Test
  void explain_anObject_isCompactSortedAndMasked() {
    Map<String, Object> db = new HashMap<>();
    db.put("password", Map.of("", "hunter2", "hash", "md5"));
    db.put("text", "q\"\\\n\t\u0001\u00E9");
    db.put("list", Arrays.asList(1, true, null, Map.of("token", "t"), List.of()));
    db.put("empty", Map.of());
    PublishedSnapshot s = LayeredSnapshots.of(layer("s", Map.of("db", db)));
    String masked =
        "{\"empty\":{},\"list\":[1,true,null,{\"token\":\"***\"},[]],"
            + "\"password\":{\"\":\"***\",\"hash\":\"md5\"},\"text\":\"q\\\"\\\\\\n\\t\\u0001\u00E9\"}";
    Explanation explanation = explain(s, "db", false);
    assertEquals(Optional.of(masked), explanation.value());
    assertEquals(List.of(candidate("s", 2, 2, Outcome.WON, masked)), explanation.candidates());
    assertEquals(
        Optional.of(
            "{\"empty\":{},\"list\":[1,true,null,{\"token\":\"t\"},[]],"
                + "\"password\":{\"\":\"hunter2\",\"hash\":\"md5\"},\"text\":\"q\\\"\\\\\\n\\t\\u0001\u00E9\"}"),
        explain(s, "db", true).value());
  }

  @Test
  void explain_aPlaceholderForAList_showsItLikeTheValue() {
    PublishedSnapshot s =
        LayeredSnapshots.of(layer("s", Map.of("a", List.of(1, "x"), "b", "${a}")));
    assertEquals(Optional.of("[1,\"x\"]"), explain(s, "b", true).value());
    assertEquals(List.of(step("s", 2, 2, "${a}", "[1,\"x\"]")), explain(s, "b", true).steps());
    assertEquals(List.of(step("s", 2, 2, "${a}", "[1,\"x\"]")), explain(s, "b", false).steps());
  }

  @Test
  void explain_aPlaceholder_showsTheStepsAndTheTemplateAsWritten() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("host", "h", "url", "old")),
            layer("high", Map.of("url", "http://${host}:${port:80}/", "copy", "${url}")));
    assertEquals(
        new Explanation(
            ConfigPath.of("url"),
            Optional.of("http://h:80/"),
            List.of(
                candidate("high", 3, 2, Outcome.WON, "http://${host}:${port:80}/"),
                candidate("low", 3, 2, Outcome.LOST, "old")),
            List.of(step("low", 2, 2, "${host}", "h"), byDefault("${port}", "80"))),
        explain(s, "url", false));
    assertEquals(
        List.of(
            step("high", 3, 2, "${url}", "http://h:80/"),
            step("low", 2, 2, "${host}", "h"),
            byDefault("${port}", "80")),
        explain(s, "copy", false).steps());
  }

  @Test
  void explain_aSecret_isMaskedWhereverItWasPutUnlessRevealed() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("db", Map.of("password", "old"))),
            layer(
                "high",
                Map.of(
                    "db",
                    Map.of("password", "hunter2", "user", "u", "url", "${db.user}:${db.password}@"),
                    "alias",
                    "${db.url}",
                    "all",
                    "${db}")));
    assertEquals(
        new Explanation(
            ConfigPath.of("db", "password"),
            Optional.of("***"),
            List.of(
                candidate("high", 5, 3, Outcome.WON, "***"),
                candidate("low", 3, 3, Outcome.LOST, "***")),
            List.of()),
        explain(s, "db.password", false));
    assertEquals(
        new Explanation(
            ConfigPath.of("alias"),
            Optional.of("***"),
            List.of(candidate("high", 2, 2, Outcome.WON, "${db.url}")),
            List.of(
                step("high", 6, 3, "${db.url}", "***"),
                step("high", 7, 3, "${db.user}", "u"),
                step("high", 5, 3, "${db.password}", "***"))),
        explain(s, "alias", false));
    String masked = "{\"password\":\"***\",\"url\":\"***\",\"user\":\"u\"}";
    assertEquals(Optional.of(masked), explain(s, "all", false).value());
    assertEquals(step("high", 4, 2, "${db}", masked), explain(s, "all", false).steps().get(0));
    assertEquals(Optional.of("u:hunter2@"), explain(s, "alias", true).value());
    assertEquals(
        List.of(
            step("high", 6, 3, "${db.url}", "u:hunter2@"),
            step("high", 7, 3, "${db.user}", "u"),
            step("high", 5, 3, "${db.password}", "hunter2")),
        explain(s, "alias", true).steps());
    assertEquals(
        List.of(
            candidate("high", 5, 3, Outcome.WON, "hunter2"),
            candidate("low", 3, 3, Outcome.LOST, "old")),
        explain(s, "db.password", true).candidates());
  }

  @Test
  void explain_ofADefaultThatHoldsASecretsDefault_masksBothSteps() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("only", Map.of("deep", "${x.y:${api.secret:s3}}", "plain", "${x.y:${z:p}}")));
    assertEquals(
        new Explanation(
            ConfigPath.of("deep"),
            Optional.of("***"),
            List.of(candidate("only", 2, 2, Outcome.WON, "${x.y:${api.secret:***}}")),
            List.of(byDefault("${x.y}", "***"), byDefault("${api.secret}", "***"))),
        explain(s, "deep", false));
    assertEquals(
        List.of(byDefault("${x.y}", "p"), byDefault("${z}", "p")),
        explain(s, "plain", false).steps());
  }

  @Test
  void explain_belowAPlaceholder_namesItsPlace() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer("low", Map.of("a", Map.of("x", 1), "b", Map.of("x", 2))),
            layer("high", Map.of("a", "${b}")));
    Explanation explanation = explain(s, "a.x", false);
    assertEquals(Optional.of("2"), explanation.value());
    assertEquals(
        List.of(
            candidate("high", 2, 2, Outcome.WON, "${b}"),
            candidate("low", 3, 3, Outcome.LOST, "1")),
        explanation.candidates());
    assertEquals(List.of(step("low", 4, 2, "${b}", "{\"x\":2}")), explanation.steps());
  }

  @Test
  void explain_aTemplateAsWritten_masksTheDefaultsOfSecretsOnly() {
    Map<String, String> cases =
        Map.of(
            "${db.password:hunter2}",
            "${db.password:***}",
            "${x:a}-${env:NO_TOKEN:t}-${y:}",
            "${x:a}-${env:NO_TOKEN:***}-${y:}",
            "${x:${y:${apiKey:k}}}",
            "${x:${y:${apiKey:***}}}",
            "${x.${env:NO_TOKEN:t}:d}",
            "${x.${env:NO_TOKEN:***}:***}",
            "$${x:a} ${x:$${z}} ${",
            "$${x:a} ${x:$${z}} ${",
            "$${x:a} ${x:$${z}} ${token:t}",
            "$${x:a} ${x:$${z}} ${token:***}");
    cases.forEach(
        (written, shown) -> {
          PublishedSnapshot s = LayeredSnapshots.of(layer("s", Map.of("a", written)));
          assertEquals(
              List.of(candidate("s", 2, 2, Outcome.WON, shown)),
              explain(s, "a", false).candidates());
          assertEquals(
              List.of(candidate("s", 2, 2, Outcome.WON, written)),
              explain(s, "a", true).candidates());
          PublishedSnapshot nested =
              LayeredSnapshots.of(layer("s", Map.of("o", Map.of("a", written))));
          assertEquals(
              List.of(candidate("s", 2, 2, Outcome.WON, "{\"a\":\"" + shown + "\"}")),
              explain(nested, "o", false).candidates());
        });
    assertEquals(6, cases.size());
  }
}
