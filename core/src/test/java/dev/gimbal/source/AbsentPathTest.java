package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told where nothing is at a path. */
class AbsentPathTest {

  @TempDir Path dir;

  private static String told(Source source) {
    Config.Builder builder = Config.builder().source(source);
    return assertThrows(ConfigException.class, builder::build).getMessage();
  }

  @Test
  void aRelativePath_isToldWithTheFolderThatItCountsFrom() {
    String folder = System.getProperty("user.dir");
    assertEquals(
        "GIM-011 there is nothing at this path, seen from " + folder + "\n        at no/app.conf",
        told(Sources.file("no/app.conf")));
    assertEquals(
        "GIM-011 there is nothing at this path, seen from " + folder + "\n        at no/conf.d",
        told(Sources.directory("no/conf.d")));
  }

  @Test
  void anAbsolutePath_isToldAlone() {
    Path absent = dir.resolve("app.conf");
    assertEquals(
        "GIM-011 there is nothing at this path\n        at " + absent, told(Sources.file(absent)));
  }
}
