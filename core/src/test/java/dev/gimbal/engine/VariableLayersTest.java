package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Source;
import dev.gimbal.source.Variables;
import dev.gimbal.source.Variables.Style;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Layers that are computed from the layers below them, beside those and alone. */
@Timeout(60)
class VariableLayersTest {

  private final ManualTasks tasks = new ManualTasks(name -> true);
  private final MemorySource memory = new MemorySource("memory");
  private final ToldSource variables =
      new ToldSource(sink -> sink.variables(new Revision(1, "1"), variables("A_B", "1")));
  private MemoryLoader loader;

  private static Variables variables(String name, String value) {
    return new Variables(Style.ENVIRONMENT, "", Map.of(name, value), false);
  }

  private ConfigView open(Source... sources) {
    loader = Loaders.open(tasks, sources);
    return new ConfigView(loader);
  }

  @AfterEach
  void close() {
    loader.close();
  }

  @Test
  void variablesAlone_areALayer() {
    assertEquals(Map.of("a", Map.of("b", "1")), open(variables).asMap());
  }

  @Test
  void variablesThatChange_overTheSameLayers_areReadAnew() {
    ConfigView config = open(memory, variables);
    variables.sink.variables(new Revision(2, "2"), variables("A_B", "2"));
    assertEquals(Map.of("a", Map.of("b", "2")), config.asMap());
    variables.sink.variables(new Revision(3, "3"), variables("C", "3"));
    assertEquals(Map.of("c", "3"), config.asMap());
  }

  @Test
  void layerBelowThatChanges_changesWhatVariablesStandFor() {
    ConfigView config = open(memory, variables);
    memory.put("aB", 0);
    assertEquals(Map.of("aB", "1"), config.asMap());
    memory.remove("aB");
    assertEquals(Map.of("a", Map.of("b", "1")), config.asMap());
  }
}
