package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the Config of a test, and who gets it. */
@ConfigTest
@WithConfig(
    files = "dev/gimbal/testing/sample.properties",
    value = {"who=class", "pool.max=2", "wait = 5s"})
class WithConfigTest {

  private static List<String> layers(Config config) {
    return config.status().sources().stream().map(SourceStatus::name).toList();
  }

  private static String winner(Config config, String path) {
    return config.get(path).origin().orElseThrow().source();
  }

  // ---- layers

  @Test
  void classAlone_itsFilesAreBelowItsValues(Config config) {
    assertEquals(
        List.of("classpath dev/gimbal/testing/sample.properties", "WithConfigTest", "test"),
        layers(config));
    assertEquals("class", config.get("who").asString());
    assertEquals("WithConfigTest", winner(config, "who"));
    assertEquals("yes", config.get("file").asString());
    assertEquals(Duration.ofSeconds(5), config.get("wait").asDuration());
  }

  @Test
  @WithConfig(
      files = "dev/gimbal/testing/sample-method.properties",
      format = "properties",
      text = "who=method text\npool.max=4",
      value = "pool.max=5")
  void method_isAboveItsClass_filesThenTextThenValues(TestConfig test) {
    Config config = test.config();
    String method = "WithConfigTest.method_isAboveItsClass_filesThenTextThenValues";
    assertEquals(
        List.of(
            "classpath dev/gimbal/testing/sample.properties",
            "WithConfigTest",
            "classpath dev/gimbal/testing/sample-method.properties",
            method + " text",
            method,
            "test"),
        layers(config));
    assertEquals(5, config.get("pool.max").asInt());
    assertEquals("method text", config.get("who").asString());
    assertEquals(method + " text", winner(config, "who"));
    assertEquals("yes", config.get("file").asString());
    test.set("pool.max", 6);
    assertEquals(6, config.get("pool.max").asInt());
    test.remove("pool.max");
    assertEquals(5, config.get("pool.max").asInt());
  }

  @Test
  @WithConfig(files = "dev/gimbal/testing/sample.properties")
  void sameFileAgain_isALayerOfItsOwn(Config config) {
    assertEquals("file", config.get("who").asString());
    assertEquals("classpath dev/gimbal/testing/sample.properties #2", winner(config, "who"));
  }

  @Test
  @WithConfig(without = "pool")
  void without_hidesWhatIsBelow(TestConfig test) {
    assertFalse(test.config().get("pool.max").exists());
    assertEquals(7, test.set("pool.max", 7).config().get("pool.max").asInt());
  }

  @Test
  @WithConfig(
      format = "properties",
      text = "pool.name=text",
      without = "pool",
      value = "pool.min=1")
  void without_besideAValueBelowIt_hidesTheRest(Config config) {
    assertEquals(Map.of("min", "1"), config.get("pool").asMap());
    String method = "WithConfigTest.without_besideAValueBelowIt_hidesTheRest";
    assertEquals(
        List.of(
            "classpath dev/gimbal/testing/sample.properties",
            "WithConfigTest",
            method + " text",
            method + " without",
            method,
            "test"),
        layers(config));
  }

  @Test
  @WithConfig(without = {"pool", "pool.max", "who", "who"})
  void without_pathBelowAnother_takesNothingOfItAway(TestConfig test) {
    assertFalse(test.config().get("pool").exists());
    assertFalse(test.config().get("who").exists());
    assertEquals("5s", test.config().get("wait").asString());
  }

  @Test
  @WithConfig({
    "\"a=b\".c = d=e",
    "empty=",
    "hosts[0]=x",
    "hosts[1]=y",
    "hosts[1]=z",
    "\"q\\\"=\"=1"
  })
  void entry_isAPathAndAText(Config config) {
    assertEquals("d=e", config.get("a=b", "c").asString());
    assertEquals("", config.get("empty").asString());
    assertEquals(List.of("x", "z"), config.get("hosts").asList());
    assertEquals(1, config.get("\"q\\\"=\"").asInt());
  }

  @Test
  @WithConfig({"max=${pool.max}", "price=$${pool.max}"})
  void placeholders_areResolved(Config config) {
    assertEquals(2, config.get("max").asInt());
    assertEquals("${pool.max}", config.get("price").asString());
  }

  @Retention(RetentionPolicy.RUNTIME)
  @WithConfig({"who=composed", "composed=yes"})
  @interface Composed {}

  @Test
  @WithConfig("who=own")
  @Composed
  void annotationOfOnesOwn_isBelowWhatStandsBesideIt(Config config) {
    assertEquals("own", config.get("who").asString());
    assertEquals("yes", config.get("composed").asString());
  }

  /** Adds a layer, and declares a key. */
  private static final class Setup implements Consumer<Config.Builder> {
    @Override
    public void accept(Config.Builder builder) {
      builder
          .source(Sources.map("setup", Map.of("who", "setup")))
          .declare("pool.max", Integer.class);
    }
  }

  @Test
  @WithConfig(value = "who=method", setup = Setup.class)
  void setup_tellsTheBuilderMore(TestConfig test) {
    assertEquals("setup", test.config().get("who").asString());
    assertThrows(ConfigException.class, () -> test.set("pool.max", "many"));
    assertEquals("test", test.set("who", "test").config().get("who").asString());
  }

  @Nested
  @WithConfig("who=nested")
  class Inside extends Base {

    @Test
    void nested_isAboveWhatEnclosesIt_andWhatItExtendsBetween(Config config) {
      assertEquals("nested", config.get("who").asString());
      assertEquals(8, config.get("pool.max").asInt());
      assertEquals("yes", config.get("file").asString());
      assertEquals(
          List.of(
              "classpath dev/gimbal/testing/sample.properties",
              "WithConfigTest",
              "WithConfigTest.Base",
              "WithConfigTest.Inside",
              "test"),
          layers(config));
    }
  }

  @WithConfig({"who=base", "pool.max=8"})
  static class Base {}

  @WithConfig({"who=first", "first=yes", "order=first"})
  interface First {}

  @WithConfig({"who=second", "order=second"})
  interface Second extends First {}

  @Composed
  interface Third {}

  static class BaseWithInterface extends Base implements Second {}

  @Nested
  @WithConfig("who=class again")
  class Implementing extends BaseWithInterface implements Third, First {

    @Test
    void interfaces_areBelowTheClassThatHasThem_andAboveWhatItExtends(Config config) {
      assertEquals("class again", config.get("who").asString());
      assertEquals("second", config.get("order").asString());
      assertEquals("yes", config.get("first").asString());
      assertEquals(
          List.of(
              "classpath dev/gimbal/testing/sample.properties",
              "WithConfigTest",
              "WithConfigTest.Base",
              "WithConfigTest.First",
              "WithConfigTest.Second",
              "WithConfigTest.Third",
              "WithConfigTest.Implementing",
              "test"),
          layers(config));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @WithConfig("who=parameterized")
  void template_hasTheLayersOfItsMethodOnce(int given, TestConfig test) {
    assertEquals(4, layers(test.config()).size());
    assertEquals(0, test.config().get("given").asInt(0));
    test.set("given", given);
  }

  // ---- who gets it

  private final Config ofTheConstructor;
  private Config ofBeforeEach;

  WithConfigTest(Config config) {
    ofTheConstructor = config;
    ofBeforeEach = config;
  }

  @BeforeEach
  void take(Config config) {
    ofBeforeEach = config;
  }

  @AfterEach
  void isStillOpen(TestConfig test) {
    assertFalse(test.config().status().closed());
  }

  @Test
  void oneTest_hasOneConfig(Config config, TestConfig test) {
    assertSame(config, test.config());
    assertSame(config, ofTheConstructor);
    assertSame(config, ofBeforeEach);
  }

  record Pool(int max, String name) {}

  enum Level {
    LOW,
    HIGH
  }

  @Test
  @WithConfig({"pool.name=p", "level=high"})
  void values_areBound(
      @ConfigValue("pool") Pool pool,
      @ConfigValue("pool.max") int max,
      @ConfigValue("who") String who,
      @ConfigValue("level") Level level,
      @ConfigValue("") All all) {
    assertEquals(new Pool(2, "p"), pool);
    assertEquals(2, max);
    assertEquals("class", who);
    assertEquals(Level.HIGH, level);
    assertEquals(new All("yes", pool), all);
  }

  record All(String file, Pool pool) {}

  @Test
  void otherConfig_isNotThatOfTheTest(TestConfig test) {
    try (Config other = test.open(Config.builder())) {
      assertNotSame(test.config(), other);
      assertEquals(Set.of(), Set.copyOf(other.children()));
    }
  }
}
