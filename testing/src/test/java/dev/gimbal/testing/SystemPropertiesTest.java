package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests in parallel share no system properties: none is set, and none is read. */
class SystemPropertiesTest {

  private static final int TIMES = 100;

  /** Those of the JVM, which note what Gimbal asks or tells them. */
  private static final class Noting extends Properties {
    private static final long serialVersionUID = 1L;

    /** Through which a caller comes here. */
    private static final Set<String> BETWEEN =
        Set.of("java.lang.System", "java.lang.Boolean", "java.lang.Integer", "java.lang.Long");

    private final transient Queue<String> calls = new ConcurrentLinkedQueue<>();

    private void note(String what) {
      String caller =
          StackWalker.getInstance()
              .walk(
                  frames ->
                      frames
                          .map(StackWalker.StackFrame::getClassName)
                          .filter(name -> !BETWEEN.contains(name))
                          .filter(name -> !name.startsWith(SystemPropertiesTest.class.getName()))
                          .findFirst()
                          .orElse(""));
      if (caller.startsWith("dev.gimbal.")) {
        calls.add(caller + " " + what);
      }
    }

    @Override
    public String getProperty(String key) {
      note("reads " + key);
      return super.getProperty(key);
    }

    @Override
    public String getProperty(String key, String fallback) {
      note("reads " + key);
      return super.getProperty(key, fallback);
    }

    @Override
    public Object setProperty(String key, String value) {
      note("sets " + key);
      return super.setProperty(key, value);
    }

    @Override
    public Object remove(Object key) {
      note("removes " + key);
      return super.remove(key);
    }

    @Override
    public Set<String> stringPropertyNames() {
      note("reads all");
      return super.stringPropertyNames();
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
      note("reads all");
      return super.entrySet();
    }
  }

  /** What came of tests, and of the properties meanwhile. */
  private record Outcome(
      SampleRun run, List<String> calls, Map<Object, Object> before, Map<Object, Object> after) {}

  /** Properties of the keys that the tests have are there, with other values. */
  private static Outcome run(Class<?> tests) {
    Properties real = System.getProperties();
    Noting noting = new Noting();
    noting.putAll(real);
    noting.put("limiter.limit", "none");
    noting.put("limiter.name", "of the JVM");
    Map<Object, Object> before = new HashMap<>(noting);
    System.setProperties(noting);
    try {
      SampleRun run = SampleRun.inParallel(8, tests);
      return new Outcome(run, List.copyOf(noting.calls), before, new HashMap<>(noting));
    } finally {
      System.setProperties(real);
    }
  }

  @WithConfig(
      files = "dev/gimbal/testing/sample.properties",
      format = "properties",
      text = "limiter.name=text ${limiter.limit}",
      value = "limiter.limit=5")
  static class Apart {
    @RepeatedTest(TIMES)
    void follows(TestConfig test, @ConfigValue("limiter.limit") int limit) {
      assertEquals(5, limit);
      assertEquals("text 5", test.config().get("limiter.name").asString());
      EventRecorder recorder = test.record("limiter");
      test.set("limiter.limit", 6);
      assertEquals(6, recorder.awaitNext().after().get("limit").asInt());
    }

    @RepeatedTest(TIMES)
    @WithConfig(without = "limiter.name")
    void doesWithout(Config config) {
      assertEquals("unnamed", config.get("limiter.name").asString("unnamed"));
    }
  }

  @Test
  void properties_areNeitherReadNorSet() {
    Outcome outcome = run(Apart.class);
    assertEquals(List.of(), outcome.run().failures());
    assertEquals(2 * TIMES, outcome.run().passed());
    assertEquals(List.of(), outcome.calls());
    assertEquals(outcome.before(), outcome.after());
  }

  // ---- the twin

  private static final class OfTheJvm implements Consumer<Config.Builder> {
    @Override
    public void accept(Config.Builder builder) {
      builder.source(Sources.systemProperties());
    }
  }

  /** One that has a source of them, and sets one. */
  @WithConfig(setup = OfTheJvm.class)
  static class Shared extends Apart {
    @Test
    void sets(Config config) {
      System.setProperty("limiter.limit", "5");
      assertTrue(config.get("limiter").exists());
    }
  }

  @Test
  void twin_sourceOfThem_isNoticed() {
    Outcome outcome = run(Shared.class);
    assertEquals(TIMES, outcome.run().failed());
    assertNotEquals(List.of(), outcome.calls());
    assertNotEquals(outcome.before(), outcome.after());
  }
}
