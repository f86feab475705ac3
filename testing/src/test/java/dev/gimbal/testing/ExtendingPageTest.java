package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page about sources and formats of one's own shows code that is compiled and run, and counts
 * right.
 */
class ExtendingPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", ".."));
  private static final Path EXAMPLE =
      ROOT.resolve("testing/src/test/java/dev/gimbal/testing/example");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/extending.md"));
  }

  private static String shown(String file) throws IOException {
    String text = Files.readString(EXAMPLE.resolve(file));
    return text.substring(text.indexOf("import "));
  }

  @Test
  void code_isTheExample() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page());
    while (block.find()) {
      blocks.add(block.group(1));
    }
    List<String> files =
        List.of(
            "TableSource.java",
            "TableSourceTest.java",
            "PairsFormat.java",
            "PairsFormatTest.java",
            "SettingsInEtcdTest.java");
    List<String> shown = new ArrayList<>();
    for (String file : files) {
      shown.add(shown(file));
    }
    assertEquals(shown, blocks);
  }

  /** From where the class begins. */
  @Test
  void source_isAboutFortyLines() throws IOException {
    String text = shown("TableSource.java");
    long lines = text.substring(text.indexOf("/**")).lines().filter(l -> !l.isBlank()).count();
    assertTrue(lines <= 40, lines + " lines");
  }

  @Test
  void checks_areAsManyAsThePageSays() throws IOException {
    assertTrue(page().contains("on real threads: " + checks(SourceCompatibilityKit.class) + " "));
    assertTrue(page().contains("a `Format`: " + checks(FormatCompatibilityKit.class) + " checks"));
  }

  private static long checks(Class<?> kit) {
    return Arrays.stream(kit.getDeclaredMethods()).filter(ExtendingPageTest::isCheck).count();
  }

  private static boolean isCheck(Method method) {
    return method.isAnnotationPresent(Test.class);
  }
}
