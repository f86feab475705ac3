package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Default;
import dev.gimbal.bind.Key;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.Variables;
import dev.gimbal.source.Variables.Style;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names of variables stand for what a declared type reads. */
class VariableTypesTest {

  record Pool(@Default("1") int maxSize, @Key("max.conn") Optional<Integer> max, String poolUrl) {}

  record Replica(String hostName, Optional<Replica> next) {}

  sealed interface Auth permits Token, Password {}

  record Token(String tokenText) implements Auth {}

  record Password(String userName) implements Auth {}

  record App(
      Pool pool,
      List<Replica> replicas,
      Map<String, Replica> named,
      Auth auth,
      List<String> tags) {}

  record Two(Optional<String> dbMax, Optional<Map<String, String>> db, Optional<Inner> DB) {}

  record Inner(String max) {}

  private static VariableTree.Result result(
      Style style, Class<?> type, Map<String, String> variables, Map<String, ?> below) {
    KnownKeys known =
        KnownKeys.of(
            List.of(new Declaration.Key(ConfigPath.ROOT, type)),
            Conversions.installed(List.of()),
            null);
    ObjectNode tree = (ObjectNode) Nodes.of(below, Scalar.Template.NONE);
    return VariableTree.of("env", new Variables(style, "", variables, false), known, tree);
  }

  private static Map<String, Object> tree(Map<String, String> variables, Map<String, ?> below) {
    VariableTree.Result result = result(Style.ENVIRONMENT, App.class, variables, below);
    assertEquals(List.of(), result.problems());
    return Nodes.toMap(result.tree());
  }

  @Test
  void members_areFoundWhereNoLayerHasThem() {
    assertEquals(
        Map.of("pool", Map.of("maxSize", "9", "poolUrl", "u")),
        tree(Map.of("POOL_MAX_SIZE", "9", "POOL_POOL_URL", "u"), Map.of()));
  }

  @Test
  void members_areSpelledAsTheLayersBelowSpellThem() {
    assertEquals(
        Map.of("Pool", Map.of("max-size", "9")),
        tree(Map.of("POOL_MAX_SIZE", "9"), Map.of("Pool", Map.of("max-size", 1))));
    assertEquals(
        Map.of("pool", Map.of("max-size", "9")),
        Nodes.toMap(
            result(
                    Style.PATH,
                    App.class,
                    Map.of("pool.MAX_size", "9"),
                    Map.of("pool", Map.of("max-size", 1)))
                .tree()));
  }

  @Test
  void exactKeys_areSpelledAsDeclared() {
    assertEquals(
        Map.of("pool", Map.of("max.conn", "9")),
        tree(Map.of("POOL_MAX_CONN", "9"), Map.of("pool", Map.of("max-conn", 1))));
  }

  @Test
  void elementsOfLists_areFoundByTheirType() {
    Map<String, Object> below =
        Map.of("replicas", List.of(Map.of("host-name", "a"), Map.of("hostName", "b")));
    assertEquals(
        Map.of(
            "replicas",
            List.of(
                Map.of("host-name", "x"),
                Map.of("hostName", "b", "next", Map.of("hostName", "y")),
                Map.of("hostName", "z"))),
        tree(
            Map.of(
                "REPLICAS_0_HOST_NAME", "x",
                "REPLICAS_1_NEXT_HOST_NAME", "y",
                "REPLICAS_2_HOST_NAME", "z"),
            below));
  }

  @Test
  void listsThatNoLayerHas_areMadeOfTheirElements() {
    assertEquals(
        Map.of("replicas", List.of(Map.of("hostName", "x")), "tags", List.of("a", "b")),
        tree(Map.of("REPLICAS_0_HOST_NAME", "x", "TAGS_1", "b", "TAGS_0", "a"), Map.of()));
  }

  @Test
  void keysOfMaps_areThoseOfTheLayersBelow_elseThePlainPath() {
    assertEquals(
        Map.of("named", Map.of("Main", Map.of("hostName", "x"))),
        tree(Map.of("NAMED_MAIN_HOST_NAME", "x"), Map.of("named", Map.of("Main", Map.of()))));
    assertEquals(
        Map.of("named", Map.of("other", Map.of("host", Map.of("name", "x")))),
        tree(Map.of("NAMED_OTHER_HOST_NAME", "x"), Map.of("named", Map.of("Main", Map.of()))));
  }

  @Test
  void sealedTypes_haveTheKeysOfTheCaseThatIsNamed_elseOfAll() {
    assertEquals(
        Map.of("auth", Map.of("type", "token", "tokenText", "x", "userName", "u")),
        tree(
            Map.of("AUTH_TYPE", "token", "AUTH_TOKEN_TEXT", "x", "AUTH_USER_NAME", "u"), Map.of()));
    assertEquals(
        Map.of("auth", Map.of("tokenText", "x", "user", Map.of("name", "u"))),
        tree(
            Map.of("AUTH_TOKEN_TEXT", "x", "AUTH_USER_NAME", "u"),
            Map.of("auth", Map.of("type", "token"))));
  }

  @Test
  void twoMembersThatAreMeant_areAnError() {
    List<Problem> problems =
        result(Style.ENVIRONMENT, Two.class, Map.of("DB_MAX", "1"), Map.of()).problems();
    assertEquals(1, problems.size());
    assertEquals("DB_MAX stands for DB.max and dbMax, expected one key", problems.get(0).message());
  }

  /** As a user meets it: the record is declared, no file has the key, and the variable fills it. */
  @Test
  void environmentWithoutPrefix_fillsTheMembersOfADeclaredType() {
    Map<String, String> environment =
        Map.of("POOL_MAX_SIZE", "9", "POOL_POOL_URL", "u", "PATH", "/bin", "POOL_OTHER", "no");
    try (Config config =
        Config.builder()
            .declare("pool", Pool.class)
            .source(new EnvironmentSource("", environment))
            .build()) {
      assertEquals(new Pool(9, Optional.empty(), "u"), config.live("pool", Pool.class).get());
      assertEquals(Map.of("pool", Map.of("maxSize", "9", "poolUrl", "u")), config.asMap());
    }
  }

  @Test
  void declaringLater_givesTheVariablesTheirKeys() {
    try (Config config =
        Config.builder()
            .source(Sources.map("map", Map.of("other", 1)))
            .source(new EnvironmentSource("APP_", Map.of("APP_POOL_MAX_SIZE", "9")))
            .build()) {
      assertEquals("9", config.get("pool.max.size").asString());
      ConfigException missing =
          assertThrows(ConfigException.class, () -> config.live("pool", Pool.class));
      assertEquals(
          "GIM-002 pool.poolUrl: there is no value, expected a text\n        at environment APP_",
          missing.getMessage());
      assertEquals("9", config.get("pool.max.size").asString());
    }
  }
}
