package dev.gimbal.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.runs.ProcessRuns;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The storm and the ten readers, with their twins, under collectors that are not the default: they
 * move objects at other times and have other barriers.
 */
class CollectorsTest {

  @ParameterizedTest
  @CsvSource({"UseZGC", "UseSerialGC"})
  void stormAndReaders_underAnotherCollector_areSound(String collector) throws Exception {
    ProcessRuns.Ended ended =
        ProcessRuns.execute(
            ProcessRuns.folder("collectors", collector),
            List.of(
                ProcessRuns.java(),
                "-XX:+" + collector,
                "-Xmx512m",
                "-Dgimbal.storm.seconds=1",
                "-cp",
                System.getProperty("java.class.path"),
                CollectorsProgram.class.getName(),
                collector));
    String last = ended.output().strip();
    last = last.substring(last.lastIndexOf('\n') + 1);
    assertEquals(collector + ": 4 tests, 4 passed", last, ended::output);
    assertEquals(0, ended.code());
  }
}
