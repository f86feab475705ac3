package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** How long a Config lives, and what is said of annotations that do not hold. */
class ConfigExtensionTest {

  /** Where samples leave what this test looks at after they ran. */
  static final class Seen implements ParameterResolver {
    private static final ConcurrentLinkedQueue<Config> CONFIGS = new ConcurrentLinkedQueue<>();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Seen.class;
    }

    @Override
    public Seen resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return this;
    }

    void add(Config config) {
      CONFIGS.add(config);
    }

    /** What was seen since it was last asked. */
    static List<Config> take() {
      List<Config> taken = new ArrayList<>();
      for (Config config = CONFIGS.poll(); config != null; config = CONFIGS.poll()) {
        taken.add(config);
      }
      return taken;
    }
  }

  @ConfigTest
  @ExtendWith(Seen.class)
  static class EachItsOwn {
    @RepeatedTest(3)
    void see(Config config, Seen seen) {
      assertFalse(config.status().closed());
      seen.add(config);
    }

    @Test
    void fails(Config config, Seen seen) {
      seen.add(config);
      throw new AssertionError("meant");
    }

    @Test
    void closesIt(Config config, Seen seen) {
      seen.add(config);
      config.close();
    }
  }

  @Test
  void eachTest_hasAConfigOfItsOwn_closedAfterIt() {
    SampleRun run = SampleRun.of(EachItsOwn.class);
    assertEquals(4, run.passed());
    assertEquals(List.of("fails"), run.failures());
    List<Config> seen = Seen.take();
    assertEquals(5, seen.stream().distinct().count());
    seen.forEach(config -> assertTrue(config.status().closed()));
  }

  @ConfigTest
  @ExtendWith(Seen.class)
  @TestInstance(Lifecycle.PER_CLASS)
  static class OneInstance {
    private final Config ofTheClass;
    private Config ofTheTest;

    OneInstance(Config config, Seen seen) {
      ofTheClass = config;
      ofTheTest = config;
      seen.add(config);
    }

    @BeforeAll
    void before(Config config) {
      assertSame(ofTheClass, config);
    }

    @BeforeEach
    void beforeEach(Config config) {
      assertNotSame(ofTheClass, config);
      ofTheTest = config;
    }

    @AfterEach
    void afterEach(Config config) {
      assertSame(ofTheTest, config);
      assertFalse(ofTheClass.status().closed());
    }

    @AfterAll
    void after(Config config) {
      assertSame(ofTheClass, config);
      assertTrue(ofTheTest.status().closed());
    }

    @Test
    void see(Config config, Seen seen) {
      assertSame(ofTheTest, config);
      seen.add(config);
    }
  }

  @Test
  void instanceForAClass_hasAConfigForTheClass_besideThatOfEachTest() {
    SampleRun run = SampleRun.of(OneInstance.class);
    assertEquals(List.of(), run.failures());
    assertEquals(1, run.passed());
    List<Config> seen = Seen.take();
    assertEquals(2, seen.stream().distinct().count());
    seen.forEach(config -> assertTrue(config.status().closed()));
  }

  @ConfigTest
  @ExtendWith(Seen.class)
  static class NoInstance {
    NoInstance(Config config, Seen seen) {
      seen.add(config);
      throw new IllegalStateException("no instance");
    }

    @Test
    void never() {}
  }

  @Test
  void constructorThatThrows_leavesNothingOpen() {
    assertEquals("no instance", SampleRun.of(NoInstance.class).message("never"));
    List<Config> seen = Seen.take();
    assertEquals(1, seen.size());
    assertTrue(seen.get(0).status().closed());
  }

  // ---- what is said

  @WithConfig("pool.max")
  static class NoValue {
    @Test
    void never(Config config) {}
  }

  @WithConfig(files = "nowhere.yaml")
  static class NoFile {
    @Test
    void never(Config config) {}
  }

  @WithConfig("pool.max=many")
  static class NoNumber {
    @Test
    void never(@ConfigValue("pool.max") int max) {}
  }

  @WithConfig("who=class")
  static class WrongWinner {
    @Test
    @WithConfig("who=method")
    void expectsTheClass(Config config) {
      assertEquals("class", config.get("who").asString(), () -> "" + config.get("who").origin());
    }
  }

  private static String reason(Class<?> sample, String test) {
    String message = SampleRun.of(sample).message(test);
    return message.replaceFirst("(?s)Failed to resolve parameter \\[.*?\\)\\]: ", "");
  }

  @Test
  void entryWithoutValue_isToldWithItsPlace() {
    assertEquals(
        "@WithConfig of ConfigExtensionTest.NoValue: \"pool.max\" (expected: PATH=VALUE)",
        reason(NoValue.class, "never"));
  }

  @Test
  void fileThatIsNot_isTold() {
    assertEquals(
        "GIM-011 there is no such resource on the class path\n        at nowhere.yaml",
        reason(NoFile.class, "never"));
  }

  /** Once, and not again when the test ends. */
  @Test
  void whatIsWrong_isToldOnce() {
    Throwable failure = SampleRun.of(NoFile.class).failure("never");
    assertEquals(0, failure.getSuppressed().length);
    assertInstanceOf(ConfigException.class, failure.getCause());
  }

  static final class Broken implements Consumer<Config.Builder> {
    Broken() {
      throw new IllegalStateException("meant");
    }

    @Override
    public void accept(Config.Builder builder) {}
  }

  static final class Asking implements Consumer<Config.Builder> {
    private final String question;

    Asking(String question) {
      this.question = question;
    }

    @Override
    public void accept(Config.Builder builder) {
      builder.source(question);
    }
  }

  static class BadSetups {
    @Test
    @WithConfig(setup = Broken.class)
    void broken(Config config) {}

    @Test
    @WithConfig(setup = Asking.class)
    void asking(Config config) {}
  }

  @Test
  void setupThatCannotBeMade_isTold() {
    assertEquals(
        "dev.gimbal.testing.ConfigExtensionTest$Broken threw java.lang.IllegalStateException:"
            + " meant",
        reason(BadSetups.class, "broken"));
    assertEquals(
        "dev.gimbal.testing.ConfigExtensionTest$Asking (expected: a class with a constructor"
            + " without parameters)",
        reason(BadSetups.class, "asking"));
  }

  @Test
  void valueThatDoesNotConvert_isToldWithItsLayer() {
    assertEquals(
        """
        GIM-003 pool.max: found "many", expected an integer from -2147483648 to 2147483647
                at ConfigExtensionTest.NoNumber""",
        reason(NoNumber.class, "never"));
  }

  @Test
  void method_winsOverItsClass_whichAnAssertionSees() {
    assertEquals(
        "Optional[ConfigExtensionTest.WrongWinner.expectsTheClass] ==> expected: <class> but was:"
            + " <method>",
        SampleRun.of(WrongWinner.class).message("expectsTheClass"));
  }
}
