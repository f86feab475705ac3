package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Watcher;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the process jumps, by libfaketime; the monotonic one does not. */
@Tag("slow") // each look at the clock passes through the library
@Timeout(240)
class EtcdClockTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  @TempDir Path folder;

  /** Prints each value, with the year that the clock shows. */
  static final class Follower {

    private Follower() {}

    public static void main(String[] args) throws InterruptedException {
      // Long times: a clock that is read from a file is slow, and slower on a machine at work.
      EtcdSource source =
          EtcdSource.tree("/clock", args[0])
              .connectTimeout(Duration.ofSeconds(30))
              .timeout(Duration.ofSeconds(30));
      try (Config config =
          Config.builder().source(source).startTimeout(Duration.ofMinutes(2)).build()) {
        Watcher watcher = config.watch(config.get("a"));
        for (String value = config.get("a").asString();
            !value.equals("end");
            value = watcher.next().asString()) {
          System.out.println(value + " " + Year.now(ZoneOffset.UTC));
        }
      }
      System.out.println("ended");
    }
  }

  private Path clock() {
    return folder.resolve("clock");
  }

  /** Such as {@code +3650d}; in one step, so that nobody reads half of it. */
  private void setClock(String offset) throws IOException, InterruptedException {
    Path next = Files.writeString(folder.resolve("next"), offset + "\n");
    Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE);
    Thread.sleep(1100); // the library looks for it once a second
  }

  private static String library() throws IOException, InterruptedException {
    Process asked = new ProcessBuilder("faketime", "-f", "+0", "printenv", "LD_PRELOAD").start();
    String found = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, asked.waitFor(), "faketime");
    return found.strip();
  }

  private Process follow(String endpoint) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Follower.class.getName(),
                endpoint)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "LD_PRELOAD",
                library(),
                "FAKETIME_TIMESTAMP_FILE",
                clock().toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1"));
    return builder.start();
  }

  private static void put(String value) {
    ETCD.server().ctl("put", "/clock/a", value);
  }

  /** The value of the next line, and whether the year is as many years away as it should be. */
  private static void assertNext(BufferedReader lines, String value, int years) throws IOException {
    List<String> words = List.of(lines.readLine().split(" "));
    assertEquals(value, words.get(0));
    int year = Year.now(ZoneOffset.UTC).getValue();
    assertEquals(years, Math.round((Integer.parseInt(words.get(1)) - year) / 10.0) * 10);
  }

  @Test
  void clockThatJumps_losesNoChange() throws Exception {
    put("1");
    setClock("+0d");
    var address = ETCD.server().address();
    Process follower = follow(address.getHostString() + ":" + address.getPort());
    try (BufferedReader lines = follower.inputReader(StandardCharsets.UTF_8)) {
      assertNext(lines, "1", 0);
      setClock("+3652d");
      put("2");
      assertNext(lines, "2", 10);
      setClock("-3652d");
      put("3");
      assertNext(lines, "3", -10);
      ETCD.server().kill();
      setClock("+7305d");
      ETCD.server().start();
      put("4");
      assertNext(lines, "4", 20);
      setClock("+0d");
      put("5");
      assertNext(lines, "5", 0);
      put("end");
      assertEquals("ended", lines.readLine());
      assertTrue(follower.waitFor(60, TimeUnit.SECONDS));
    } finally {
      follower.destroyForcibly();
    }
  }
}
