package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Environment, system properties and arguments. */
class VariableSourcesTest {

  private final ManualTasks tasks = new ManualTasks();
  private final RecordingSink sink = new RecordingSink(tasks);

  @Test
  void environment_takesThePrefixOffAndKeepsTheFullName() {
    Map<String, String> environment =
        Map.of("APP_DB_PORT", "1", "app_x", "2", "APP_", "3", "PATH", "4", "APP__A", "5");
    EnvironmentSource source = new EnvironmentSource("APP_", environment);
    source.open(sink);
    assertEquals("environment APP_", source.name());
    assertEquals(
        new Variables(
            Variables.Style.ENVIRONMENT, "APP_", Map.of("DB_PORT", "1", "_A", "5"), false),
        sink.variables());
  }

  @Test
  void environment_withoutPrefix_fillsOnlyKnownKeys() {
    EnvironmentSource source = new EnvironmentSource("", Map.of("PATH", "x"));
    source.open(sink);
    assertEquals("environment", source.name());
    assertEquals(
        new Variables(Variables.Style.ENVIRONMENT, "", Map.of("PATH", "x"), true),
        sink.variables());
  }

  @Test
  void environment_ofThisProcess_isTheDefault() {
    new EnvironmentSource("").open(sink);
    assertEquals(System.getenv(), sink.variables().values());
  }

  @Test
  void environment_reload_answersWithALaterRevision() {
    Session session = new EnvironmentSource("", Map.of()).open(sink);
    session.reload(sink);
    assertEquals(List.of(1L, 2L), sink.revisions());
  }

  private static Variables paths(String prefix, Map<String, String> values) {
    return new Variables(Variables.Style.PATH, prefix, values, false);
  }

  @Test
  @Tag("D49")
  void arguments_areReadUntilTheEndMark() {
    new ArgumentsSource(
            "--a.b=1", "--flag", "--no-x", "--e=", "--f=x=y", "-v", "word", "--a.b=2", "--",
            "--z=1")
        .open(sink);
    assertEquals(
        paths("--", Map.of("a.b", "2", "flag", "true", "no-x", "true", "e", "", "f", "x=y")),
        sink.variables());
  }

  @Test
  void arguments_thatAreNoPaths_areAllReportedWithoutTheirValues() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> new ArgumentsSource("--=hunter2", "--a..b=hunter3", "--ok=1"));
    assertEquals(
        "GIM-017 argument --: expected --path=value or --path\n        at --\n"
            + "GIM-017 argument --a..b: \"a..b\" is not a path: expected a key (the empty key is"
            + " written \"\") (column 3)\n        at --a..b",
        e.getMessage());
  }

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @Test
  void systemProperties_takeThePrefixOffAndSkipWhatIsNoString() {
    Properties properties = properties("app.a", "1", "other", "2", "app.", "3");
    properties.put("app.n", 5);
    properties.put(7, "seven");
    new SystemPropertiesSource("app.", () -> properties).open(sink);
    assertEquals(paths("app.", Map.of("a", "1")), sink.variables());
    tasks.advance(10_000);
    assertEquals(List.of("variables {a=1}"), sink.log());
  }

  @Test
  void systemProperties_areLookedAtEverySecond() {
    Properties properties = properties("a", "1");
    Session session = new SystemPropertiesSource("", () -> properties).open(sink);
    properties.setProperty("a", "2");
    tasks.advance(999);
    assertEquals(List.of("variables {a=1}"), sink.log());
    tasks.advance(1);
    properties.remove("a");
    tasks.advance(1_000);
    assertEquals(List.of("variables {a=1}", "variables {a=2}", "variables {}"), sink.log());
    session.close();
    assertEquals(0, tasks.waiting());
    assertEquals(List.of(1L, 2L, 3L), sink.revisions());
  }

  @Test
  void systemProperties_withoutWatching_areReadOnce() {
    RecordingSink once = new RecordingSink(tasks, false);
    new SystemPropertiesSource("", () -> properties("a", "1")).open(once);
    assertEquals(List.of("variables {a=1}"), once.log());
    assertEquals(0, tasks.waiting());
  }

  @Test
  void systemProperties_reload_answersOnlyWhoAsked_now() {
    Properties properties = properties("a", "1");
    Session session = new SystemPropertiesSource("", () -> properties).open(sink);
    properties.setProperty("a", "2");
    RecordingSink asked = new RecordingSink(tasks);
    session.reload(asked);
    assertEquals(List.of("variables {a=2}"), asked.log());
    assertEquals(List.of(2L), asked.revisions());
    tasks.advance(1_000);
    assertEquals(List.of("variables {a=1}"), sink.log());
    properties.setProperty("a", "1");
    tasks.advance(1_000);
    assertEquals(List.of("variables {a=1}", "variables {a=1}"), sink.log());
    assertEquals(List.of(1L, 3L), sink.revisions());
  }

  /** Properties that change under the copy, as a subclass of the application may. */
  private static final class Stirred extends Properties {
    private static final long serialVersionUID = 1L;
    private int failures = 5;

    @Override
    public Set<String> stringPropertyNames() {
      if (failures-- > 0) {
        throw new ConcurrentModificationException();
      }
      return super.stringPropertyNames();
    }
  }

  @Test
  @Tag("class13")
  void systemProperties_changedDuringTheCopy_areCopiedAgain() {
    Properties stirred = new Stirred();
    stirred.setProperty("a", "1");
    new SystemPropertiesSource("", () -> stirred).open(sink);
    assertEquals(List.of("variables {a=1}"), sink.log());
  }

  @Test
  void map_itsOwnKeysArePathsAndItIsCopied() {
    Map<String, Object> values = new java.util.HashMap<>(Map.of("a.b", 1, "c", Map.of("d.e", 2)));
    MapSource source = new MapSource("defaults", values);
    values.put("later", 1);
    Session session = source.open(sink);
    session.reload(sink);
    assertEquals(
        List.of("document {a={b=1}, c={d.e=2}}", "document {a={b=1}, c={d.e=2}}"), sink.log());
    assertEquals(List.of(1L, 2L), sink.revisions());
  }

  @Test
  void string_isParsedOnATask() {
    new StringSource("inline", "lines", "a=1").open(sink);
    assertEquals(List.of(), sink.log());
    tasks.run();
    assertEquals(List.of("document {a=1}"), sink.log());
    assertEquals("inline:1:3", sink.origin("a"));
  }

  @Test
  void string_malformed_failsWithItsPlace() {
    new StringSource("inline", "lines", "a").open(sink);
    tasks.run();
    assertEquals(List.of("failed GIM-004"), sink.log());
    assertEquals(
        "GIM-004 expected key=value\n        at inline:1:1\n       1 | ***\n         | ^",
        sink.problem().getMessage());
  }

  @Test
  void optional_keepsTheName() {
    Source optional = new StringSource("inline", "lines", "a=1").optional();
    assertEquals("inline", optional.name());
    assertTrue(optional.isOptional());
    assertFalse(new StringSource("inline", "lines", "a=1").isOptional());
  }
}
