package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        new Problem.Details(null, null, "port", List.of()),
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
}
