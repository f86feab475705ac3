package dev.gimbal.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the tests of Go-Micro's config module look for, where no other test does; seen from outside.
 * {@code docs/go-micro.md} lists all of them.
 */
@Timeout(120)
class GoMicroParityTest {

  @TempDir private Path folder;

  private static Config config(Source... sources) {
    Config.Builder builder = Config.builder();
    for (Source source : sources) {
      builder.source(source);
    }
    return builder.build();
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<ErrorCode> refused(Source source) {
    ConfigException e = assertThrows(ConfigException.class, () -> config(source));
    return e.problems().stream().map(Problem::code).toList();
  }

  // ---- config

  @Test
  void start_withAFileThatIsThere_readsIt() throws Exception {
    try (Config config = config(Sources.file(file("config.json", "{\"foo\": \"bar\"}")))) {
      assertEquals("bar", config.get("foo").asString());
    }
  }

  @Test
  void start_withAFileThatIsNotThere_fails_andNamesIt() throws Exception {
    Path there = file("there.json", "{}");
    Path missing = folder.resolve("missing.json");
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> config(Sources.file(there), Sources.file(missing)));
    assertEquals(1, e.problems().size());
    assertEquals(ErrorCode.SOURCE_ABSENT, e.problems().get(0).code());
    assertEquals(true, e.getMessage().contains(missing.toString()), e.getMessage());
  }

  @Test
  void environmentAboveAFile_winsWhereBothSayAValue_andTheRestStays() throws Exception {
    Path file =
        file(
            "config.json",
            "{\"amqp\": {\"host\": \"rabbit\", \"port\": 80, \"handler\": {\"exchange\": \"x\"}}}");
    Source environment = new EnvironmentSource("", Map.of("AMQP_HOST", "rabbit.test"));
    try (Config config = config(Sources.file(file), environment)) {
      assertEquals("rabbit.test", config.get("amqp.host").asString());
      assertEquals(80, config.get("amqp.port").asInt());
      assertEquals("x", config.get("amqp.handler.exchange").asString());
    }
  }

  @Test
  void hundredSources_addedOneAfterTheOther_areAllSeenAtOnce() {
    Map<String, Object> expected = new HashMap<>();
    try (Config config = Config.of(Map.of())) {
      for (int i = 0; i < 100; i++) {
        MemorySource source = Sources.memory("s" + i);
        source.put("key" + i, "val" + i);
        config.add(source);
        expected.put("key" + i, "val" + i);
        assertEquals(expected, config.asMap());
      }
    }
    assertEquals(100, expected.size());
  }

  @Test
  void configOfAFile_thatTwoThreadsClose_isClosed() throws Exception {
    Config config = config(Sources.file(file("config.json", "{\"foo\": \"bar\"}")));
    CyclicBarrier start = new CyclicBarrier(2);
    Callable<Boolean> close =
        () -> {
          start.await();
          config.close();
          return config.status().closed();
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Boolean> closed = new ArrayList<>();
      for (Future<Boolean> one : threads.invokeAll(List.of(close, close))) {
        closed.add(one.get());
      }
      assertEquals(List.of(true, true), closed);
    } finally {
      threads.shutdown();
    }
  }

  // ---- values

  @Test
  void variableInAText_isReplacedByItsValue() {
    Map.Entry<String, String> variable =
        System.getenv().entrySet().stream()
            .filter(entry -> entry.getKey().matches("[A-Za-z_]\\w*") && !entry.getValue().isEmpty())
            .findFirst()
            .orElseThrow();
    String text = "{\"k\": \"<${env:" + variable.getKey() + "}>\"}";
    try (Config config = config(Sources.string("s", "json", text))) {
      assertEquals("<" + variable.getValue() + ">", config.get("k").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "${}", "$x}", "${x", "{x}", "$x", "${ x}"})
  void textThatIsNoPlaceholder_staysAsItIs(String text) {
    try (Config config = config(Sources.string("s", "json", "{\"k\": \"" + text + "\"}"))) {
      assertEquals(text, config.get("k").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "{}", "null"})
  void emptyDocument_overAnotherOne_keepsItsValues(String empty) {
    try (Config config =
        config(
            Sources.string("low", "json", "{\"foo\": \"bar\", \"baz\": {\"bar\": \"cat\"}}"),
            Sources.string("top", "json", empty))) {
      assertEquals("bar", config.get("foo").asString());
      assertEquals("cat", config.get("baz", "bar").asString());
    }
  }

  @Test
  void text_convertsToAString_atTheTopAndBelow() {
    try (Config config =
        config(Sources.string("s", "json", "{\"foo\": \"bar\", \"baz\": {\"bar\": \"cat\"}}"))) {
      assertEquals("bar", config.get("foo").as(String.class));
      assertEquals("cat", config.get("baz.bar").as(String.class));
    }
  }

  @Test
  void listOfObjects_isReadByIndex_andIsNoDocument() {
    String list = "[{\"foo\": \"bar\"}, {\"foo\": \"baz\"}]";
    try (Config config = config(Sources.string("s", "json", "{\"all\": " + list + "}"))) {
      assertEquals("bar", config.get("all[0].foo").asString());
      assertEquals("baz", config.get("all[1].foo").asString());
      assertEquals(
          List.of(Map.of("foo", "bar"), Map.of("foo", "baz")), config.get("all").as(Object.class));
    }
    assertEquals(List.of(ErrorCode.ROOT), refused(Sources.string("s", "json", list)));
  }

  @Test
  void defaultOfAGetter_isForWhatIsAbsent() {
    try (Config config = Config.of(Map.of("answer", "42", "text", "<hello> & \"more\""))) {
      assertEquals(42, config.get("answer").asInt(1));
      assertEquals("<hello> & \"more\"", config.get("text").asString("other"));
      assertEquals("other", config.get("no.such").asString("other"));
    }
  }

  // ---- environment

  @Test
  void variables_nestAtUnderscores_andTheirValuesAreTheirText() {
    Map<String, String> variables =
        Map.of(
            "APP_DATABASE_HOST", "localhost",
            "APP_DATABASE_PASSWORD", "a=b&c:d",
            "APP_DATABASE_DATASOURCE", "user:pass@tcp(localhost:port)/db?charset=utf8&parse=1");
    try (Config config = config(new EnvironmentSource("APP_", variables))) {
      assertEquals(
          Map.of(
              "database",
              Map.of(
                  "host", "localhost",
                  "password", "a=b&c:d",
                  "datasource", "user:pass@tcp(localhost:port)/db?charset=utf8&parse=1")),
          config.asMap());
    }
  }

  @Test
  void variables_withoutThePrefix_areLeftOut_andThePrefixIsTakenOff() {
    Map<String, String> variables =
        Map.of("APP_DATABASE_HOST", "a", "GO_LOG", "b", "app_x", "c", "PATH", "d");
    try (Config config =
        config(new EnvironmentSource("GO_", variables), new EnvironmentSource("APP_", variables))) {
      assertEquals(Map.of("database", Map.of("host", "a"), "log", "b"), config.asMap());
    }
  }

  @Test
  void watcherOfAVariable_hasNothingToTell_untilItIsStopped() throws Exception {
    try (Config config = config(new EnvironmentSource("APP_", Map.of("APP_X", "1")));
        Watcher watcher = config.watch("x")) {
      assertEquals(Optional.empty(), watcher.next(Duration.ofMillis(10)));
      watcher.stop();
      assertThrows(WatcherStoppedException.class, watcher::next);
      watcher.stop();
    }
  }

  // ---- files

  @Test
  void file_isReadWithTheTextOfItsValues() throws Exception {
    String text = "{\"n\": 1.10, \"big\": 9007199254740993, \"s\": \"<a> & b\"}";
    try (Config config = config(Sources.file(file("config.json", text)))) {
      assertEquals("1.10", config.get("n").asString());
      assertEquals(9007199254740993L, config.get("big").asLong());
      assertEquals("<a> & b", config.get("s").asString());
    }
  }

  @Test
  void fileOfAnotherFileSystem_isRead() throws Exception {
    URI archive = URI.create("jar:" + folder.resolve("archive.zip").toUri());
    try (FileSystem inside = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = Files.writeString(inside.getPath("/config.json"), "{\"foo\": \"bar\"}");
      try (Config config = config(Sources.file(file))) {
        assertEquals("bar", config.get("foo").asString());
      }
    }
  }

  @Test
  void format_isSaidByTheLastExtension_orByAnOption() throws Exception {
    try (Config config = config(Sources.file(file("a.json.yaml", "foo: [bar]")))) {
      assertEquals(List.of("bar"), config.get("foo").asList());
    }
    Path plain = file("config", "{\"foo\": \"bar\"}");
    assertEquals(List.of(ErrorCode.UNKNOWN_FORMAT), refused(Sources.file(plain)));
    try (Config config = config(Sources.file(plain).format("json"))) {
      assertEquals("bar", config.get("foo").asString());
    }
  }

  @Test
  void valueOfAProperty_mayHoldAnEqualsSign() {
    try (Config config =
        config(Sources.string("s", "properties", "host=localhost\nquery=a=b&c=d\n"))) {
      assertEquals(Map.of("host", "localhost", "query", "a=b&c=d"), config.asMap());
    }
  }

  // ---- arguments

  @Test
  void arguments_findTheirKeys_andWhatWasNotGivenIsAbsent() {
    try (Config config =
        config(
            Sources.map("defaults", Map.of("database.host", "remote", "database.port", 1)),
            Sources.arguments("--database-host=localhost", "--other.name=x"))) {
      assertEquals(
          Map.of("database", Map.of("host", "localhost", "port", 1L), "other", Map.of("name", "x")),
          config.asMap());
      assertFalse(config.get("database.user").exists());
    }
  }

  @Test
  void layerOfDefaults_isSeen_whereNoArgumentWasGiven() {
    Map<String, String> defaults = Map.of("db.host", "db.test", "db.name", "orders");
    try (Config config = config(Sources.map("defaults", defaults), Sources.arguments())) {
      assertEquals("db.test", config.get("db.host").asString());
    }
    try (Config config =
        config(Sources.map("defaults", defaults), Sources.arguments("--db-host=localhost"))) {
      assertEquals("localhost", config.get("db.host").asString());
      assertEquals("orders", config.get("db.name").asString());
    }
  }

  // ---- writes

  @Test
  void writtenValue_isRead_replaced_andGoneWhenItIsRemoved() {
    MemorySource source = Sources.memory("s");
    try (Config config = config(source)) {
      assertFalse(config.get("some.key").exists());
      source.put("some.key", "<val>");
      assertEquals("<val>", config.get("some.key").asString());
      source.put("some.key", Map.of("sub", 1));
      assertEquals(1, config.get("some.key.sub").asInt());
      source.put("some.key", "again");
      assertEquals("again", config.get("some.key").asString());
      source.remove("some.key");
      assertFalse(config.get("some.key").exists());
    }
  }

  @Test
  void writeOfANestedPath_changesNothingElse_andAMapInALayerAboveMerges() {
    MemorySource source = Sources.memory("s");
    source.put("conf", Map.of("name", "a", "sub", Map.of("x", 1, "y", 2)));
    try (Config config = config(source)) {
      source.put("conf.sub.x", 9);
      assertEquals(
          Map.of("name", "a", "sub", Map.of("x", 9L, "y", 2L)), config.get("conf").asMap());
      MemorySource above = Sources.memory("above");
      above.put("conf", Map.of("sub", Map.of("z", 3)));
      config.add(above);
      assertEquals(
          Map.of("name", "a", "sub", Map.of("x", 9L, "y", 2L, "z", 3L)),
          config.get("conf").asMap());
      above.put("conf", Collections.singletonMap("sub", null));
      Value conf = config.get("conf");
      assertEquals(Map.of("name", "a"), conf.asMap());
    }
  }
}
