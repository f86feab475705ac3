package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which texts may be put together from secrets, told without evaluating them. */
class PlaceholderSecretsTest {

  private static boolean secret(String text, Map<String, ?> values) {
    ObjectNode merged = (ObjectNode) Nodes.of(values, Scalar.Template.ALL);
    return new PlaceholderSecrets(merged, null).in(PlaceholderParser.parse(text));
  }

  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("plain", "x"),
          Map.entry("ofPassword", "a ${db.password}"),
          Map.entry("ofPlain", "a ${plain}"),
          Map.entry("alias", "${db.password}"),
          Map.entry("ofToken", "${env:MY_TOKEN}"),
          Map.entry("object", "${other}"),
          Map.entry("other", Map.of("x", "${db.password}", "y", "${plain}", "z", 1)),
          Map.entry("one", "${two}"),
          Map.entry("two", "${one}"),
          Map.entry("deep", "${a:".repeat(65) + "x" + "}".repeat(65)),
          Map.entry("list", List.of("${db.password}", "x")));

  @Test
  void texts_areSecretWhereSomethingTheyReadIs() {
    Map<String, Boolean> cases =
        Map.ofEntries(
            Map.entry("no placeholder", false),
            Map.entry("${db.password}", true),
            Map.entry("${plain} and ${db.password}", true),
            Map.entry("${plain}", false),
            Map.entry("${plain.x}", false),
            Map.entry("${absent.x}", false),
            Map.entry("${ofPassword}", true),
            Map.entry("${ofPlain}", false),
            Map.entry("${ofToken}", true),
            Map.entry("${absent:${ofPassword}}", true),
            Map.entry("${absent:${ofPlain}}", false),
            Map.entry("${object.x}", true),
            Map.entry("${object.y}", false),
            Map.entry("${object.z}", false),
            Map.entry("${other}", false),
            Map.entry("${list[0]}", true),
            Map.entry("${list[1]}", false),
            Map.entry("${env:HOME}", false),
            Map.entry("${env:MY_TOKEN}", true),
            Map.entry("${env:${ofPassword}}", true),
            Map.entry("${env:${ofPlain}}", false),
            Map.entry("${env:${alias}}", true),
            Map.entry("${sys:my.password}", true),
            Map.entry("${a${plain}}", false),
            Map.entry("${pass${plain}.token}", true),
            Map.entry("${a${ofPlain}}", true), // it cannot tell which
            Map.entry("${one}", false),
            Map.entry("${deep}", true)); // it does not read that
    cases.forEach((text, expected) -> assertEquals(expected, secret(text, VALUES), text));
    assertEquals(28, cases.size());
  }

  @Test
  void chainOfMoreThanItFollows_isSecret() {
    assertEquals(false, secret("${c0}", chain(PlaceholderRun.MAX_DEPTH - 1)));
    assertEquals(true, secret("${c0}", chain(PlaceholderRun.MAX_DEPTH)));
  }

  /** So many values, each of which stands for the next; the last one is plain. */
  private static Map<String, Object> chain(int length) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < length - 1; i++) {
      values.put("c" + i, "${c" + (i + 1) + "}");
    }
    values.put("c" + (length - 1), "x");
    return values;
  }

  @Test
  void names_asksTheOwnKeyOfAPath_andAllWordsOfAnotherName() {
    Map<String, Boolean> cases =
        Map.of(
            "${password.length}", false,
            "${db.password}", true,
            "${env:PASSWORD_LENGTH}", true,
            "${env:HOME}", false,
            "${password.${plain}}", true,
            "${other.${plain}}", false);
    cases.forEach(
        (text, expected) ->
            assertEquals(
                expected,
                new PlaceholderSecrets((ObjectNode) Nodes.of(VALUES, Scalar.Template.ALL), null)
                    .names(PlaceholderParser.only(PlaceholderParser.parse(text))),
                text));
    assertEquals(6, cases.size());
  }
}
