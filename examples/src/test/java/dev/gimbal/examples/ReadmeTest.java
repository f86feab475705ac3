package dev.gimbal.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's code runs as it stands there, and what it points to exists. */
class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", ".."));
  private static final Path QUICKSTART =
      Path.of("examples/src/main/java/dev/gimbal/examples/Quickstart.java");

  @TempDir Path folder;

  private static String read(Path path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** The content of the README's block of that language that stands first. */
  private static String block(String readme, String language) {
    int begin = readme.indexOf("```" + language + "\n") + language.length() + 4;
    return readme.substring(begin, readme.indexOf("```", begin));
  }

  @Test
  void readmeCode_isTheQuickstart() throws IOException {
    String file = read(QUICKSTART);
    String shown = file.substring(file.indexOf("import "));
    assertEquals(shown, block(read(Path.of("README.md")), "java"));
  }

  @Test
  void quickstart_runOnTheExampleFiles_printsWhatTheReadmeShows() throws Exception {
    Path printed = folder.resolve("printed");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.gimbal.examples.Quickstart");
    java.environment().keySet().removeIf(name -> name.startsWith("APP_"));
    Process process =
        java.directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(printed, StandardCharsets.UTF_8);
    assertEquals(block(read(Path.of("README.md")), "text"), output);
    assertEquals(0, process.exitValue());
  }

  /** The edit that the README speaks of, of the file as it is. */
  @Test
  void readmeWatch_showsWhatABrokenEditSays() throws IOException {
    String name = "examples/live-service/application.yaml";
    String edited = read(Path.of(name)).replaceFirst("size: 4\\b", "size: [16");
    Config.Builder builder = Config.builder().source(Sources.string(name, "yaml", edited));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    String readme = read(Path.of("README.md"));
    int begin = readme.indexOf("degraded: ");
    assertEquals(
        "degraded: " + name + ": " + e.getMessage() + "\n",
        readme.substring(begin, readme.indexOf("```", begin)));
  }

  @Test
  void readmeContract_namesTwelveGuaranteesAndTestsThatExist() throws IOException {
    Set<String> guarantees = new TreeSet<>();
    Set<String> tests = new TreeSet<>();
    for (String line : read(Path.of("README.md")).split("\n")) {
      Matcher row = Pattern.compile("\\| (G\\d+) \\|.*\\|(.*)\\|").matcher(line);
      if (row.matches()) {
        guarantees.add(row.group(1));
        List<String> named = names(row.group(2));
        assertTrue(!named.isEmpty(), row.group(1) + " names no test");
        tests.addAll(named);
      }
    }
    assertEquals(12, guarantees.size());
    assertTrue(tests.size() >= 12, tests.toString());
    Set<String> missing = new TreeSet<>(tests);
    missing.removeAll(testClasses());
    assertEquals(Set.of(), missing);
  }

  @Test
  void decisions_nameOnlyTestsThatExist() throws IOException {
    Set<String> known = testClasses();
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs/decisions"))) {
      for (Path page : pages.toList()) {
        for (String name : names(Files.readString(page))) {
          if (name.endsWith("Test") || name.endsWith("Stress")) {
            seen++;
            if (!known.contains(name)) {
              missing.add(name);
            }
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(seen >= 9, seen + " tests named");
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Matcher name = Pattern.compile("`([A-Z][A-Za-z0-9]*)(?:\\.\\w+)?`").matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** The names of all classes below a test folder, or in verification. */
  private static Set<String> testClasses() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : files(".java")) {
      String path = ROOT.relativize(file).toString();
      if (path.contains("src/test") || path.startsWith("verification")) {
        names.add(file.getFileName().toString().replace(".java", ""));
      }
    }
    return names;
  }

  /** The repository's own files; folders that are built or hidden are not entered. */
  private static List<Path> files(String extension) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean own = folder.equals(ROOT) || !name.equals("target") && !name.startsWith(".");
            return own ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(extension)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  @Test
  void links_inEveryPage_leadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : files(".md")) {
      Matcher link =
          Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(?:#[^)]*)?\\)")
              .matcher(Files.readString(page));
      while (link.find()) {
        links++;
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links >= 20, links + " links");
  }
}
