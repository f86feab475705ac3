package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Experiment C: a source changes shortly after it was read for the first time. However short that
 * time, the change is seen.
 */
@Timeout(300)
@Tag("experiments")
class ChangeAfterReadTest {

  private static final String KEY = "k";
  private static final int ADDED = 300;
  private static final int BUILT = 200;
  private static final int FILES = 150;
  private static final int FILES_AT_ONCE = 10;

  @TempDir private Path folder;

  // ---- a source in memory

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 100, 1_000, 5_000})
  @Tag("D11")
  @Tag("class6")
  void change_afterTheSourceWasAdded_isSeen(int micros) throws Exception {
    int lost = lost(ADDED, micros, added(GimbalSubject::new));
    Experiment.sound("C-1", micros, lost, Experiment.scaled(ADDED));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000})
  @Tag("D11")
  void change_afterTheStart_isSeen(int micros) throws Exception {
    int lost = lost(BUILT, micros, GimbalSubject::new);
    Experiment.sound("C-2", micros, lost, Experiment.scaled(BUILT));
  }

  @Test
  void change_afterTheSourceWasAdded_isLostByTheTwin() throws Exception {
    int lost = lost(ADDED, 0, added(TwinSubject::new));
    Experiment.caught("C-1", 0, lost, Experiment.scaled(ADDED));
  }

  @Test
  void change_afterTheStart_isLostByTheTwin() throws Exception {
    int lost = lost(BUILT, 0, TwinSubject::new);
    Experiment.caught("C-2", 0, lost, Experiment.scaled(BUILT));
  }

  private static Function<Map<String, Long>, Subject> added(Supplier<Subject> maker) {
    return values -> {
      Subject subject = maker.get();
      subject.load(values);
      return subject;
    };
  }

  private static int lost(int runs, int micros, Function<Map<String, Long>, Subject> maker)
      throws InterruptedException {
    int lost = 0;
    for (int i = 0; i < Experiment.scaled(runs); i++) {
      Subject subject = maker.apply(Map.of(KEY, 1L));
      try {
        Experiment.pause(micros);
        subject.put(0, KEY, 2);
        subject.settle();
        lost += subject.get(KEY) == 2 ? 0 : 1;
      } finally {
        subject.abandon();
      }
    }
    return lost;
  }

  // ---- a file

  @ParameterizedTest
  @CsvSource({"RENAME, 0", "RENAME, 100", "RENAME, 1000", "IN_PLACE, 0"})
  @Tag("D11")
  void fileChanged_afterItWasRead_isSeen(Writing writing, int micros) throws Exception {
    int runs = Experiment.scaled(FILES);
    int seen =
        Experiment.runs(
                runs,
                FILES_AT_ONCE,
                number -> {
                  Path file = file(number);
                  try (Config config = Config.builder().source(Sources.file(file)).build()) {
                    assertEquals(1, config.get(KEY).asInt());
                    Experiment.pause(micros);
                    writing.write(file, text(2));
                    Experiment.until(() -> config.get(KEY).asInt() == 2);
                    return config.snapshot().version();
                  }
                })
            .stream()
            .mapToInt(version -> version == 2 ? 1 : 0)
            .sum();
    Experiment.sound("C-3", writing + " " + micros, runs - seen, runs);
  }

  @ParameterizedTest
  @CsvSource({"RENAME, 0", "IN_PLACE, 0"})
  void fileChanged_afterItWasRead_isLostByTheTwin(Writing writing, int micros) throws Exception {
    int lost = 0;
    for (int i = 0; i < Experiment.scaled(FILES); i++) {
      Path file = file(i);
      TwinFile twin = new TwinFile(file, KEY);
      try {
        assertEquals(1, twin.get());
        Experiment.pause(micros);
        writing.write(file, text(2));
        twin.settle();
        lost += twin.get() == 2 ? 0 : 1;
      } finally {
        twin.abandon();
      }
    }
    Experiment.caught("C-3", writing + " " + micros, lost, Experiment.scaled(FILES));
  }

  private Path file(int number) throws IOException {
    Path file = Files.createDirectory(folder.resolve("run" + number)).resolve("app.json");
    Files.writeString(file, text(1));
    return file;
  }

  private static String text(int value) {
    return "{\"" + KEY + "\": " + value + "}";
  }

  private enum Writing {
    RENAME {
      @Override
      void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling("next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
    },
    IN_PLACE {
      @Override
      void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
      }
    };

    abstract void write(Path file, String text) throws IOException;
  }
}
