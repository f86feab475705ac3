package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Explanation;
import dev.gimbal.Sources;
import dev.gimbal.source.EnvironmentSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A variable changes a part of a list; what it leaves as it was keeps its place. */
class CopiedListTest {

  private static final String FILE =
      "l[0].host=alpha\nl[0].port=1\nl[1].host=beta\nl[1].port=54x\nl[2].on=${l[1].host}\n";

  record Replica(String host, int port) {}

  private static Config.Builder builder() {
    return Config.builder()
        .source(Sources.string("file", "properties", FILE))
        .source(new EnvironmentSource("APP_", Map.of("APP_L_0_HOST", "zeta")));
  }

  private static List<String> said(Config config, String path) {
    return config.explain(path).candidates().stream()
        .map(c -> c.outcome() + " " + c.value() + " at " + c.origin())
        .collect(Collectors.toList());
  }

  @Test
  void whatAVariableLeavesAsItWas_isOfTheLayerBelow() {
    try (Config config = builder().build()) {
      assertEquals(
          List.of("WON zeta at APP_L_0_HOST", "LOST alpha at file:1:11"),
          said(config, "l[0].host"));
      assertEquals(List.of("WON 1 at file:2:11"), said(config, "l[0].port"));
      assertEquals(List.of("WON beta at file:3:11"), said(config, "l[1].host"));
      assertEquals(List.of("WON ${l[1].host} at file:5:9"), said(config, "l[2].on"));
      assertEquals(Explanation.Outcome.WON, config.explain("l").candidates().get(0).outcome());
      assertEquals("APP_L_0_HOST", config.get("l").origin().orElseThrow().document());
      assertEquals("APP_L_0_HOST", config.get("l[0]").origin().orElseThrow().document());
      assertEquals("file:4:11", config.get("l[1].port").origin().orElseThrow().toString());
    }
  }

  @Test
  void whatIsWrongInWhatAVariableLeft_hasItsLine() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> builder().declare("l[1]", Replica.class).build());
    assertEquals(
        "GIM-003 l[1].port: found \"54x\", expected an integer from -2147483648 to 2147483647\n"
            + "        at file:4:11\n"
            + "       4 | ***\n"
            + "         | ^",
        e.problems().get(0).toString());
    assertEquals(1, e.problems().size());
  }
}
