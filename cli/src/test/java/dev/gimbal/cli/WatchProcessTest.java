package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WatchProcessTest {

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** As editors and deployments do it: another file takes the place of the first. */
  private void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve(".next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static GimbalProcess watch(String... args) throws IOException {
    GimbalProcess process = GimbalProcess.start(args);
    assertEquals("watching 1 source", process.message());
    return process;
  }

  @Test
  void watch_ofAnEdit_printsALineForEachChangedValue() throws Exception {
    Path file = file("app.json", "{\"a\":1,\"b\":{\"c\":\"x\",\"password\":\"p\"},\"l\":[1]}");
    String name = file.toString();
    try (GimbalProcess watch = watch("watch", "--source", name)) {
      replace(file, "{\"a\":1,\"b\":{\"d\":1.10,\"password\":\"q\"},\"l\":[1,2]}");

      assertEquals(
          "{\"version\":2,\"path\":\"b.c\",\"old\":\"x\",\"new\":null,\"source\":\"" + name + "\"}",
          watch.line());
      assertEquals(
          "{\"version\":2,\"path\":\"b.d\",\"old\":null,\"new\":1.10,\"source\":\"" + name + "\"}",
          watch.line());
      assertEquals(
          "{\"version\":2,\"path\":\"b.password\",\"old\":\"***\",\"new\":\"***\",\"source\":\""
              + name
              + "\"}",
          watch.line());
      assertEquals(
          "{\"version\":2,\"path\":\"l\",\"old\":[1],\"new\":[1,2],\"source\":\"" + name + "\"}",
          watch.line());
    }
  }

  @Test
  void watch_ofAPath_printsAbsolutePathsBelowItOnly() throws Exception {
    Path file = file("app.yaml", "a: {b: {c: 1}}\nd: 1\n");
    try (GimbalProcess watch = watch("watch", "a.b", "-s", file.toString(), "--reveal")) {
      replace(file, "a: {b: {c: 1}}\nd: 2\n");
      replace(file, "a: {b: {c: 1, secret: s}}\nd: 3\n");

      String line = watch.line();

      int version = line.charAt("{\"version\":".length()) - '0';
      assertEquals(
          "{\"version\":"
              + version
              + ",\"path\":\"a.b.secret\",\"old\":null,\"new\":\"s\",\"source\":\""
              + file
              + "\"}",
          line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "never", "auto"})
  void watch_asText_printsWhatWasAndWhatIs(String color) throws Exception {
    Path file = file("app.json", "{\"a\":1,\n\"b\":\"\\u001b\",\n\"password\":\"p\"}");
    String at = "   at " + file;
    try (GimbalProcess watch =
        watch("watch", "-s", file.toString(), "-o", "text", "--color", color)) {
      replace(file, "{\"a\":2,\n\"c\":[1],\n\"password\":\"q\"}");

      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        lines.add(
            watch
                .line()
                .replace("\u001b[31m", "<")
                .replace("\u001b[32m", ">")
                .replace("\u001b[0m", "."));
      }
      List<String> expected =
          List.of(
              "version 2",
              "<- a: 1" + at + ":1:6.",
              ">+ a: 2" + at + ":1:6.",
              "<- b: \"\\u001b\"" + at + ":2:5.",
              ">+ c: [1]" + at + ":2:5.",
              "<- password: \"***\"" + at + ":3:12.",
              ">+ password: \"***\"" + at + ":3:12.");
      assertEquals(
          color.equals("always")
              ? expected
              : expected.stream()
                  .map(line -> line.replaceAll("^[<>]|(?<=:\\d{1,2})[.]$", ""))
                  .toList(),
          lines);
    }
  }

  @Test
  void watch_ofARejectedEdit_tellsItsPlaceAndGoesOn() throws Exception {
    Path file = file("app.json", "{\"a\":1}");
    try (GimbalProcess watch = watch("watch", "-s", file.toString())) {
      replace(file, "{\"a\":2,\n \"a\":3}");

      assertEquals(
          "degraded: " + file + ": GIM-006 the key \"a\" stands twice, first at 1:2",
          watch.message());
      assertEquals("        at " + file + ":2:2", watch.message());
      assertEquals("       2 |  \"a\":***", watch.message());
      assertEquals("         |  ^", watch.message());

      replace(file, "{\"a\":4}");

      assertEquals("ok: " + file, watch.message());
      assertEquals(
          "{\"version\":2,\"path\":\"a\",\"old\":1,\"new\":4,\"source\":\"" + file + "\"}",
          watch.line());
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void watch_onASignal_ends(String signal, int exit) throws Exception {
    Path file = file("app.json", "{}");
    try (GimbalProcess watch = watch("watch", "-s", file.toString())) {
      watch.signal(signal);

      assertEquals(exit, watch.exit());
      assertEquals("", watch.restOfOutput());
      assertEquals("", watch.restOfMessages());
    }
  }

  @Test
  void watch_whenNobodyReadsAnyMore_endsQuietly() throws Exception {
    Path file = file("app.json", "{}");
    try (GimbalProcess watch = watch("watch", "-s", file.toString())) {
      watch.stopReading();
      replace(file, "{\"a\":1}");

      assertEquals(0, watch.exit());
      assertEquals("", watch.restOfMessages());
    }
  }

  /** It may be mended, so the start waits. */
  @Test
  void watch_ofAFileThatCannotBeReadAtTheStart_saysWhatItWaitsFor() throws Exception {
    Path file = folder.resolve("app.json");
    Files.createSymbolicLink(file, file.getFileName());
    try (GimbalProcess watch = GimbalProcess.start("watch", "-s", file.toString())) {
      String why = "GIM-012 it cannot be read: its symbolic links lead in a circle";
      assertEquals("waiting: " + file + ": " + why, watch.message());
      assertEquals("        at " + file, watch.message());
      replace(file, "{}");
      assertEquals("watching 1 source", watch.message());
    }
  }

  @Test
  void watch_ofAFileThatIsWrongAtTheStart_exits3() throws Exception {
    Path file = file("app.json", "{\"a\":");
    try (GimbalProcess watch = GimbalProcess.start("watch", "-s", file.toString())) {
      assertEquals(3, watch.exit());
      assertEquals("", watch.restOfOutput());
      assertEquals("GIM-004", watch.message().substring(0, 7));
    }
  }
}
