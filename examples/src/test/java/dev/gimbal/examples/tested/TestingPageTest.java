package dev.gimbal.examples.tested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.gimbal.Config;
import dev.gimbal.testing.ConfigTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The page about tests shows code that is compiled and run, and a message as it is printed. */
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
}
