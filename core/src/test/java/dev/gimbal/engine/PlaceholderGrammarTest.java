package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The grammar, case by case: a text, and what it becomes in one fixed tree. */
class PlaceholderGrammarTest {

  private record Case(String text, Object expected) {}

  /** A problem instead of a value: its id and message. */
  private record Fails(String message) {}

  private static final Placeholders.Outside OUTSIDE = new FixedOutside();

  private static final class FixedOutside implements Placeholders.Outside {
    @Override
    public @Nullable String environment(String name) {
      return Map.of(
              "STAGE", "prod",
              "EMPTY", "",
              "SNEAKY", "${host}",
              "DOTTED", "a.b",
              "LOCKED", "ENC[aes-256-gcm,k1,AAAA]",
              "OTHERS", "ENC[PKCS7,AAAA]")
          .get(name);
    }

    @Override
    public @Nullable String systemProperty(String name) {
      return Map.of("user.name", "ann", "key", "host", "locked", "ENC[nacl-box,k1,?]").get(name);
    }
  }

  private static ObjectNode tree(Object value) {
    return (ObjectNode) Nodes.of(value, Scalar.Template.ALL);
  }

  private static final Map<String, Object> FIXED =
      Map.ofEntries(
          Map.entry("host", "h1"),
          Map.entry("port", 8080),
          Map.entry("ratio", Scalar.number("1.10")),
          Map.entry("on", true),
          Map.entry("empty", ""),
          Map.entry("list", List.of("x", Map.of("y", 2), List.of(7))),
          Map.entry("db", Map.of("prod", Map.of("url", "jdbc"), "a.b", "dotted", "q\"t", "quote")),
          Map.entry("none", Map.of()),
          Map.entry("both", Map.of("", "own", "x", 1)),
          Map.entry("env", "plain env"),
          Map.entry("a b!", "blanks"),
          Map.entry("x{1}", "braced"),
          Map.entry("c:d", "colon"),
          Map.entry("which", "host"),
          Map.entry("dots", "db.prod"),
          Map.entry("quote", "q\"t"),
          Map.entry("esc", Map.of("x\"q\"t", "escaped")),
          Map.entry("mustache", "{{name}}"),
          Map.entry("twice", "${which}"),
          Map.entry("alias", "${db}"));

  private static final List<Case> CASES =
      List.of(
          // plain paths
          new Case("${host}", "h1"),
          new Case("${port}", 8080L),
          new Case("${ratio}", new java.math.BigDecimal("1.10")),
          new Case("${on}", true),
          new Case("${empty}", ""),
          new Case("${none}", Map.of()),
          new Case("${list[0]}", "x"),
          new Case("${list[1].y}", 2L),
          new Case("${list[2][0]}", 7L),
          new Case("${list[2]}", List.of(7L)),
          new Case("${list}", List.of("x", Map.of("y", 2L), List.of(7L))),
          new Case("${db.prod}", Map.of("url", "jdbc")),
          new Case("${db.\"a.b\"}", "dotted"),
          new Case("${db.\"q\\\"t\"}", "quote"),
          new Case("${\"c:d\"}", "colon"),
          new Case("${a b!}", "blanks"),
          new Case("${x{1}}", "braced"),
          new Case("${alias.prod.url}", "jdbc"),
          new Case("${both}", Map.of("", "own", "x", 1L)),
          new Case("${esc.\"x\\\"${quote}\"}", "escaped"),
          new Case("${gone:\"${quote}\"}", "\"q\"t\""),
          new Case("ab$${${host}}", "ab${${host}}"),
          new Case("{}$${a", "{}${a"),
          new Case("${gone\\:x}", "x"),
          new Case("${env:NO\"NE:x}", "x"),
          new Case("${env:NO\\:x}", "x"),
          // among text
          new Case("http://${host}:${port}/", "http://h1:8080/"),
          new Case("${host}${host}", "h1h1"),
          new Case("${ratio}%", "1.10%"),
          new Case(" ${port}", " 8080"),
          new Case("<${empty}>", "<>"),
          new Case("<${both}>", "<own>"),
          new Case("{${host}}", "{h1}"),
          new Case("{ ${host}", "{ h1"),
          new Case("} ${host}", "} h1"),
          new Case("${host}}", "h1}"),
          new Case("${mustache}", "{{name}}"),
          // defaults
          new Case("${gone:x}", "x"),
          new Case("${gone:}", ""),
          new Case("${gone:8080}", "8080"),
          new Case("${gone: x }", " x "),
          new Case("${gone:a:b}", "a:b"),
          new Case("${gone:http://h:80/}", "http://h:80/"),
          new Case("${gone:it's \"so}", "it's \"so"),
          new Case("${gone:{\"k\":1}}", "{\"k\":1}"),
          new Case("${gone:${host}}", "h1"),
          new Case("${gone:${port}}", 8080L),
          new Case("${gone:${db.prod}}", Map.of("url", "jdbc")),
          new Case("${gone:${lost:${which}}}", "host"),
          new Case("${gone:http://${host}/}", "http://h1/"),
          new Case("${gone:$${host}}", "${host}"),
          new Case("a${gone:b}c", "abc"),
          new Case("${host:x}", "h1"),
          new Case("${host:${gone}}", "h1"),
          new Case("${empty:x}", ""),
          new Case("${none:x}", Map.of()),
          new Case("${host.deeper:x}", "x"),
          new Case("${list[9]:x}", "x"),
          new Case("${list.y:x}", "x"),
          new Case("${db[0]:x}", "x"),
          new Case("${\"c:d\":x}", "colon"),
          new Case("${\"c:e\":x}", "x"),
          // names outside the tree
          new Case("${env:STAGE}", "prod"),
          new Case("${env:STAGE:x}", "prod"),
          new Case("${env:EMPTY:x}", ""),
          new Case("${env:GONE:x}", "x"),
          new Case("${env:GONE:}", ""),
          new Case("${env:GONE:a:b}", "a:b"),
          new Case("${env:GONE:${port}}", 8080L),
          new Case("${env:GONE:${env:STAGE}}", "prod"),
          new Case("${sys:user.name}", "ann"),
          new Case("${sys:gone:x}", "x"),
          new Case("<${env:STAGE}|${sys:user.name}>", "<prod|ann>"),
          new Case("${env}", "plain env"),
          new Case("${\"env\":STAGE}", "plain env"),
          new Case("${env.x:y}", "y"),
          new Case("${ENV:STAGE}", "STAGE"),
          // nested in the name
          new Case("${db.${env:STAGE}.url}", "jdbc"),
          new Case("${${which}}", "h1"),
          new Case("${${sys:key}}", "h1"),
          new Case("${${twice}}", "h1"),
          new Case("${${dots}.url}", "jdbc"),
          new Case("${db.\"${env:DOTTED}\"}", "dotted"),
          new Case("${db.\"${quote}\"}", "quote"),
          new Case("${env:${gone:STAGE}}", "prod"),
          new Case("${db.${gone:prod}.url:x}", "jdbc"),
          new Case("${db.${host}.url:x}", "x"),
          new Case("${li${gone:st}[${gone:0}]}", "x"),
          // escapes
          new Case("$${host}", "${host}"),
          new Case("$${host} ${host}", "${host} h1"),
          new Case("$${a ${host}}", "${a ${host}}"),
          new Case("$${", "${"),
          new Case("$${open ${host}", "${open h1"),
          new Case("$$${host}", "$${host}"),
          new Case("$${}", "${}"),
          new Case("${gone:$}${host}", "$h1"),
          // what is not grammatical stays as it stands
          new Case("${}", "${}"),
          new Case("${", "${"),
          new Case("${host", "${host"),
          new Case("${host ${port}", "${host 8080"),
          new Case("${ host}", "${ host}"),
          new Case("${host }", "${host }"),
          new Case("${ ${host} }", "${ h1 }"),
          new Case("${:x}", "${:x}"),
          new Case("${{ github.ref }}", "${{ github.ref }}"),
          new Case("${{host}}", "${{host}}"),
          new Case("x ${{ }} y", "x ${{ }} y"),
          new Case("${{ ${host}:x }}", "${{ h1:x }}"),
          new Case("${env:{a}}", "${env:{a}}"),
          new Case("${\"{a}\":x}", "x"),
          new Case("${.host}", "${.host}"),
          new Case("${host.}", "${host.}"),
          new Case("${a..b}", "${a..b}"),
          new Case("${list[x]}", "${list[x]}"),
          new Case("${list[-1]}", "${list[-1]}"),
          new Case("${\"host}", "${\"host}"),
          new Case("${gone:{}", "${gone:{}"),
          new Case("${env:}", "${env:}"),
          new Case("${env: STAGE}", "${env: STAGE}"),
          new Case("${secret:}", "${secret:}"),
          new Case("$host ${host}", "$host h1"),
          new Case("$ {host} ${", "$ {host} ${"),
          // texts from outside and from other values are text
          new Case("${env:SNEAKY}", "${host}"),
          new Case("${env:SNEAKY} ", "${host} "),
          new Case("${sys:nope:$${host}} ${host}", "${host} h1"),
          // problems
          new Case("${gone}", new Fails("GIM-008 t: gone is absent, and ${gone} has no default")),
          new Case(
              "a${gone.deep}b",
              new Fails("GIM-008 t: gone.deep is absent, and ${gone.deep} has no default")),
          new Case(
              "${host.deeper}",
              new Fails("GIM-008 t: host.deeper is absent, and ${host.deeper} has no default")),
          new Case(
              "${gone:${lost}}",
              new Fails("GIM-008 t: lost is absent, and ${lost} has no default")),
          new Case(
              "${db.${host}.url}",
              new Fails("GIM-008 t: db.h1.url is absent, and ${db.${host}.url} has no default")),
          new Case(
              "${env:GONE}",
              new Fails(
                  "GIM-008 t: environment variable GONE is not set, and ${env:GONE} has no default")),
          new Case(
              "${sys:gone}",
              new Fails(
                  "GIM-008 t: system property gone is not set, and ${sys:gone} has no default")),
          new Case(
              "${secret:db/password}",
              new Fails(
                  "GIM-008 t: ${secret:db/password} is reserved;"
                      + " a source marked .secret() gives secrets")),
          new Case(
              "x${env:LOCKED:none}",
              new Fails("GIM-008 t: ${env:LOCKED} is encrypted; an env source reads it")),
          new Case(
              "${sys:locked}",
              new Fails("GIM-008 t: ${sys:locked} is encrypted; a sys source reads it")),
          new Case("${env:OTHERS}", "ENC[PKCS7,AAAA]"),
          new Case(
              "x${db}",
              new Fails(
                  "GIM-008 t: ${db} stands inside text, but names an object"
                      + " (expected: a string, a number or a boolean)")),
          new Case(
              "${list}x",
              new Fails(
                  "GIM-008 t: ${list} stands inside text, but names a list"
                      + " (expected: a string, a number or a boolean)")),
          new Case(
              "${${empty}}", new Fails("GIM-008 t: what ${${empty}} puts together is not a path")),
          new Case(
              "${db.${empty}.url}",
              new Fails("GIM-008 t: what ${db.${empty}.url} puts together is not a path")),
          new Case(
              "${db.${list}}",
              new Fails(
                  "GIM-008 t: ${list} stands inside text, but names a list"
                      + " (expected: a string, a number or a boolean)")),
          new Case("${t}", new Fails("GIM-009 t: refers to itself: t -> t")),
          new Case("${t:x}", new Fails("GIM-009 t: refers to itself: t -> t")),
          new Case("${gone:${t}}", new Fails("GIM-009 t: refers to itself: t -> t")),
          new Case("<${t}>", new Fails("GIM-009 t: refers to itself: t -> t")),
          new Case("${t.x}", new Fails("GIM-009 t: refers to itself: t -> t.x -> t")));

  @Test
  void everyCase_becomesWhatTheTableSays() {
    List<String> wrong = new ArrayList<>();
    for (Case row : CASES) {
      ObjectNode merged = tree(FIXED).with("t", Scalar.string(row.text(), Scalar.Template.ALL));
      Object found = resolve(merged);
      if (!row.expected().equals(found)) {
        wrong.add(row.text() + " became " + found + ", expected " + row.expected());
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(146, CASES.size());
  }

  private static Object resolve(ObjectNode merged) {
    Placeholders.Resolved resolved =
        Placeholders.resolve(Placeholders.EMPTY, merged, null, OUTSIDE);
    List<Problem> problems = resolved.problems();
    if (!problems.isEmpty()) {
      assertEquals(1, problems.size(), problems::toString);
      return new Fails(problems.get(0).toString());
    }
    Node node = Nodes.at(resolved.tree(), ConfigPath.of("t"));
    return node == null ? "(absent)" : Nodes.toJava(node);
  }
}
