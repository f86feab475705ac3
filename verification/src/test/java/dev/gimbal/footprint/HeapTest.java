package dev.gimbal.footprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.format.yaml.YamlFormat;
import dev.gimbal.runs.ProcessRuns;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is held for each key, watcher, subscription and handle, in bytes, at two sizes: by {@link
 * HeapProgram}, in a JVM of its own where nothing else is. Bounds are a few per cent above what is
 * seen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeapTest {

  private static final Pattern LINE = Pattern.compile("(?m)^([a-z-]+) ([0-9]+) (-?[0-9]+) (.*)$");

  /** Bytes for one, and of which classes, by name and size. */
  private final Map<String, MatchResult> seen = new HashMap<>();

  @BeforeAll
  void run() throws Exception {
    Path folder = ProcessRuns.folder("footprint", "heap");
    String classPath =
        ProcessRuns.classPath(List.of(Config.class, YamlFormat.class))
            + File.pathSeparator
            + Programs.copied(folder, Heap.class, HeapProgram.class);
    // This collector leaves nothing behind that is counted and dead.
    ProcessRuns.Ended ended =
        ProcessRuns.execute(
            folder,
            List.of(
                ProcessRuns.java(),
                "-XX:+UseG1GC",
                "-Xmx512m",
                "-cp",
                classPath,
                HeapProgram.class.getName(),
                folder.toString()));
    assertEquals(0, ended.code(), ended::output);
    for (MatchResult line : LINE.matcher(ended.output()).results().toList()) {
      seen.put(line.group(1) + " " + line.group(2), line);
    }
    assertEquals(20, seen.size(), ended::output);
  }

  @ParameterizedTest
  @CsvSource({
    "flat, 165", // a map from paths to texts, beside which the next two stand
    "properties, 268",
    "yaml, 262",
    "watcher, 170",
    "watcher-own-path, 182",
    "watcher-new-path, 298",
    "subscription, 310", // among few, with what virtual threads of JDK 25 still hold
    "live, 35",
    "live-own-path, 230",
  })
  void oneOfAThousandAndOneOfTenThousand_holdFewBytes(String what, int most) {
    assertAtMost(what + " 1000", most);
    assertAtMost(what + " 10000", most);
  }

  @Test
  void keyAmongTenThousand_withOriginAndText_holdsFewBytes() {
    assertAtMost("properties 10000", 237);
    assertAtMost("yaml 10000", 229);
  }

  @Test
  void subscriptionAmongTenThousand_holdsFewBytes() {
    assertAtMost("subscription 10000", 240);
  }

  @ParameterizedTest
  @CsvSource({"1000", "10000"})
  void watchersSubscriptionsAndHandles_takeNoThreads(int count) {
    assertAtMost("threads " + count, 0);
  }

  private void assertAtMost(String what, int most) {
    MatchResult line = seen.get(what);
    int bytes = Integer.parseInt(line.group(3));
    assertTrue(bytes <= most, line::group);
    assertTrue(what.startsWith("threads") || bytes > most / 3, line::group);
  }
}
