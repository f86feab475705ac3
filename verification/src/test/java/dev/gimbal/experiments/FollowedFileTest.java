package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * GS1, GS2 and O1: a file is edited, each time by a rename. A bad edit leaves the last good value,
 * the repair is seen, and a listener that throws does not end the watch.
 */
@Timeout(300)
@Tag("experiments")
class FollowedFileTest {

  private static final Logger LOGGER = Logger.getLogger("dev.gimbal");
  private static final int ROUNDS = 10;

  @TempDir private Path folder;

  @BeforeEach
  void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    LOGGER.setLevel(null);
  }

  private Path file(int round) throws IOException {
    Path file = Files.createDirectory(folder.resolve("round" + round)).resolve("app.properties");
    return edit(file, "first");
  }

  private static Path edit(Path file, String value) throws IOException {
    Path next = file.resolveSibling("next");
    Files.writeString(next, text(value));
    return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String text(String value) {
    return "k=" + value + "\n";
  }

  // ---- GS1 and GS2: a bad edit

  @ParameterizedTest
  @CsvSource({"GS1, ${nope}", "GS2, \\u00zz"})
  @Tag("class11")
  void badEdit_leavesTheLastGoodValue_andTheRepairIsSeen(String id, String bad) throws Exception {
    int rounds = Experiment.scaled(ROUNDS);
    int wrong = 0;
    for (int round = 0; round < rounds; round++) {
      Path file = file(round);
      try (Config config = Config.builder().source(Sources.file(file).name("s")).build()) {
        edit(file, "good");
        Experiment.until(() -> config.get("k").asString().equals("good"));
        edit(file, bad);
        Experiment.until(() -> config.status().source("s").state() == State.DEGRADED);
        wrong += config.get("k").asString().equals("good") ? 0 : 1;
        edit(file, "repaired");
        Experiment.until(() -> config.get("k").asString().equals("repaired"));
        edit(file, "later");
        Experiment.until(() -> config.get("k").asString().equals("later"));
        assertEquals(State.OK, config.status().source("s").state());
      }
    }
    Experiment.sound(id, "", wrong, rounds);
  }

  @ParameterizedTest
  @CsvSource({"GS1, ${nope}, ''", "GS2, \\u00zz, good"})
  void badEdit_isTheLastThatTheTwinSees(String id, String bad, String shown) throws Exception {
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path file = file(round);
      try (TwinFollower twin = new TwinFollower(file)) {
        edit(file, "good");
        twin.settle(text("good"));
        assertEquals("good", twin.value());
        edit(file, bad);
        twin.settle(text(bad));
        assertEquals(shown, twin.value());
        edit(file, "repaired");
        twin.settle(text("repaired"));
        wrong += twin.value().equals("repaired") ? 0 : 1;
      }
    }
    Experiment.caught(id, "", wrong, ROUNDS);
  }

  // ---- O1: a listener that throws

  @Test
  @Tag("class10")
  void listenerThatThrows_doesNotEndTheWatchOfAFile() throws Exception {
    int rounds = Experiment.scaled(ROUNDS);
    int deaf = 0;
    for (int round = 0; round < rounds; round++) {
      Path file = file(round);
      AtomicBoolean told = new AtomicBoolean();
      try (Config config = Config.builder().source(Sources.file(file)).build()) {
        config.onChange(
            "k",
            change -> {
              told.set(change.after().asString().equals("third"));
              if (change.after().asString().equals("second")) {
                throw new IllegalStateException("once");
              }
            });
        edit(file, "second");
        Experiment.until(() -> config.status().listenerFailures() == 1);
        edit(file, "third");
        Experiment.until(told::get);
        deaf += config.get("k").asString().equals("third") ? 0 : 1;
      }
    }
    Experiment.sound("O1", "", deaf, rounds);
  }

  @Test
  void listenerThatThrows_endsTheWatchOfTheTwin() throws Exception {
    int deaf = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path file = file(round);
      try (TwinTrigger twin = new TwinTrigger(() -> read(file))) {
        twin.listen(
            text -> {
              throw new IllegalStateException("once");
            });
        edit(file, "second");
        twin.settle(text("second"));
        edit(file, "third");
        twin.settle(text("third"));
        deaf += twin.text().equals(text("third")) ? 0 : 1;
      }
    }
    Experiment.caught("O1", "", deaf, ROUNDS);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
