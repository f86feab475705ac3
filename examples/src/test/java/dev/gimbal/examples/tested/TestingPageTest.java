package dev.gimbal.examples.tested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.gimbal.Config;
import dev.gimbal.testing.ConfigTest;
import dev.gimbal.testing.EventRecorder;
import dev.gimbal.testing.TestConfig;
import dev.gimbal.testing.WithConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The page about tests shows code that is compiled and run, and messages as they are printed. */
class TestingPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", ".."));
  private static final Path JAVA = ROOT.resolve("examples/src");

  private static List<String> blocks(String language) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/testing.md"));
    List<String> blocks = new ArrayList<>();
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static String shown(String file) throws IOException {
    String text = Files.readString(JAVA.resolve(file));
    return text.substring(text.indexOf("import "));
  }

  @Test
  void code_isTheExample() throws IOException {
    assertEquals(
        List.of(
            shown("main/java/dev/gimbal/examples/tested/Banner.java"),
            shown("test/java/dev/gimbal/examples/tested/BannerTest.java")),
        blocks("java"));
  }

  /** Surefire leaves nested classes out: it fails here only. */
  @ConfigTest
  static class Forgetful {
    @Test
    void text_isShown(Config config) {
      assertEquals("", new Banner(config).html());
    }
  }

  @Test
  void messageOfALeak_isAsShown() throws IOException {
    List<String> messages = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Forgetful.class))
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> messages.add(thrown.getMessage() + "\n"));
              }
            });
    assertEquals(
        blocks("text"),
        messages.stream().map(m -> m.replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda...")).toList());
  }

  @Test
  @WithConfig("pool.max=1")
  void messageOfWhatDidNotCome_isAsShown(TestConfig test) throws IOException {
    EventRecorder recorder = test.record("pool", "api");
    test.set("pool.max", 2).awaitDelivered().set("api.password", "x").awaitDelivered();
    AssertionError failure =
        assertThrows(AssertionError.class, () -> recorder.awaitValue(5, Duration.ofMillis(20)));
    assertEquals(
        blocks("console"), List.of(failure.getMessage().replace("PT0.02S", "PT10S") + "\n"));
  }

  /** Each waits for the other. */
  static class Meeting {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Test
    void one() throws Exception {
      BOTH.await(30, TimeUnit.SECONDS);
    }

    @Test
    void other() throws Exception {
      BOTH.await(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void propertiesForParallelTests_runThemSo() throws IOException {
    Properties shown = new Properties();
    shown.load(new StringReader(blocks("properties").get(0)));
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Meeting.class))
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");
    shown.forEach((key, value) -> request.configurationParameter((String) key, (String) value));
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request.build(), summary);
    assertEquals(2, summary.getSummary().getTestsSucceededCount());
    assertEquals(1, blocks("properties").size());
  }

  /** Its dependencies are those that this project is tested with. */
  @Test
  void dependencies_areThoseOfTheBuild() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    List<String> shown = new ArrayList<>();
    Matcher dependency =
        Pattern.compile("<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
            .matcher(blocks("xml").get(0));
    while (dependency.find()) {
      shown.add(dependency.group(1) + " " + dependency.group(2));
    }
    assertEquals(
        List.of(
            "gimbal-testing " + first(pom, "<version>(.*?)</version>"),
            "junit-jupiter " + first(pom, "<version.junit>(.*?)</version.junit>")),
        shown);
  }

  private static String first(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), pattern);
    return found.group(1);
  }
}
