package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OutputProcessTest {

  @TempDir Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("app.yaml"), text).toString();
  }

  @Test
  void get_inTheCLocale_printsUtf8() throws Exception {
    ProcessBuilder builder = GimbalProcess.builder("get", "a", "-s", file("a: Grüße 世界\n"));
    builder.environment().put("LC_ALL", "C");
    try (GimbalProcess get = GimbalProcess.start(builder)) {
      assertEquals("Grüße 世界\n", get.restOfOutput());
      assertEquals(0, get.exit());
    }
  }

  @Test
  void get_whenNobodyReads_endsQuietly() throws Exception {
    String large = "a: " + "x".repeat(1 << 20) + "\n";
    try (GimbalProcess get = GimbalProcess.start("get", "-s", file(large))) {
      get.stopReading();

      assertEquals("", get.restOfMessages());
      assertEquals(0, get.exit());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void get_whenTheOutputIsFull_saysSo() throws Exception {
    ProcessBuilder builder = GimbalProcess.builder("get", "-s", file("a: 1\n"));
    builder.redirectOutput(new File("/dev/full"));
    builder.environment().put("LC_ALL", "C");
    try (GimbalProcess get = GimbalProcess.start(builder)) {
      assertEquals(
          "gimbal: cannot write the output: No space left on device\n", get.restOfMessages());
      assertEquals(74, get.exit());
    }
  }

  @Test
  void batch_answersALineBeforeTheNextIsWritten() throws Exception {
    String file = file("a: 1\n");
    Process process = GimbalProcess.builder("get", "--batch").start();
    try (var input = process.outputWriter();
        var output = process.inputReader()) {
      for (int i = 0; i < 3; i++) {
        input.write(file + "\n");
        input.flush();
        assertEquals(
            "{\"source\":\"" + file + "\",\"exit\":0,\"output\":{\"a\":1}}", output.readLine());
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
