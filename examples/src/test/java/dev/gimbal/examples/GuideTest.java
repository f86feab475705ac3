package dev.gimbal.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.format.Formats;
import dev.gimbal.source.MemorySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide for Java shows code that compiles and does what it says; the list of errors is whole.
 */
@Timeout(60)
class GuideTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", ".."));
  private static final Path CODE =
      ROOT.resolve("examples/src/main/java/dev/gimbal/examples/Guide.java");

  private final Guide guide = new Guide();
  private final MemorySource overrides = new MemorySource("overrides");

  @TempDir Path folder;

  @Test
  void code_ofTheGuide_isCompiled() throws IOException {
    String code = Files.readString(CODE);
    String page = Files.readString(ROOT.resolve("docs/java.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    int blocks = 0;
    while (block.find()) {
      assertTrue(code.contains(block.group(1)), block.group(1));
      blocks++;
    }
    assertEquals(18, blocks);
  }

  @Test
  void code_ofEditing_isCompiledAndChangesTheFile() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/editing.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    int blocks = 0;
    while (block.find()) {
      assertTrue(Files.readString(CODE).contains(block.group(1)), block.group(1));
      blocks++;
    }
    assertEquals(2, blocks);
    Path yaml = Files.writeString(folder.resolve("app.yaml"), "db: {pool: {max: 10}} # c\n");
    try (Config config = Config.builder().source(Sources.file(yaml).name("app.yaml")).build()) {
      assertEquals(2, guide.editOf(config));
      assertEquals(20, config.get("db.pool.max").asInt());
    }
    assertEquals("db: {pool: {max: 20}} # c\n", Files.readString(yaml));
    Path file =
        Files.writeString(
            folder.resolve("edit.jsonc"), "{\n\t\"server\": {\"port\": 80}, // c\n\t\"old\": 1\n}");
    assertEquals(true, guide.edit(file));
    assertEquals("{\n\t\"server\": {\"port\": 8080} // c\n}", Files.readString(file));
  }

  /**
   * The table names each format once, in a row of those that are edited or of those that are not.
   */
  @Test
  void formatsThatAreEdited_areThoseOfTheTable() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/editing.md"));
    Map<String, Boolean> shown = new TreeMap<>();
    Matcher row = Pattern.compile("(?m)^\\| ([a-z, ]+) \\| (.*?) \\|").matcher(page);
    while (row.find() && row.end() < page.indexOf("\n## ")) {
      for (String format : row.group(1).split(", ")) {
        if (!format.equals("format")) {
          shown.put(format, !row.group(2).equals("nothing"));
        }
      }
    }
    Map<String, Boolean> edited = new TreeMap<>();
    Formats formats = Formats.installed(List.of());
    for (String name : formats.names()) {
      edited.put(name, formats.get(name).editor().isPresent());
    }
    assertEquals(edited, shown);
    assertEquals(9, shown.size());
  }

  @Test
  void errors_areAllListed() throws IOException {
    List<String> listed;
    try (Stream<String> lines = Files.lines(ROOT.resolve("docs/errors.md"))) {
      listed = lines.filter(line -> line.startsWith("| [GIM-")).map(GuideTest::error).toList();
    }
    List<String> codes =
        Arrays.stream(ErrorCode.values()).map(code -> code.id() + " " + code.name()).toList();
    assertEquals(codes, listed);
  }

  private static String error(String row) {
    String[] cells = row.split("\\|");
    return cells[1].replaceAll(".*\\[|].*", "") + " " + cells[2].strip().replace("`", "");
  }

  @Test
  void problems_areToldWithTheirIds() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\"a\": 1,}");
    String report = guide.problems(file);
    assertTrue(report.startsWith("GIM-004: "), report);
  }

  @Test
  void listeners_areCalledForAWrite_beforeItsAwaitReturns() throws Exception {
    try (Config config = Config.builder().source(overrides).build()) {
      BlockingQueue<String> calls = new LinkedBlockingQueue<>();
      try (Subscription guides = guide.listen(config);
          Subscription own =
              config.onChange("pool", c -> calls.add(c.after().asMap().toString()))) {
        guide.write(config, overrides);
        assertEquals("{size=8, wait=2s}", calls.poll());
        assertTrue(guides.name().startsWith("onChange[pool.size, pool.wait]"), guides.name());
        assertTrue(own.name().startsWith("onChange[pool]"), own.name());
      }
    }
  }

  @Test
  void watcher_fromWhatWasRead_missesNothing() throws Exception {
    overrides.put("log.level", "warn");
    try (Config config = Config.builder().source(overrides).build()) {
      AtomicReference<String> level = new AtomicReference<>("");
      Thread reader =
          new Thread(
              () -> {
                try {
                  guide.startWithoutGap(config, level);
                } catch (InterruptedException e) {
                  level.set("interrupted");
                }
              });
      reader.start();
      while (!level.get().equals("warn")) {
        Thread.onSpinWait();
      }
      overrides.put("log.level", "debug");
      reader.join(TimeUnit.SECONDS.toMillis(30));
      assertEquals("debug", level.get());
    }
  }

  @Test
  void typesWithArguments_andOwnTypes_areRead() {
    overrides.patch(
        p -> p.set("retry.waits", "1s, 5s").set("upload.limit", "2MiB").set("colour", "#0000ff"));
    try (Config config = guide.convert(overrides)) {
      assertEquals("[PT1S, PT5S] 2MiB", guide.readTyped(config));
      assertEquals(new Guide.Colour(255), config.get("colour").as(Guide.Colour.class));
    }
  }

  @Test
  void build_withoutARequiredLayer_saysWhich() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> guide.build(folder.resolve("app.yaml"), overrides).close());
    assertEquals(ErrorCode.SOURCE_ABSENT, e.code());
  }

  @Test
  void resource_movesWithItsPort_orNothingDoes() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    overrides.put("server.port", 0);
    Guide.Listening listening = new Guide.Listening();
    try (Config config = Guide.serve(overrides, listening)) {
      ServerSocket first = Guide.socket(listening);
      int second;
      try (ServerSocket other = new ServerSocket(0, 1, here)) {
        second = other.getLocalPort();
        ConfigException refused =
            assertThrows(ConfigException.class, () -> overrides.put("server.port", second));
        assertEquals(
            "refused by the resource: port " + second + " cannot be opened",
            refused.problems().get(0).message());
        new Socket(here, first.getLocalPort()).close();
      }
      overrides.put("server.port", second);
      assertEquals(second, config.get("server.port").asInt());
      new Socket(here, second).close();
      assertTrue(first.isClosed());
    } finally {
      Guide.socket(listening).close();
    }
  }

  @Test
  void checks_refuseWhatTheyAreFor() {
    overrides.patch(p -> p.set("pool.size", 5).set("pool.max", 10).set("schema", 3));
    try (Config config = guide.check(overrides)) {
      ConfigException above =
          assertThrows(ConfigException.class, () -> overrides.put("pool.size", 11));
      assertEquals(
          "refused by the validator \"limits\": it is above pool.max",
          above.problems().get(0).message());
      assertThrows(ConfigException.class, () -> overrides.put("schema", 2));
      assertEquals(2, overrides.put("schema", 4));
      assertEquals(4, config.get("schema").asInt());
    }
  }

  @Test
  void rollback_goesBackByOne() {
    try (Config config = Config.builder().source(overrides).build()) {
      overrides.put("a", 1);
      overrides.put("a", 2);
      assertEquals(4, guide.goBack(config));
      assertEquals(1, config.get("a").asInt());
      config.history().release();
      assertEquals(2, config.get("a").asInt());
    }
  }

  @Test
  void unknownKeys_areRefused_butForThoseOfOthers() {
    overrides.patch(p -> p.set("server.host", "h").set("log.level", "info").set("plugins.x", 1));
    try (Config config = Guide.knowing(overrides)) {
      assertEquals(1, config.get("plugins.x").asInt());
      ConfigException e = assertThrows(ConfigException.class, () -> overrides.put("log.levle", 1));
      assertEquals("this key is not known; did you mean log.level?", e.problems().get(0).message());
      overrides.put("server.PORT", 81);
      assertEquals(
          """
          plugins is never read
          keys of version 2
            log.level: String, at overrides
            server.PORT: int, at overrides
            server.host: String, at overrides
          never read
            plugins, at overrides
          """,
          Guide.keys(config));
      assertEquals(81, config.get("server").as(Guide.Server.class).port());
    }
  }
}
