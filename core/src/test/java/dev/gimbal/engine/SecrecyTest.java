package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SecrecyTest {

  private static @Nullable Object masked(PublishedSnapshot snapshot, String path) {
    Node masked = snapshot.get(path).masked();
    return masked == null ? null : Nodes.toJava(masked);
  }

  private static @Nullable Object masked(String template, Map<String, ?> others) {
    Map<String, Object> all = new HashMap<>(others);
    all.put("value", template);
    return masked(LayeredSnapshots.of(layer("s", all)), "value");
  }

  @Test
  void masked_ofNothing_isNull() {
    assertNull(masked(LayeredSnapshots.of(layer("s", Map.of("a", 1))), "b"));
  }

  @Test
  void masked_ofTheScalarBesideChildren_hasTheKeyOfTheObject() {
    PublishedSnapshot s =
        LayeredSnapshots.of(layer("s", Map.of("password", Map.of("", "hunter2", "min", 8))));
    assertEquals(Map.of("", "***", "min", 8L), masked(s, "password"));
    assertEquals("***", masked(s, "password.\"\""));
  }

  @Test
  void masked_ofAPlaceholder_followsItToTheKeyThere() {
    Map<String, Object> db =
        Map.of(
            "db",
            Map.of("password", "hunter2", "user", "u", "url", "${db.user}:${db.password}@"),
            "token",
            Map.of("ttl", 5, "", "t"),
            "tokens",
            List.of("a", List.of("b")),
            "alias",
            "${db}",
            "list",
            "${tokens}",
            "prod",
            Map.of("which", "password", "apiKey", "user"));
    Map<String, Object> cases = new HashMap<>();
    cases.put("${db.password}", "***");
    cases.put("x${db.password}", "***");
    cases.put("${db.user}", "u");
    cases.put("x${db.user}", "xu");
    cases.put("${db.url}", "***");
    cases.put("<${db.url}>", "***");
    cases.put("${alias.password}", "***");
    cases.put("${alias.url}", "***");
    cases.put("${alias.user}", "u");
    cases.put("${alias}", Map.of("password", "***", "user", "u", "url", "***"));
    cases.put("${token.ttl}", 5L);
    cases.put("<${token.ttl}>", "<5>");
    cases.put("<${token}>", "***");
    cases.put("${token}", Map.of("ttl", 5L, "", "***"));
    cases.put("${tokens}", "***");
    cases.put("${tokens[1][0]}", "***");
    cases.put("${list[0]}", "***");
    cases.put("${list}", "***");
    cases.put("${no.password:hunter2}", "***");
    cases.put("${no.password.hash:md5}", "md5");
    cases.put("${no.value:${db.password}}", "***");
    cases.put("${no.value:${db}}", Map.of("password", "***", "user", "u", "url", "***"));
    cases.put("${no.value:<${no.token:t}>}", "***");
    cases.put("${db.user:${db.password}}", "u");
    cases.put("${env:NO_SUCH_TOKEN:t}", "***");
    cases.put("${env:NO_SUCH_NAME:t}", "t");
    cases.put("${env:NO_SUCH_NAME:${db}}", Map.of("password", "***", "user", "u", "url", "***"));
    cases.put("${db.${prod.which}}", "***");
    cases.put("${db.${no.which:user}}", "u");
    cases.put("${db.${prod.apiKey}}", "***");
    cases.put("${sys:java.specification.name}", System.getProperty("java.specification.name"));
    cases.put(
        "${sys:java.specification.name:${db.password}}",
        System.getProperty("java.specification.name"));
    cases.put(
        "<${sys:java.specification.name:${db.password}}>",
        "<" + System.getProperty("java.specification.name") + ">");
    cases.put("${sys:no.such.name:${db.password}}", "***");
    cases.put("<${sys:no.such.name:${db.password}}>", "***");
    cases.put("<${no.value:${db.password}}>", "***");
    cases.put("<${db.user:${db.password}}>", "<u>");
    cases.put("<${no.value:${no.value:${db.password}}}>", "***");
    cases.put("${token.${no.value:ttl}}", 5L);
    cases.put("${${no.value:token}.ttl}", 5L);
    cases.put("${${no.token:token}.ttl}", "***");
    cases.forEach((template, shown) -> assertEquals(shown, masked(template, db), template));
    assertEquals(41, cases.size());
  }

  @Test
  void masked_belowAPlaceholder_isAsAtThePlaceItself() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer(
                "s",
                Map.of(
                    "a",
                    Map.of("password", "p", "list", List.of(Map.of("x", "${a.password}"), 1)),
                    "b",
                    "${a}",
                    "secrets",
                    "${b.list}")));
    assertEquals("***", masked(s, "b.password"));
    assertEquals(List.of(Map.of("x", "***"), 1L), masked(s, "b.list"));
    assertEquals("***", masked(s, "b.list[0].x"));
    assertEquals(1L, masked(s, "b.list[1]"));
    assertEquals(List.of(Map.of("x", "***"), "***"), masked(s, "secrets"));
    assertEquals("***", masked(s, "secrets[1]"));
  }

  /** Each place would be resolved anew, with all that stands beside it: hours. */
  @Test
  @Tag("slow")
  @Timeout(60)
  void masked_ofManyPlacesBelowOnePlaceholder_looksAtEachOnce() {
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      many.put("k" + i, i);
    }
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer(
                "s",
                Map.of(
                    "a",
                    many,
                    "b",
                    "${a}",
                    "list",
                    new ArrayList<>(Collections.nCopies(100_000, "x")),
                    "copies",
                    new ArrayList<>(Collections.nCopies(100_000, "${a.k7}")),
                    "all",
                    "${list}")));
    assertEquals(Nodes.toJava(s.resolved()), masked(s, ""));
    for (int i = 0; i < 100_000; i++) {
      assertEquals((long) i, masked(s, "b.k" + i));
    }
    assertEquals(100_000, ((List<?>) masked(s, "copies")).size());
    assertEquals("7", snapshotShow(s, "copies[99999]"));
  }

  private static String snapshotShow(PublishedSnapshot s, String path) {
    return s.explain(path).value().orElse("none");
  }

  @Test
  void isSecret_ofWhatAGetterReads_asksTheTextThatGivesIt() {
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer(
                "s",
                Map.of(
                    "a",
                    Map.of("", "${db.password}", "x", 1),
                    "db",
                    Map.of("password", "p"),
                    "one",
                    "${db.password}",
                    "parts",
                    "x,${db.password}",
                    "open",
                    "x,y")));
    Secrecy secrecy = new Secrecy(s);
    assertEquals(true, secrecy.isSecret(ConfigPath.of("a")));
    assertEquals(true, secrecy.isSecret(ConfigPath.of("a", "")));
    assertEquals(false, secrecy.isSecret(ConfigPath.of("a", "x")));
    assertEquals(true, secrecy.isSecret(ConfigPath.of("no", "password")));
    assertEquals(false, secrecy.isSecret(ConfigPath.of("no", "x")));
    assertEquals(true, secrecy.isSecret(ConfigPath.parse("one[0]")));
    assertEquals(true, secrecy.isSecret(ConfigPath.parse("parts[1]")));
    assertEquals(false, secrecy.isSecret(ConfigPath.parse("open[1]")));
  }

  /** What a secret name gives is secret, but for members that have keys of their own. */
  @Test
  void isSecret_belowATemplateThatNamesASecret_asksTheOwnKey() {
    Map<String, Object> there = Map.of("", "own", "k", "v", "list", List.of(List.of("x")));
    PublishedSnapshot s =
        LayeredSnapshots.of(
            layer(
                "s",
                Map.of(
                    "there",
                    there,
                    "a",
                    "${no.password:${there}}",
                    "b",
                    "${no.value:${there}}",
                    "list",
                    List.of(List.of("x")),
                    "c",
                    "${no.password:${list}}")));
    Secrecy secrecy = new Secrecy(s);
    Map<String, Boolean> cases =
        Map.of(
            "a", true,
            "a.\"\"", true,
            "a.k", false,
            "a.list[0]", false,
            "b", false,
            "b.\"\"", false,
            "c[0]", true,
            "c[0][0]", true);
    cases.forEach(
        (path, secret) -> assertEquals(secret, secrecy.isSecret(ConfigPath.parse(path)), path));
    assertEquals(8, cases.size());
  }

  @Test
  void masked_ofManyNamesThatPlaceholdersPutTogether_showsThemAll() {
    Map<String, Object> values = new HashMap<>(Map.of("r", "1", "p1", "plain"));
    Map<String, Object> all = new HashMap<>();
    Map<String, Object> expected = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      values.put("q" + i, "${r}");
      all.put("v" + i, "${p${q" + i + "}}");
      expected.put("v" + i, "plain");
    }
    values.put("all", all);
    assertEquals(expected, masked(LayeredSnapshots.of(layer("s", values)), "all"));
  }

  @Test
  void masked_ofTheLongestChain_isWhatStandsAtItsEnd() {
    Map<String, Object> values = new HashMap<>(Map.of("c256", "x"));
    for (int i = 0; i < 256; i++) {
      values.put("c" + i, "${c" + (i + 1) + "}");
    }
    assertEquals("x", masked(LayeredSnapshots.of(layer("s", values)), "c0"));
  }

  @Test
  void masked_ofANameThatIsOnePlaceholder_followsIt() {
    Map<String, Object> values =
        Map.of("n", "p", "p", "v", "q", "db.password", "db", Map.of("password", "s"));
    assertEquals("v", masked("${${n}}", values));
    assertEquals("***", masked("${${q}}", values));
  }
}
