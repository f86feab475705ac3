package dev.gimbal.format.hocon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.format.Limits;
import dev.gimbal.source.ClasspathSource;
import dev.gimbal.source.DirectorySource;
import dev.gimbal.source.FileSource;
import dev.gimbal.source.Source;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Includes of files and folders, and where there are none. */
@Timeout(60)
class HoconIncludeTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Config config(Source source) {
    return Config.builder().source(source).build();
  }

  /** What a document is with all that it includes; the reference implementation agrees. */
  private void assertRead(Map<String, Object> expected, String text) throws IOException {
    Path app = write("app.conf", text);
    try (Config config = config(Sources.file(app))) {
      assertEquals(ConfigFactory.parseMap(expected), ConfigFactory.parseMap(config.asMap()));
      assertEquals(
          ConfigFactory.parseFile(app.toFile()).resolve(), ConfigFactory.parseMap(expected));
    }
  }

  private List<String> problems(Source source) {
    ConfigException e = assertThrows(ConfigException.class, () -> config(source).close());
    return e.problems().stream().map(this::text).toList();
  }

  private String text(Problem problem) {
    Origin origin = problem.origin();
    String document = origin.document().replace(folder + "/", "");
    return problem.code().id()
        + " "
        + document
        + ":"
        + origin.line()
        + ":"
        + origin.column()
        + " "
        + problem.message();
  }

  @Test
  void include_mergesWhereItStands() throws IOException {
    write("other.conf", "a = 1, b = 1, o { x = 1, y = 1 }, only = there");
    assertRead(
        Map.of("a", 1, "b", 2, "o", Map.of("x", 1, "y", 2, "z", 0), "only", "there"),
        "a = 0, o.z = 0\ninclude \"other.conf\"\nb = 2, o.y = 2");
  }

  @Test
  void include_withoutExtension_takesAllThatAreThere() throws IOException {
    write("other.json", "{\"a\": 1, \"b\": 1}");
    write("other.conf", "b = 2");
    assertRead(Map.of("a", 1, "b", 2), "include \"other\"");
    write("v1.2.conf", "c = 3");
    assertRead(Map.of("c", 3), "include \"v1.2\"");
  }

  @Test
  void include_ofWhatIsNotThere_isNothing() throws IOException {
    assertRead(Map.of("a", 1), "include \"none\"\ninclude file(\"none.conf\"), a = 1");
  }

  @Test
  void include_insideAnObject_looksThereFirst() throws IOException {
    write("other.conf", "x = 1, y = ${x}, z = ${top}, below { w = ${x} }");
    Map<String, Object> inner =
        Map.of("x", 1, "y", 1, "z", "t", "below", Map.of("w", 1), "more", 2);
    assertRead(
        Map.of("top", "t", "x", 9, "a", Map.of("b", inner)),
        "top = t, x = 9\na.b { include \"other.conf\", more = 2 }");
  }

  @Test
  void include_insideAList_looksFromTheRootOnly() throws IOException {
    write("x.conf", "m { include \"y\" }");
    write("y.conf", "v = ${q}");
    Path app = write("app.conf", "q = 1, m.q = 2, a = [{ include \"x\" }]");
    try (Config config = config(Sources.file(app))) {
      assertEquals(1, config.get("a[0].m.v").asInt(0));
    }
  }

  @Test
  void include_thatIncludes_startsFromItsOwnFolder() throws IOException {
    write("sub/middle.conf", "m { include \"low\", x = ${low}, y = ${far} }");
    write("sub/low.conf", "low = 1, again = ${far}");
    assertRead(
        Map.of("far", 7, "r", Map.of("m", Map.of("low", 1, "again", 7, "x", 2, "y", 7), "low", 2)),
        "far = 7\nr { include required(\"sub/middle.conf\"), low = 2 }");
  }

  @Test
  void include_tellsWhereEachValueStands() throws IOException {
    write("other.conf", "\n b = 1");
    Path app = write("app.conf", "a = 1\ninclude \"other.conf\"\nc = 1");
    try (Config config = config(Sources.file(app))) {
      assertEquals("app.conf:1:5", place(config, "a"));
      assertEquals("other.conf:2:6", place(config, "b"));
      assertEquals("app.conf:3:5", place(config, "c"));
    }
  }

  private static String place(Config config, String path) {
    Origin origin = config.get(path).origin().orElseThrow();
    return Path.of(origin.document()).getFileName() + ":" + origin.line() + ":" + origin.column();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "include required(\"none\")| 1:1 found a required include of what is not there",
        "a { b { include \"/etc/x.conf\" } }| 1:9 found an include of another place, expected a"
            + " name beside or below",
        "include \"../x.conf\"| 1:1 found an include of another place, expected a name beside or"
            + " below",
        "include \"a/../x.conf\"| 1:1 found an include of another place, expected a name beside or"
            + " below",
        "include \"http://x/y\"| 1:1 found an include of another place, expected a name beside or"
            + " below",
        "include \"\"| 1:1 found an include of another place, expected a name beside or below",
        "include url(\"x\")| 1:1 found an include of another form, expected a name in quotes, in"
            + " file() or none",
        "include classpath(\"x\")| 1:1 found an include of another form, expected a name in quotes,"
            + " in file() or none",
        "include file(\"x\"| 1:17 unexpected end of the document, expected ')' of the include",
        "include required(file(\"x\") a| 1:26 unexpected ')', expected '))' of the include",
        "include \"x\" y| 1:13 unexpected 'y', expected ',' or a line break",
        "include \"p\"| 1:1 found an include of properties, expected one of HOCON or JSON",
        "include \"app.conf\"| 1:1 found an include that leads back to its own document",
      })
  void include_thatCannotBe_isMalformed(String text, String expected) throws IOException {
    write("p.properties", "a=1");
    Path app = write("app.conf", text);
    assertEquals(List.of("GIM-004 app.conf:" + expected), problems(Sources.file(app)));
  }

  @Test
  void include_ofWhatIsMalformed_isToldThere() throws IOException {
    Path app = write("app.conf", "a = 1\ninclude \"other.conf\"");
    write("other.conf", "b = 1\nc =");
    assertEquals(
        List.of("GIM-004 other.conf:2:4 unexpected end of the document, expected a value"),
        problems(Sources.file(app)));
    write("other.conf", "[1]");
    assertEquals(
        List.of("GIM-004 other.conf:1:1 found a list, expected an object to include"),
        problems(Sources.file(app)));
    write("other.conf", "x = ${none}");
    assertEquals(
        List.of(
            "GIM-004 other.conf:1:5 nothing stands at none in the document; \"${?\" allows that"),
        problems(Sources.file(app)));
    Files.write(folder.resolve("other.conf"), new byte[] {'a', '=', (byte) 0xFF});
    assertEquals(
        List.of("GIM-004 other.conf:1:3 found the byte 0xFF, expected UTF-8"),
        problems(Sources.file(app)));
  }

  /** Whatever is wrong with it: once it is no more included, the document is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"circle", "large", "\\ud800", "folder/below"})
  void includeThatCannotBeRead_isToldThere_andTheMendedDocumentIsTaken(String name)
      throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("circle.conf"), Path.of("circle.conf"));
    write("large.conf", "x = \"" + "x".repeat(2_000) + "\"");
    write("folder", "a file");
    Path app = write("app.conf", "v = 1");
    FileSource source = Sources.file(app).limits(Limits.DEFAULT.withMaxBytes(1_000));
    try (Config config = config(source);
        Watcher watcher = config.watch("v")) {
      BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
      config.onStatus(status -> reasons.add(String.valueOf(status.reason())));
      replace("app.conf", "v = 2\ninclude required(\"" + name + "\")");
      String reason = reasons.poll(30, TimeUnit.SECONDS);
      assertTrue(reason != null && reason.contains("app.conf:2:1"), reason);
      assertEquals(1, config.get("v").asInt(0));
      replace("app.conf", "v = 3");
      assertEquals(3, watcher.next(LONG).orElseThrow().asInt(0));
    }
  }

  @Test
  void include_inCircles_isMalformed() throws IOException {
    Path app = write("app.conf", "include \"a.conf\"");
    write("a.conf", "x { include \"b.conf\" }");
    write("b.conf", "include \"a.conf\"");
    assertEquals(
        List.of("GIM-004 b.conf:1:1 found an include that leads back to its own document"),
        problems(Sources.file(app)));
  }

  @Test
  void includes_countAgainstTheLimits() throws IOException {
    Path app = write("app.conf", "include \"a.conf\"\nb { include \"a.conf\" }");
    write("a.conf", "x = 1, y = 2 # and enough bytes to be more than one may be");
    Limits limits = Limits.DEFAULT;
    assertEquals(
        List.of("GIM-005 app.conf:2:5 includes of more than maxBytes 110"),
        problems(Sources.file(app).limits(limits.withMaxBytes(110))));
    assertEquals(
        List.of("GIM-005 a.conf:1:59 more values than maxNodes 6"),
        problems(Sources.file(app).limits(limits.withMaxNodes(6))));
  }

  /** Each file includes the next one twice: two to the power of 40 of them if nobody counted. */
  @Test
  void includes_thatMultiply_endAtALimit() throws IOException {
    for (int i = 0; i < 40; i++) {
      String next = "include \"n" + (i + 1) + ".conf\"\n";
      write("n" + i + ".conf", next + next);
    }
    write("n40.conf", "x = 1");
    List<String> problems =
        problems(
            Sources.file(folder.resolve("n0.conf")).limits(Limits.DEFAULT.withMaxNodes(10_000)));
    assertEquals(1, problems.size());
    assertEquals("GIM-005", problems.get(0).substring(0, 7));
  }

  @Test
  void include_inADocumentThatIsNoFile_isRefused() throws IOException {
    write("x.conf", "a = 1");
    assertEquals(
        List.of(
            "GIM-004 text:1:1 found an include, expected none: a document is read without others"),
        problems(Sources.string("text", "hocon", "include \"x.conf\"")));
  }

  @Test
  void include_onTheClassPath_takesWhatStandsBesideIt() throws IOException {
    write("p/app.conf", "include \"sub/other\", a = ${b}1");
    write("p/sub/other.conf", "include \"low\", include \"none\"");
    write("p/sub/low.conf", "b = 2");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        Config config = config(new ClasspathSource("p/app.conf", loader))) {
      assertEquals("21", config.get("a").asString(""));
      assertEquals("p/sub/low.conf", config.get("b").origin().orElseThrow().document());
    }
  }

  @Test
  void include_inAFolder_takesItsDocuments() throws IOException {
    write("a.conf", "include \"b\"\nx = ${y}1");
    write("b.conf", "y = 2");
    try (Config config = config(Sources.directory(folder).as(DirectorySource.As.DOCUMENTS))) {
      assertEquals("21", config.get("x").asString(""));
    }
  }

  @Test
  void changeOfWhatIsIncluded_isTold() throws IOException, InterruptedException {
    Path app = write("app.conf", "include \"other.conf\"\nb = ${a}");
    write("other.conf", "a = 1");
    try (Config config = config(Sources.file(app));
        Watcher watcher = config.watch("b")) {
      assertEquals(1, config.get("b").asInt(0));
      replace("other.conf", "a = 2");
      assertEquals(2, watcher.next(LONG).orElseThrow().asInt(0));
      replace("app.conf", "include \"other.conf\"\ninclude \"later\"\nb = ${a}");
      replace("later.conf", "a = 3");
      assertEquals(3, watcher.next(LONG).orElseThrow().asInt(0));
      Files.delete(folder.resolve("later.conf"));
      assertEquals(2, watcher.next(LONG).orElseThrow().asInt(0));
    }
  }

  private void replace(String name, String text) throws IOException {
    Path written = write(name + ".new", text);
    Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
