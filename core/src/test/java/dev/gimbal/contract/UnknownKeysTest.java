package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.UnknownKeys;
import dev.gimbal.bind.Key;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keys that nothing declares, below prefixes that the application owns. */
class UnknownKeysTest {

  record Replica(String host, OptionalInt port) {}

  sealed interface Auth permits Token, Password {}

  record Token(String value) implements Auth {}

  record Password(String user, @Key("pass.word") String password) implements Auth {}

  record App(
      int maxSize,
      Optional<Auth> auth,
      List<Replica> replicas,
      Map<String, Replica> named,
      Map<String, Object> free) {}

  record Tree(String name, List<Tree> children) {}

  private static Config.Builder builder(UnknownKeys policy) {
    return Config.builder().declare("app", App.class).unknownKeys("app", policy);
  }

  /** What the start refuses, one line for each problem, without places. */
  private static List<String> refused(Config.Builder builder, Map<String, ?> values) {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> builder.source(Sources.map("map", values)).build());
    return texts(e.problems());
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.code().id() + " " + p.path() + ": " + p.message())
        .collect(Collectors.toList());
  }

  private static void accepted(Config.Builder builder, Map<String, ?> values) {
    try (Config config = builder.source(Sources.map("map", values)).build()) {
      assertEquals(1, config.snapshot().version());
      assertEquals(List.of(), config.warnings());
    }
  }

  private static Map<String, Object> app(Object... more) {
    Map<String, Object> app = new java.util.TreeMap<>();
    app.put("app.maxSize", 1);
    app.put("app.replicas", List.of());
    app.put("app.named", Map.of());
    app.put("app.free", Map.of());
    for (int i = 0; i < more.length; i += 2) {
      app.put("app." + more[i], more[i + 1]);
    }
    return app;
  }

  @Test
  void whatATypeReads_isKnown() {
    Map<String, Object> values =
        app(
            "auth",
            Map.of("type", "password", "user", "u", "pass.word", "p"),
            "replicas",
            List.of(Map.of("host", "a"), Map.of("HOST", "b", "Port", 1)),
            "named",
            Map.of("x.y", Map.of("host", "c")),
            "free",
            Map.of("any", List.of(Map.of("thing", 1))));
    values.remove("app.maxSize");
    values.put("app.MAX-size", 1);
    values.put("elsewhere", 1);
    accepted(builder(UnknownKeys.ERROR), values);
  }

  @Test
  void unknownKey_failsTheStart_withWhatMayBeMeant() {
    assertEquals(
        List.of(
            "GIM-026 app.auth.password: this key is not known; did you mean app.auth.\"pass.word\"?",
            "GIM-026 app.named.a.prot: this key is not known; did you mean app.named.a.port?",
            "GIM-026 app.replica: this key is not known; did you mean app.replicas?",
            "GIM-026 app.replicas[1].xyz: this key is not known, expected one of"
                + " app.replicas[1].host, app.replicas[1].port"),
        refused(
            builder(UnknownKeys.ERROR),
            app(
                "auth",
                Map.of("type", "Password", "user", "u", "pass.word", "p", "password", "q"),
                "named",
                Map.of("a", Map.of("host", "c", "prot", 1)),
                "replica",
                Map.of("host", "many", "keys", "here"),
                "replicas",
                List.of(Map.of("host", "a"), Map.of("host", "b", "xyz", 1)))));
  }

  @Test
  void keysOfAnotherCase_areUnknown() {
    assertEquals(
        List.of(
            "GIM-026 app.auth.user: this key is not known, expected one of app.auth.type,"
                + " app.auth.value"),
        refused(
            builder(UnknownKeys.ERROR),
            app("auth", Map.of("type", "token", "value", "v", "user", "u"))));
  }

  @Test
  void aTypeThatHoldsItself_isKnownToItsEnd() {
    Config.Builder tree =
        Config.builder().declare("t", Tree.class).unknownKeys("", UnknownKeys.ERROR);
    Map<String, Object> leaf = Map.of("name", "c", "children", List.of(), "leaf", true);
    Map<String, Object> middle = Map.of("name", "b", "children", List.of(leaf));
    assertEquals(
        List.of(
            "GIM-026 t.children[0].children[0].leaf: this key is not known, expected one of"
                + " t.children[0].children[0].children, t.children[0].children[0].name"),
        refused(tree, Map.of("t", Map.of("name", "a", "children", List.of(middle)))));
  }

  @Test
  void declaredScalar_isKnownInItsSpellingOnly() {
    Config.Builder builder =
        Config.builder()
            .declare("server.maxSize", int.class)
            .declare("hosts", new TypeRef<List<String>>() {})
            .unknownKeys("", UnknownKeys.ERROR);
    assertEquals(
        List.of(
            "GIM-026 server.max-size: this key is not known; did you mean server.maxSize?",
            "GIM-026 zone: this key is not known, expected one of hosts, server"),
        refused(builder, Map.of("server.max-size", 1, "hosts", List.of("a"), "zone", "z")));
  }

  @Test
  void scalarBesideKeysBelowIt_isKnown_otherKeysThereAreNot() {
    Config.Builder builder =
        Config.builder().declare("a", int.class).unknownKeys("", UnknownKeys.ERROR);
    accepted(builder, Map.of("a", Map.of("", 1)));
    Config.Builder other =
        Config.builder().declare("a", int.class).unknownKeys("", UnknownKeys.ERROR);
    assertEquals(
        List.of("GIM-026 a.b: this key is not known"),
        refused(other, Map.of("a", Map.of("", 1, "b", 2))));
  }

  @Test
  void longerPrefix_hasItsOwnPolicy() {
    Map<String, Object> values =
        Map.of("a.known", 1, "a.old.x", 1, "a.old.strict.y", 1, "a.new", 1, "b", 1);
    Config.Builder builder =
        Config.builder()
            .declare("a.known", int.class)
            .unknownKeys("a", UnknownKeys.ERROR)
            .unknownKeys("a.old", UnknownKeys.IGNORE)
            .unknownKeys("a.old.strict", UnknownKeys.ERROR);
    assertEquals(
        List.of(
            "GIM-026 a.new: this key is not known, expected one of a.known, a.old",
            "GIM-026 a.old.strict.y: this key is not known"),
        refused(builder, values));
  }

  @Test
  void warnedOfKey_isPublished_andStandsInTheWarnings() {
    MemorySource memory = new MemorySource("memory");
    memory.put("app.maxSiz", 5);
    try (Config config =
        Config.builder()
            .declare("app.maxSize", int.class)
            .unknownKeys("app", UnknownKeys.WARN)
            .source(memory)
            .build()) {
      assertEquals(5, config.get("app.maxSiz").asInt());
      assertEquals(
          List.of("GIM-026 app.maxSiz: this key is not known; did you mean app.maxSize?"),
          texts(config.warnings()));
      assertEquals(Origin.of("memory"), config.warnings().get(0).origin());
      memory.remove("app.maxSiz");
      assertEquals(List.of(), config.warnings());
    }
  }

  @Test
  void declaringLater_makesAKeyKnown() {
    try (Config config =
        Config.builder()
            .unknownKeys("", UnknownKeys.WARN)
            .source(Sources.map("map", Map.of("a", 1, "b", 2)))
            .build()) {
      assertEquals(
          List.of("GIM-026 a: this key is not known", "GIM-026 b: this key is not known"),
          texts(config.warnings()));
      assertEquals(1, config.live("a", int.class).get());
      assertEquals(
          List.of("GIM-026 b: this key is not known, expected a"), texts(config.warnings()));
    }
  }

  @Test
  void changeThatBringsOne_isRefused_andItsRepairTaken() {
    MemorySource memory = new MemorySource("memory");
    memory.put("app.maxSize", 1);
    try (Config config =
        Config.builder()
            .declare("app.maxSize", int.class)
            .unknownKeys("app", UnknownKeys.ERROR)
            .source(memory)
            .build()) {
      ConfigException e = assertThrows(ConfigException.class, () -> memory.put("app.minSize", 2));
      assertEquals(
          List.of("GIM-026 app.minSize: this key is not known; did you mean app.maxSize?"),
          texts(e.problems()));
      Problem problem = e.problems().get(0);
      assertEquals(ErrorCode.UNKNOWN_KEY, problem.code());
      assertEquals("app.maxSize", problem.details().suggestion());
      assertEquals(1, config.snapshot().version());
      memory.put("app.maxSize", 2);
      assertEquals(2, config.snapshot().version());
      assertEquals(Map.of("maxSize", 2L), config.at("app").asMap());
    }
  }

  /** The keys are the same objects as before; another case reads others. */
  @Test
  void changeOfTheType_makesTheKeysOfTheOldOneUnknown() {
    MemorySource memory = new MemorySource("memory");
    memory.put("auth", Map.of("type", "token", "value", "v"));
    try (Config config =
        Config.builder()
            .declare("auth", Auth.class)
            .unknownKeys("auth", UnknownKeys.ERROR)
            .source(memory)
            .build()) {
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () ->
                  memory.put(
                      "auth",
                      Map.of("type", "password", "value", "v", "user", "u", "pass.word", "p")));
      assertEquals(
          List.of(
              "GIM-026 auth.value: this key is not known, expected one of auth.\"pass.word\","
                  + " auth.type, auth.user"),
          texts(e.problems()));
    }
  }

  @Test
  void whatAPlaceholderBrings_isLookedAtWhereItStands() {
    assertEquals(
        List.of("GIM-026 pool.hots: this key is not known; did you mean pool.host?"),
        refused(
            Config.builder().declare("pool", Replica.class).unknownKeys("pool", UnknownKeys.ERROR),
            Map.of("pool", "${base}", "base", Map.of("host", "h", "hots", "x"))));
  }

  @Test
  void variable_isNamedByItsOwnName() {
    Config.Builder builder =
        Config.builder()
            .declare("pool", Replica.class)
            .unknownKeys("", UnknownKeys.ERROR)
            .source(
                new EnvironmentSource("APP_", Map.of("APP_POOL_HOST", "h", "APP_POOL_PROT", "1")));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(
        "GIM-026 pool.prot: this key is not known; did you mean pool.port?\n        at APP_POOL_PROT",
        e.getMessage());
  }

  @Test
  void valueOfAnotherForm_isToldOnce_withoutWhatIsInIt() {
    Config.Builder pool =
        Config.builder().declare("pool", Replica.class).unknownKeys("", UnknownKeys.ERROR);
    assertEquals(
        List.of("GIM-003 pool: found a list, expected an object"),
        refused(pool, Map.of("pool", List.of(1, Map.of("a", 2)))));
    Config.Builder size =
        Config.builder().declare("size", int.class).unknownKeys("", UnknownKeys.ERROR);
    assertEquals(
        List.of(
            "GIM-003 size: found an object, expected an integer from -2147483648 to 2147483647"),
        refused(size, Map.of("size.max", 1)));
    Config.Builder hosts =
        Config.builder()
            .declare("hosts", new TypeRef<List<String>>() {})
            .unknownKeys("", UnknownKeys.ERROR);
    assertEquals(
        List.of("GIM-003 hosts: found an object, expected a list, or a text with commas"),
        refused(hosts, Map.of("hosts.a", 1)));
    Config.Builder below =
        Config.builder()
            .declare("a", int.class)
            .declare("a.b", int.class)
            .unknownKeys("", UnknownKeys.ERROR);
    assertEquals(
        List.of(
            "GIM-026 a.c: this key is not known, expected a.b",
            "GIM-003 a: found an object, expected an integer from -2147483648 to 2147483647"),
        refused(below, Map.of("a.b", 1, "a.c", 2)));
  }

  @Test
  void misspeltKey_isOneProblem_inTheSpellingOfTheKey() {
    Map<String, Object> values = app("max-sice", 5);
    values.remove("app.maxSize");
    assertEquals(
        List.of("GIM-026 app.max-sice: this key is not known; did you mean app.max-size?"),
        refused(builder(UnknownKeys.ERROR), values));
    assertEquals(
        List.of("GIM-026 tree.hots: this key is not known; did you mean tree.host?"),
        refused(
            Config.builder().declare("tree", Replica.class).unknownKeys("", UnknownKeys.ERROR),
            Map.of("tree.hots", "a", "tree.port", 1)));
    record Outer(Replica inner) {}
    assertEquals(
        List.of("GIM-026 o.iner: this key is not known; did you mean o.inner?"),
        refused(
            Config.builder().declare("o", Outer.class).unknownKeys("", UnknownKeys.ERROR),
            Map.of("o.iner.host", "a")));
    assertEquals(
        List.of(
            "GIM-026 t.hots: this key is not known; did you mean t.host?",
            "GIM-002 t.inner.host: there is no value, expected a text"),
        refused(
            Config.builder()
                .declare("t.host", String.class)
                .declare("t.inner", Replica.class)
                .unknownKeys("", UnknownKeys.ERROR),
            Map.of("t.hots", "a", "t.inner.port", 1)));
  }

  @Test
  void prefix_forWhichNothingIsDeclared_isWarnedOf_untilSomethingIs() {
    try (Config config =
        Config.builder()
            .declare("server.port", int.class)
            .declare("named", new TypeRef<Map<String, Replica>>() {})
            .unknownKeys("sever", UnknownKeys.ERROR)
            .unknownKeys("server.prot.x", UnknownKeys.WARN)
            .unknownKeys("named.any", UnknownKeys.ERROR)
            .unknownKeys("later", UnknownKeys.ERROR)
            .unknownKeys("others", UnknownKeys.IGNORE)
            .source(Sources.map("map", Map.of("server.port", 1)))
            .build()) {
      String idle = ": unknown keys are looked for here, and nothing is declared";
      assertEquals(
          List.of(
              "GIM-026 later" + idle,
              "GIM-026 server.prot" + idle + "; did you mean server.port?",
              "GIM-026 sever" + idle + "; did you mean server?"),
          texts(config.warnings()));
      assertEquals("server", config.warnings().get(2).details().suggestion());
      config.live("later.size", int.class, 1);
      assertEquals(2, config.warnings().size());
    }
  }

  @Test
  void place_isThatOfTheKey() {
    Config.Builder builder =
        Config.builder()
            .declare("pool.host", String.class)
            .unknownKeys("", UnknownKeys.ERROR)
            .source(Sources.string("file", "properties", "pool.host=a\npool.hots=b\n"));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(
        "GIM-026 pool.hots: this key is not known; did you mean pool.host?\n"
            + "        at file:2:6\n"
            + "       2 | pool.hots=***\n"
            + "         |      ^",
        e.getMessage());
  }

  @Test
  void manyUnknownKeys_areNamedUpToAHundred() {
    Map<String, Object> values = new java.util.TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      values.put("key" + i, i);
    }
    assertEquals(100, refused(Config.builder().unknownKeys("", UnknownKeys.ERROR), values).size());
  }

  @Test
  void badPrefixesAndPaths_areToldAtBuild() {
    Config.Builder builder =
        Config.builder()
            .unknownKeys("a[0]", UnknownKeys.ERROR)
            .unknownKeys("a..b", UnknownKeys.ERROR)
            .declare("b..c", int.class);
    List<String> texts = refused(builder, Map.of());
    assertEquals(3, texts.size());
    assertEquals(
        "GIM-001 null: a prefix of unknown keys has a list index, expected keys: \"[0]\"",
        texts.get(0));
  }
}
