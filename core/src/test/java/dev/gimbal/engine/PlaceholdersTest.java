package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.engine.Placeholders.Resolved;
import dev.gimbal.engine.Placeholders.Step;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

  /** Answers with the name in upper case and notes what was asked. */
  private static final class Asked implements Placeholders.Outside {
    final List<String> names = new ArrayList<>();

    @Override
    public @Nullable String environment(String name) {
      names.add(name);
      return name.startsWith("NO") ? null : "<" + name + ">";
    }

    @Override
    public @Nullable String systemProperty(String name) {
      names.add(name);
      return null;
    }
  }

  private final Asked outside = new Asked();

  private static ObjectNode tree(Map<String, ?> values) {
    return (ObjectNode) Nodes.of(values, Scalar.Template.ALL);
  }

  private Resolved resolve(Map<String, ?> values) {
    return Placeholders.resolve(Placeholders.EMPTY, tree(values), null, outside);
  }

  private Resolved set(Resolved previous, String path, Object value) {
    Node node = Nodes.of(value, Scalar.Template.ALL);
    ObjectNode merged = (ObjectNode) Nodes.set(previous.merged(), ConfigPath.parse(path), node);
    return Placeholders.resolve(previous, merged, null, outside);
  }

  private Resolved remove(Resolved previous, String path) {
    ObjectNode merged = (ObjectNode) Nodes.remove(previous.merged(), ConfigPath.parse(path));
    return Placeholders.resolve(previous, merged, null, outside);
  }

  private static @Nullable Object at(Resolved resolved, String path) {
    assertEquals(List.of(), resolved.problems());
    Node node = Nodes.at(resolved.tree(), ConfigPath.parse(path));
    return node == null ? null : Nodes.toJava(node);
  }

  private static List<String> problems(Resolved resolved) {
    return resolved.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aTreeWithoutTemplates_isItsOwnResolution() {
    ObjectNode merged = tree(Map.of("a", 1, "b", Map.of("c", "x")));
    Resolved resolved = Placeholders.resolve(Placeholders.EMPTY, merged, null, outside);
    assertSame(merged, resolved.tree());
    assertEquals(true, resolved.index().templates().isEmpty());
    assertEquals(true, resolved.index().readers().isEmpty());
  }

  @Test
  void aChangeElsewhere_resolvesNothingAgain_andKeepsNodes() {
    Resolved first = resolve(Map.of("a", "${env:X}", "b", Map.of("c", "${a}-"), "d", 1));
    assertEquals(List.of("X"), outside.names);
    Resolved second = set(first, "d", 2);
    assertEquals(List.of("X"), outside.names);
    assertSame(first.tree().get("a"), second.tree().get("a"));
    assertSame(first.tree().get("b"), second.tree().get("b"));
    assertEquals(2L, at(second, "d"));
  }

  @Test
  void aChange_resolvesOnlyWhatDependsOnIt() {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      values.put("target" + i, "v" + i);
      values.put("user" + i, "${env:U" + i + "}${target" + i + "}");
      values.put("second" + i, "${env:S" + i + "}${user" + i + "}");
    }
    Resolved first = resolve(values);
    assertEquals(2_000, outside.names.size());
    outside.names.clear();
    Resolved second = set(first, "target7", "new");
    assertEquals(List.of("S7", "U7"), outside.names.stream().sorted().toList());
    assertEquals("<S7><U7>new", at(second, "second7"));
    assertSame(first.tree().get("second8"), second.tree().get("second8"));
  }

  @Test
  void aChange_doesNotResolveAgainWhatItsReadersReadBeside() {
    Resolved first = resolve(Map.of("x", "${env:K}", "y", "${x}${z}", "z", 1));
    assertEquals(List.of("K"), outside.names);
    Resolved second = set(first, "z", 2);
    assertEquals("<K>2", at(second, "y"));
    assertEquals(List.of("K"), outside.names);
  }

  @Test
  void aPathRoundACircle_isThatCircle() {
    assertEquals(
        List.of("GIM-009 a: refers to itself: a -> b -> a"),
        problems(resolve(Map.of("a", "${b}", "b", "${a}", "c", "${a.x}"))));
  }

  @Test
  void aCircleThroughANameThatIsPutTogether_doesNotShowTheName() {
    Map<String, Object> values = Map.of("n", 1, "o1", "${p}", "p", Map.of("x", "${a}"));
    Map<String, Object> fixed = new HashMap<>(values);
    fixed.put("a", "${o1.x}");
    assertEquals(
        List.of("GIM-009 a: refers to itself: a -> o1.x -> p.x -> a"), problems(resolve(fixed)));
    Map<String, Object> puzzled = new HashMap<>(values);
    puzzled.put("a", "${o${n}.x}");
    assertEquals(List.of("GIM-009 a: refers to itself: a -> p.x -> a"), problems(resolve(puzzled)));
  }

  @Test
  void aTargetThatComesIntoBeing_replacesTheDefault_andBack() {
    Resolved absent = resolve(Map.of("a", "${b.c:none}", "z", "${a}!"));
    assertEquals("none!", at(absent, "z"));
    Resolved present = set(absent, "b.c", "here");
    assertEquals("here!", at(present, "z"));
    Resolved again = remove(present, "b");
    assertEquals("none!", at(again, "z"));
  }

  @Test
  void aValueThatResolvesToTheSame_keepsTheWholeTree() {
    Resolved first =
        resolve(Map.of("a", "${x}", "x", "same", "y", "same", "o", Map.of("p", "${a}")));
    Resolved second = set(first, "a", "${y}");
    assertNotSame(first.merged(), second.merged());
    assertSame(first.tree(), second.tree());
  }

  @Test
  void aWholeObject_isTakenWithItsOwnPlaceholdersResolved_andFollowsThem() {
    Resolved first =
        resolve(
            Map.of(
                "copy",
                "${db}",
                "db",
                Map.of("host", "h", "url", "jdbc:${db.host}", "pool", Map.of("max", 5))));
    assertEquals(
        Map.of("host", "h", "url", "jdbc:h", "pool", Map.of("max", 5L)), at(first, "copy"));
    Resolved second = set(first, "db.host", "h2");
    assertEquals("jdbc:h2", at(second, "copy.url"));
    assertSame(
        Nodes.at(first.tree(), ConfigPath.parse("copy.pool")),
        Nodes.at(second.tree(), ConfigPath.parse("copy.pool")));
  }

  @Test
  void aPathBelowAnotherPlaceholder_isFollowed_withoutResolvingItsSiblings() {
    Resolved resolved =
        resolve(
            Map.of(
                "a",
                "${b}",
                "b",
                Map.of("x", "${a.y}", "y", "${c.z}", "w", "${a.x}"),
                "c",
                "${d}",
                "d",
                Map.of("z", 1)));
    assertEquals(Map.of("x", 1L, "y", 1L, "w", 1L), at(resolved, "a"));
  }

  @Test
  void templatesInLists_areResolved() {
    Resolved first = resolve(Map.of("l", List.of("${a}", Map.of("k", "<${a}>")), "a", 1));
    assertEquals(List.of(1L, Map.of("k", "<1>")), at(first, "l"));
    Resolved second = set(first, "a", 2);
    assertEquals(List.of(2L, Map.of("k", "<2>")), at(second, "l"));
  }

  @Test
  void aNullElement_isAbsent_andStaysInItsList() {
    ObjectNode merged =
        tree(Map.of("a", "${l[0]:none}", "copy", "${l}"))
            .with("l", dev.gimbal.tree.ListNode.of(List.of(NullNode.NULL, Scalar.number("1"))));
    Resolved resolved = Placeholders.resolve(Placeholders.EMPTY, merged, null, outside);
    assertEquals("none", at(resolved, "a"));
    assertSame(merged.get("l"), resolved.tree().get("copy"));
  }

  @Test
  @Tag("D22")
  void aRemoteDocument_seesPathsOnly() {
    ObjectNode merged =
        tree(Map.of("local", "${env:X}"))
            .with("path", Scalar.string("${local}", Scalar.Template.PATHS))
            .with("env", Scalar.string("a${env:HOME:x}", Scalar.Template.PATHS))
            .with("sys", Scalar.string("${local:${sys:x}}", Scalar.Template.PATHS))
            .with("fallback", Scalar.string("${gone:${sys:x}}", Scalar.Template.PATHS));
    Resolved resolved = Placeholders.resolve(Placeholders.EMPTY, merged, null, outside);
    assertEquals(
        List.of(
            "GIM-008 env: ${env:HOME} stands in a remote document, which does not see the"
                + " environment",
            "GIM-008 fallback: ${sys:x} stands in a remote document, which does not see system"
                + " properties"),
        problems(resolved));
    ObjectNode good = merged.without("env").without("fallback");
    Resolved without = Placeholders.resolve(Placeholders.EMPTY, good, null, outside);
    assertEquals("<X>", at(without, "path"));
    assertEquals("<X>", at(without, "sys"));
  }

  @Test
  @Tag("D22")
  void whatAValueResolvesTo_isNeverReadAgain() {
    ObjectNode merged =
        tree(Map.of("a", "${plain}", "b", "x${plain}", "secret", "s"))
            .with("plain", Scalar.string("${secret}"));
    Resolved resolved = Placeholders.resolve(Placeholders.EMPTY, merged, null, outside);
    assertEquals("${secret}", at(resolved, "a"));
    assertEquals("x${secret}", at(resolved, "b"));
  }

  @Test
  void circles_areShownOnce_fromTheirLeastPath() {
    assertEquals(
        List.of("GIM-009 a: refers to itself: a -> b -> c -> a"),
        problems(resolve(Map.of("c", "${a}", "b", "x${c}", "a", "${b:d}", "user", "${c}"))));
    assertEquals(
        List.of("GIM-009 a.x: refers to itself: a.x -> a -> a.x"),
        problems(resolve(Map.of("a", Map.of("x", "${a}")))));
    assertEquals(
        List.of("GIM-009 a: refers to itself: a -> b.x -> a"),
        problems(resolve(Map.of("a", "${b.x}", "b", "${a}"))));
    assertEquals(
        List.of("GIM-009 a: refers to itself: a -> b -> a"),
        problems(resolve(Map.of("a", "${b}", "b", "${a}", "c", "${a.x}"))));
    assertEquals(
        List.of("GIM-009 k: refers to itself: k -> k"),
        problems(resolve(Map.of("k", "${x.${k}}"))));
  }

  @Test
  void aCircleThatAChangeCloses_isFound_andTheCandidateAfterItResolves() {
    Resolved good = resolve(Map.of("a", "${b}", "b", "${c}", "c", 1));
    Resolved circle = set(good, "c", "${a}");
    assertEquals(List.of("GIM-009 a: refers to itself: a -> b -> c -> a"), problems(circle));
    assertEquals(2L, at(set(good, "c", 2), "a"));
    assertEquals(3L, at(set(circle, "c", 3), "a"));
  }

  @Test
  void allProblems_areReportedAtOnce_andWhatDependsOnThemIsNot() {
    assertEquals(
        List.of(
            "GIM-008 a: gone is absent, and ${gone} has no default",
            "GIM-008 b[0]: lost is absent, and ${lost} has no default"),
        problems(
            resolve(Map.of("a", "${gone}", "b", List.of("${lost}"), "c", "${a}", "d", "${b}"))));
  }

  @Test
  void aMessage_showsNoDefault() {
    Resolved resolved = resolve(Map.of("o", Map.of(), "a", "x${o:hunter2}"));
    assertEquals(
        List.of(
            "GIM-008 a: ${o} stands inside text, but names an object"
                + " (expected: a string, a number or a boolean)"),
        problems(resolved));
  }

  @Test
  void aMessage_showsNoSecret_thatANameWasPutTogetherFrom() {
    Map<String, Object> values = new HashMap<>();
    values.put("password", "hunter2");
    values.put("alias", "${password}");
    values.put("a", "${db.${password}.url}");
    values.put("b", "${db.${alias}.url}");
    values.put("c", "${sys:${alias}}");
    values.put("d", "${db.${env:API_TOKEN}}");
    values.put("e", "${db.${env:STAGE}}");
    values.put("f", "${f${gone:${password}}${f}}");
    assertEquals(
        List.of(
            "GIM-008 a: *** is absent, and ${db.${password}.url} has no default",
            "GIM-008 b: *** is absent, and ${db.${alias}.url} has no default",
            "GIM-008 c: system property *** is not set, and ${sys:${alias}} has no default",
            "GIM-008 d: *** is absent, and ${db.${env:API_TOKEN}} has no default",
            "GIM-008 e: db.<STAGE> is absent, and ${db.${env:STAGE}} has no default",
            "GIM-009 f: refers to itself: f -> f"),
        problems(resolve(values)));
  }

  @Test
  void anEmptyNameOutside_isNotSet() {
    ObjectNode merged = tree(Map.of("a", "${sys:${e}:x}", "b", "${env:${e}:y}", "e", ""));
    Resolved resolved =
        Placeholders.resolve(Placeholders.EMPTY, merged, null, ProcessOutside.INSTANCE);
    assertEquals("x", at(resolved, "a"));
    assertEquals("y", at(resolved, "b"));
  }

  @Test
  void aChainOf256_resolves_andOneOf257DoesNot_whereverItBegins() {
    for (String form : List.of("${%s}", "<${%s}>", "${%s.x:y}", "${gone:${%s}}")) {
      assertEquals(List.of(), problems(resolve(chain(256, form))));
      assertEquals(
          List.of("GIM-005 k0000: refers to values that refer to others, more than 256 in a row"),
          problems(resolve(chain(257, form))),
          form);
    }
    Resolved grown = resolve(chain(256, "${%s}"));
    assertEquals(
        List.of("GIM-005 k0000: refers to values that refer to others, more than 256 in a row"),
        problems(set(grown, "k0256", "${k0257:end}")));
  }

  @Test
  void aChainOf10000_isOneProblem() {
    assertEquals(
        List.of("GIM-005 k9743: refers to values that refer to others, more than 256 in a row"),
        problems(resolve(chain(10_000, "${%s}"))));
    assertEquals(
        List.of("GIM-005 k9743: refers to values that refer to others, more than 256 in a row"),
        problems(resolve(chain(10_000, "a${%s}"))));
  }

  @Test
  void aCircleOf10000_isAProblem() {
    Map<String, Object> values = chain(10_000, "${%s}");
    values.put("k10000", "${k0000}");
    assertEquals(
        List.of("GIM-009"),
        resolve(values).problems().stream().map(p -> p.code().id()).distinct().toList());
  }

  /** {@code length} templates, each naming the next, and a value at the end. */
  private static Map<String, Object> chain(int length, String form) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < length; i++) {
      values.put(key(i), form.formatted(key(i + 1)));
    }
    values.put(key(length), "end");
    return values;
  }

  private static String key(int i) {
    return "k%04d".formatted(i);
  }

  @Test
  void textThatGrows_isLimited() {
    Map<String, Object> values = new HashMap<>();
    values.put("t00", "0123456789abcdef");
    for (int i = 1; i <= 20; i++) {
      values.put("t%02d".formatted(i), "${t%02d}${t%02d}".formatted(i - 1, i - 1));
    }
    assertEquals(
        List.of("GIM-005 t17: resolves to more than 1048576 characters"),
        problems(resolve(values)));
    values.keySet().removeIf(key -> key.compareTo("t16") > 0);
    assertEquals(1 << 20, String.valueOf(at(resolve(values), "t16")).length());
  }

  @Test
  void nodesThatGrow_areLimited_andIncrementalChangesCountTheSame() {
    Map<String, Object> values = new HashMap<>();
    values.put("n00", Map.of("x", 1, "y", 2));
    for (int i = 1; i <= 60; i++) {
      String below = "${n%02d}".formatted(i - 1);
      values.put("n%02d".formatted(i), Map.of("x", below, "y", below));
    }
    Resolved laughs = resolve(values);
    assertEquals(1, laughs.problems().size());
    assertEquals(
        "placeholders expand to a weight of more than 1000000", laughs.problems().get(0).message());
    values.keySet().removeIf(key -> key.compareTo("n10") > 0);
    Resolved small = resolve(values);
    Resolved grown = set(small, "n00.z", List.of(1, 2, 3));
    assertEquals(
        Placeholders.resolve(Placeholders.EMPTY, grown.merged(), null, outside).index().weight(),
        grown.index().weight());
    assertEquals(small.index().weight(), remove(grown, "n00.z").index().weight());
  }

  @Test
  void nesting_isLimited() {
    String text = "x";
    for (int i = 0; i < 64; i++) {
      text = "${gone:" + text + "}";
    }
    assertEquals("x", at(resolve(Map.of("a", text)), "a"));
    assertEquals(
        List.of("GIM-005 a: placeholders stand inside each other, more than 64 deep"),
        problems(resolve(Map.of("a", "${gone:" + text + "}"))));
  }

  @Test
  void aTreeThatGrowsDeep_isLimited() {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      Object node = "${k%04d:end}".formatted(i + 1);
      for (int level = 0; level < 100; level++) {
        node = Map.of("x", node);
      }
      values.put(key(i), node);
    }
    List<Problem> problems = resolve(values).problems();
    assertEquals(1, problems.size());
    assertEquals("resolves to more than 1000 levels", problems.get(0).message());
  }

  @Test
  void hostileTexts_stayLinear() {
    int n = 200_000;
    for (String piece : List.of("${", "$${", "${a", "${\"", "${ ", "{", "}", "$", "${a:", "${ }")) {
      Resolved resolved = resolve(Map.of("a", piece.repeat(n / piece.length()) + "${"));
      assertEquals(List.of(), resolved.problems(), piece);
    }
  }

  @Test
  void steps_tellEachPlaceholder_andThoseOfTheValuesItReads() {
    ObjectNode merged =
        tree(
            Map.of(
                "url", "jdbc:${db.${stage}.host}:${db.port:5432}/${env:NO_NAME:${name}}",
                "db", "${databases}",
                "databases", Map.of("prod", Map.of("host", "${env:HOST}")),
                "stage", "prod",
                "name", "main",
                "user", "${databases.prod}"));
    assertEquals(
        List.of(
            new Step("${stage}", ConfigPath.parse("stage"), "prod", false),
            new Step("${db.${stage}.host}", ConfigPath.parse("db.prod.host"), "<HOST>", false),
            new Step("${databases}", ConfigPath.parse("databases"), "object of 1", false),
            new Step("${env:HOST}", null, "<HOST>", false),
            new Step("${db.port}", ConfigPath.parse("db.port"), "5432", false),
            new Step("${env:NO_NAME}", null, "main", false),
            new Step("${name}", ConfigPath.parse("name"), "main", false)),
        Placeholders.steps(new PlaceholderSecrets(merged, null), ConfigPath.parse("url"), outside));
    assertEquals(
        List.of(new Step("${databases}", ConfigPath.parse("databases"), "object of 1", false)),
        Placeholders.steps(
            new PlaceholderSecrets(merged, null), ConfigPath.parse("db.prod.host"), outside));
    assertEquals(
        List.of(),
        Placeholders.steps(
            new PlaceholderSecrets(merged, null), ConfigPath.parse("stage"), outside));
    assertEquals(
        List.of(),
        Placeholders.steps(
            new PlaceholderSecrets(merged, null), ConfigPath.parse("gone"), outside));
  }

  @Test
  void steps_ofWhatDoesNotResolve_sayUnresolved() {
    ObjectNode merged = tree(Map.of("a", "x${gone}", "b", "${a}"));
    assertEquals(
        List.of(),
        Placeholders.steps(new PlaceholderSecrets(merged, null), ConfigPath.parse("a"), outside));
  }
}
