package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.Explanation;
import dev.gimbal.Explanation.Outcome;
import dev.gimbal.Origin;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G10ExplainedTest {

  private static List<String> who(Explanation explanation) {
    return explanation.candidates().stream().map(c -> c.source() + " " + c.outcome()).toList();
  }

  @Test
  void explain_namesWhoWonAndWhoLost_highestFirst() {
    try (Config config =
        Config.builder()
            .source(Sources.map("low", Map.of("a", 1)))
            .source(Sources.map("high", Map.of("a", 2)))
            .build()) {
      Explanation explanation = config.explain("a");
      assertEquals(List.of("high WON", "low LOST"), who(explanation));
      assertEquals(Optional.of("2"), explanation.value());
      assertEquals("high", config.get("a").origin().orElseThrow().source());
    }
  }

  @Test
  void explain_namesTheTombstone() {
    MemorySource memory = Sources.memory("memory");
    memory.put("a", null);
    try (Config config =
        Config.builder().source(Sources.map("low", Map.of("a", 1))).source(memory).build()) {
      Explanation explanation = config.explain("a");
      assertEquals(List.of("memory REMOVED", "low LOST"), who(explanation));
      assertEquals(Optional.empty(), explanation.value());
    }
  }

  @Test
  void explain_showsHowAPlaceholderWasResolved_andIsOfOneSnapshot() {
    MemorySource memory = Sources.memory("memory");
    memory.patch(p -> p.set("host", "h").set("url", "http://${host}/"));
    try (Config config = Config.builder().source(memory).build()) {
      dev.gimbal.Snapshot before = config.snapshot();
      memory.put("host", "other");
      assertEquals(Optional.of("http://h/"), before.explain("url").value());
      Explanation explanation = config.explain("url");
      assertEquals(Optional.of("http://other/"), explanation.value());
      assertEquals(
          List.of(new Explanation.Step("${host}", "other", Origin.of("memory"))),
          explanation.steps());
    }
  }

  @Test
  void explain_ofAView_isRelative() {
    try (Config config = Config.of(Map.of("a.b", 1))) {
      assertEquals("a.b", config.at("a").explain("b").path().toString());
      assertEquals(Outcome.WON, config.at("a").explain("b").candidates().get(0).outcome());
    }
  }
}
