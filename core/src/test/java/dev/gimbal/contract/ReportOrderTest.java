package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.UnknownKeys;
import dev.gimbal.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportOrderTest {

  record Pool(int min, int max, int size) {}

  @Test
  void report_isInTheOrderOfSourcesAndLines_andThenWhatHasNoPlace() {
    Config.Builder builder =
        Config.builder()
            .validator("e", candidate -> Verdict.reject("e", "it is absent"))
            .declare("a", int.class)
            .declare("b", Pool.class)
            .declare("c", int.class)
            .unknownKeys("", UnknownKeys.ERROR)
            .source(Sources.string("z-low", "properties", "c=x\nb.max=y\nother=1\n"))
            .source(Sources.string("a-high", "properties", "b.min=z\n\na=w\n"));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(
        List.of(
            "GIM-003 c z-low:1:3",
            "GIM-003 b.max z-low:2:7",
            "GIM-026 other z-low:3:1",
            "GIM-003 b.min a-high:1:7",
            "GIM-002 b.size a-high:1:7",
            "GIM-003 a a-high:3:3",
            "GIM-024 e null"),
        e.problems().stream().map(p -> p.code().id() + " " + p.path() + " " + p.origin()).toList());
  }
}
