package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a test left open fails it, by name and place; what was closed does not. */
class LeakCheckTest {

  private static final Pattern LINE = Pattern.compile("\\(LeakCheckTest\\.java:(\\d+)\\)");
  private static final String END =
      "\nclose() ends each; @ConfigTest(leaks = ALLOWED) does without this check";

  /** A listener whose class has the same name each time. */
  static final class Ear implements ChangeListener {
    @Override
    public void onChange(Change change) {}
  }

  /** Code under test that keeps listening. */
  static final class Service {
    Service(Config config) {
      config.onChange(List.of("a", "b"), new Ear()); // leak: service
    }
  }

  /** The message with, in place of each line's number, the comment on that line. */
  private static String told(SampleRun run, String test) throws IOException {
    Path file =
        Path.of(System.getProperty("gimbal.root", ".."))
            .resolve("testing/src/test/java/dev/gimbal/testing/LeakCheckTest.java");
    List<String> lines = Files.readAllLines(file);
    Matcher line = LINE.matcher(run.message(test));
    String text =
        line.replaceAll(
            found -> {
              String source = lines.get(Integer.parseInt(found.group(1)) - 1);
              return "(" + source.substring(source.indexOf("// leak: ") + 9) + ")";
            });
    return text.replace("dev.gimbal.testing.LeakCheckTest$", "");
  }

  // ---- what is left open

  @ConfigTest
  static class Leaving {

    @Test
    void subscription(Config config) {
      config.onChange("pool.max", new Ear()); // leak: subscription
    }

    @Test
    void ofCodeUnderTest(Config config) {
      new Service(config);
    }

    @Test
    void throughAView(Config config) {
      config.at("pool").watch("max"); // leak: view
    }

    @Test
    void two(TestConfig test) throws Exception {
      test.config().watch(test.config().get("log")); // leak: watcher
      try (Subscription closed = test.config().onChange("x", new Ear())) {
        assertTrue(closed.name().startsWith("onChange[x]"));
      }
      new Thread(new Statuses(test.config())).run();
    }

    @Test
    void config(TestConfig test) {
      Config.Builder builder = Config.builder().source(Sources.map("other", Map.of("a", 1)));
      test.open(builder); // leak: config
    }
  }

  /** Listens for states when it runs. */
  private record Statuses(Config config) implements Runnable {
    @Override
    public void run() {
      Watcher stopped = config.watch("y");
      stopped.stop();
      config.onStatus(new Silence()); // leak: states
    }
  }

  private static final class Silence
      implements java.util.function.Consumer<dev.gimbal.SourceStatus> {
    @Override
    public void accept(dev.gimbal.SourceStatus status) {}
  }

  @Test
  void leftOpen_failsTheTest_namesItAndWhereItWasOpened() throws IOException {
    SampleRun run = SampleRun.of(Leaving.class);
    assertEquals(
        List.of("config", "ofCodeUnderTest", "subscription", "throughAView", "two"),
        run.failures());
    assertEquals(
        """
        the test left open:
          subscription onChange[pool.max] by Ear
            opened at Leaving.subscription(subscription)"""
            + END,
        told(run, "subscription"));
    assertEquals(
        """
        the test left open:
          subscription onChange[a, b] by Ear
            opened at Service.<init>(service)"""
            + END,
        told(run, "ofCodeUnderTest"));
    assertEquals(
        """
        the test left open:
          watcher watch[max]
            opened at Leaving.throughAView(view)"""
            + END,
        told(run, "throughAView"));
    assertEquals(
        """
        the test left open:
          watcher watch[log]
            opened at Leaving.two(watcher)
          subscription onStatus by Silence
            opened at Statuses.run(states)"""
            + END,
        told(run, "two"));
    assertEquals(
        """
        the test left open:
          Config of [other]
            opened at Leaving.config(config)"""
            + END,
        told(run, "config"));
  }

  @Test
  void leftOpen_hasTheWholeWayToIt() {
    Throwable failure = SampleRun.of(Leaving.class).failure("ofCodeUnderTest");
    assertEquals(1, failure.getSuppressed().length);
    Throwable opening = failure.getSuppressed()[0];
    assertEquals(
        "subscription onChange[a, b] by dev.gimbal.testing.LeakCheckTest$Ear was opened here",
        opening.toString());
    List<String> way =
        Arrays.stream(opening.getStackTrace()).limit(2).map(at -> at.getMethodName()).toList();
    assertEquals(List.of("<init>", "ofCodeUnderTest"), way);
  }

  // ---- what is not

  @ConfigTest
  static class Closing {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
      for (AutoCloseable closeable : open) {
        closeable.close();
      }
    }

    @Test
    void byAfterEach(Config config) {
      open.add(config.onChange("a", new Ear()));
      open.add(config.watch("a"));
      open.add(config.onStatus(new Silence()));
    }

    @Test
    void byItsView(Config config) {
      Config view = config.at("pool");
      view.onChange("a", new Ear());
      view.at("deeper").watch("b");
      view.close();
    }

    @Test
    void byItsConfig(TestConfig test) {
      Config other = test.open(Config.builder());
      other.at("x").onChange("a", new Ear());
      other.close();
      test.config().watch("a");
      test.config().close();
    }

    @Test
    void recordersAndHandles_needNone(TestConfig test) {
      test.record("a");
      test.config().live("a", String.class, "x");
    }

    @Test
    void whatDidNotOpen(Config config) {
      List<String> refused = new ArrayList<>();
      try {
        config.onChange("a[", new Ear());
      } catch (dev.gimbal.ConfigException e) {
        refused.add(e.code().id());
      }
      assertEquals(List.of("GIM-001"), refused);
    }
  }

  @Test
  void closed_isNoLeak() {
    SampleRun run = SampleRun.of(Closing.class);
    assertEquals(List.of(), run.failures());
    assertEquals(5, run.passed());
  }

  @ConfigTest
  static class OtherView {
    @Test
    void sibling(Config config) {
      config.at("pool").onChange("a", new Ear()); // leak: sibling
      config.at("pool").close();
    }
  }

  @Test
  void viewBeside_closesNothingOfOthers() throws IOException {
    assertEquals(
        """
        the test left open:
          subscription onChange[pool.a] by Ear
            opened at OtherView.sibling(sibling)"""
            + END,
        told(SampleRun.of(OtherView.class), "sibling"));
  }

  // ---- the switch

  @ConfigTest(leaks = ConfigTest.Leaks.ALLOWED)
  static class Allowing {
    @Test
    void allowed(Config config) {
      config.watch("a");
    }

    @Test
    @ConfigTest
    void notHere(Config config) {
      config.watch("a");
    }

    @Nested
    class Inside {
      @Test
      void allowedToo(Config config) {
        config.watch("a");
      }
    }
  }

  @Test
  void allowed_nearestAnnotationCounts() {
    SampleRun run = SampleRun.of(Allowing.class);
    assertEquals(List.of("notHere"), run.failures());
    assertEquals(2, run.passed());
  }

  @ConfigTest(leaks = ConfigTest.Leaks.ALLOWED)
  @WithConfig("a=1")
  interface AllowingInterface {}

  static class Implementing implements AllowingInterface {
    @Test
    void allowed(Config config) {
      assertEquals(1, config.watch("a").current().asInt());
    }
  }

  @ConfigTest
  static class ImplementingButNot implements AllowingInterface {
    @Test
    void notHere(Config config) {
      config.watch("a");
    }
  }

  static class ExtendingThat extends ImplementingButNot {}

  static class ExtendingButAllowed extends Leaving implements AllowingInterface {}

  @Test
  void allowed_byAnInterface_isFartherThanTheClassAndNearerThanWhatItExtends() {
    SampleRun run = SampleRun.of(Implementing.class);
    assertEquals(List.of(), run.failures());
    assertEquals(1, run.passed());
    assertEquals(List.of("notHere"), SampleRun.of(ImplementingButNot.class).failures());
    assertEquals(List.of("notHere"), SampleRun.of(ExtendingThat.class).failures());
    assertEquals(List.of(), SampleRun.of(ExtendingButAllowed.class).failures());
  }

  // ---- tests that end otherwise

  @ConfigTest
  static class EndingOtherwise {
    @Test
    void fails(Config config) {
      config.watch("a");
      throw new AssertionError("its own reason");
    }

    @Test
    void isAborted(Config config) {
      config.watch("a");
      assumeTrue(false);
    }
  }

  @Test
  void failure_keepsItsOwnReason() {
    SampleRun run = SampleRun.of(EndingOtherwise.class);
    assertEquals("its own reason", run.message("fails"));
    assertEquals(0, run.failure("fails").getSuppressed().length);
    assertEquals(1, run.aborted());
    assertEquals(1, run.failed());
  }

  // ---- a whole class

  @ConfigTest
  static class WholeClass {
    @BeforeAll
    static void before(Config config) {
      config.watch("a"); // leak: class
    }

    @Test
    void passes(Config config) {
      assertEquals(0, config.status().watchers());
    }
  }

  @ConfigTest
  @TestInstance(Lifecycle.PER_CLASS)
  static class WholeInstance {
    WholeInstance(Config config) {
      config.watch("b"); // leak: instance
    }

    @Test
    void passes(Config config) {
      assertEquals(0, config.status().watchers());
    }
  }

  @Test
  void leftOpenByAClass_failsTheClass() throws IOException {
    SampleRun run = SampleRun.of(WholeClass.class, WholeInstance.class);
    assertEquals(2, run.passed());
    assertEquals(List.of("WholeClass", "WholeInstance"), run.failures());
    assertEquals(
        """
        the test left open:
          watcher watch[a]
            opened at WholeClass.before(class)"""
            + END,
        told(run, "WholeClass"));
    assertEquals(
        """
        the test left open:
          watcher watch[b]
            opened at WholeInstance.<init>(instance)"""
            + END,
        told(run, "WholeInstance"));
  }
}
