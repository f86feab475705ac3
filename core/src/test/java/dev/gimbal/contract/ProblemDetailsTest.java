package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Excerpt;
import dev.gimbal.ListMerge;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.UnknownKeys;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a problem tells programs beside its message. */
@Timeout(60)
class ProblemDetailsTest {

  private static Problem problem(Consumer<Config> use) {
    try (Config config =
        Config.builder()
            .source(Sources.map("lowest", Map.of("port", 1, "db.password", "p")))
            .source(Sources.map("low", Map.of("unit", "hours")))
            .source(Sources.map("middle", Map.of("port", 2, "unit", "days")))
            .source(
                Sources.map(
                    "high", Map.of("port", "8,0, expected", "unit", "secnds", "list", List.of())))
            .build()) {
      return assertThrows(ConfigException.class, () -> use.accept(config)).problems().get(0);
    }
  }

  @Test
  void malformedValue_hasWhatWasFoundAndExpected_andEachPlaceItOverrides() {
    Problem problem = problem(config -> config.get("port").asInt());

    assertEquals(
        new Problem.Details(
            "\"8,0, expected\"",
            "an integer from -2147483648 to 2147483647",
            null,
            List.of(Origin.of("middle"), Origin.of("lowest"))),
        problem.details());
    assertEquals(Origin.of("middle"), problem.overrides());
    assertEquals("docs/errors/GIM-003.md", problem.code().page());
  }

  @Test
  void suggestion_isTheValueThatMayHaveBeenMeant() {
    Problem.Details details =
        problem(config -> config.get("unit").asEnum(TimeUnit.class)).details();

    assertEquals("SECONDS", details.suggestion());
    assertEquals("\"secnds\"", details.found());
    assertEquals(List.of(Origin.of("middle"), Origin.of("low")), details.overridden());
  }

  @Test
  void absentValue_hasThePathThatMayHaveBeenMeant() {
    assertEquals(
        Problem.Details.of(null, "an integer from -2147483648 to 2147483647", "port"),
        problem(config -> config.get("prot").asInt()).details());
  }

  @Test
  void secret_isMasked() {
    Problem.Details details = problem(config -> config.get("db.password").asInt()).details();

    assertEquals("***", details.found());
    assertEquals(null, details.suggestion());
  }

  @Test
  void listInPlaceOfAValue_isNamedAsSuch() {
    assertEquals("a list", problem(config -> config.get("list").asInt()).details().found());
  }

  private static List<Problem.Details> details(Executable use) {
    return assertThrows(ConfigException.class, use).problems().stream()
        .map(Problem::details)
        .toList();
  }

  @Test
  void path_thatIsNone_hasItsText() {
    assertEquals(
        List.of(Problem.Details.of("\"a..b\"", "a path", null)),
        details(() -> ConfigPath.parse("a..b")));
    assertEquals(
        List.of(Problem.Details.of("\"a[0]\"", "a path of keys", null)),
        details(() -> Config.builder().listMerge("a[0]", ListMerge.APPEND).build().close()));
    assertEquals(
        List.of(Problem.Details.of("\"[0]\"", "a path of keys", null)),
        details(() -> Config.builder().unknownKeys("a[0]", UnknownKeys.ERROR).build().close()));
  }

  @Test
  void argument_thatCannotBeUnderstood_hasItsName() {
    String expected = "--path=value or --path";

    assertEquals(
        List.of(
            Problem.Details.of("\"--a..b\"", expected, null),
            Problem.Details.of("\"--\"", expected, null)),
        details(() -> Sources.arguments("--a..b=secret", "--=x")));
  }

  @Test
  void argument_ofAnIndexThatDoesNotFit_hasThoseThatDo() {
    assertEquals(
        List.of(
            Problem.Details.of("index 3 of list", "an index from 0 to 1", null),
            Problem.Details.of("index 4 of none", "index 0", null)),
        details(
            () ->
                Config.builder()
                    .source(Sources.map("map", Map.of("list", List.of(1), "none", List.of())))
                    .source(Sources.arguments("--list[3]=x", "--none[4]=x"))
                    .build()
                    .close()));
  }

  @Test
  void address_thatIsNone_hasWhatIsExpected() {
    assertEquals(
        List.of(Problem.Details.of(null, "an address of http or https with a host", null)),
        details(() -> Sources.http(URI.create("ftp://user:word@host"))));
    assertEquals(
        List.of(Problem.Details.of("port 0", "1 to 65535", null)),
        details(() -> Sources.http(URI.create("http://host:0/"))));
  }

  @Test
  void document_thatIsNotUtf8_hasTheByte(@TempDir Path folder) throws Exception {
    byte[] bytes = {'a', '=', (byte) 0xFC, '\n'};
    Files.write(folder.resolve("a.properties"), bytes);
    List<Problem.Details> expected = List.of(Problem.Details.of("the byte 0xFC", "UTF-8", null));

    assertEquals(
        expected,
        details(() -> Config.builder().source(Sources.directory(folder)).build().close()));
    Problem ofFile =
        assertThrows(
                ConfigException.class,
                () ->
                    Config.builder()
                        .source(Sources.file(folder.resolve("a.properties")))
                        .build()
                        .close())
            .problems()
            .get(0);
    assertEquals(new Excerpt(1, "a=***", 2), ofFile.details().excerpt());
    assertEquals(expected, List.of(ofFile.withExcerpt(null).details()));
  }
}
