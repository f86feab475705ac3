package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiment F, for files: one of a thousand keys is written again and again while it is read. No
 * reader ever misses a key or sees two states of the file at once, and the last state arrives.
 */
@Timeout(300)
@Tag("experiments")
class RewrittenFileTest {

  private static final int REWRITES = 150;
  private static final int KEYS = 1_000;
  private static final String FIRST = "k0";
  private static final String LAST = "k" + (KEYS - 1);

  /** In place: the time between truncating, one half, and the other. */
  private static final long WRITING_MICROS = 1_000;

  private static final long GAP_MICROS = 20_000;

  @TempDir private Path folder;

  private enum Writing {
    IN_PLACE {
      @Override
      void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
          Experiment.pause(WRITING_MICROS);
          out.write(bytes, 0, bytes.length / 2);
          out.flush();
          Experiment.pause(WRITING_MICROS);
          out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        }
      }
    },
    RENAME {
      @Override
      void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling("next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
    };

    abstract void write(Path file, String text) throws IOException;
  }

  /** Reads until it is ended. */
  private static final class Reader {
    private final LongSupplier read;
    private final Thread thread;
    private final Set<Long> seen = new HashSet<>();
    private int gaps;
    private volatile boolean done;

    Reader(LongSupplier read) {
      this.read = read;
      this.thread = Experiment.start("experiment-reader", this::run);
    }

    private void run() {
      long last = 0;
      while (!done) {
        long now = read.getAsLong();
        gaps += now == Subject.ABSENT && last != now ? 1 : 0;
        last = now;
        seen.add(now);
      }
    }

    /** All that it read. */
    Set<Long> end() throws InterruptedException {
      done = true;
      thread.join();
      return seen;
    }
  }

  private static String text(long state) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < KEYS; i++) {
      text.append(i == 0 ? "" : ",\n").append("\"k").append(i).append("\": ").append(state);
    }
    return text.append('}').toString();
  }

  /** The state, if the snapshot holds one and no other. */
  private static long state(Snapshot snapshot) {
    long first = snapshot.get(FIRST).asLong(Subject.ABSENT);
    return snapshot.get(LAST).asLong(Subject.ABSENT) == first ? first : Subject.ABSENT;
  }

  @ParameterizedTest
  @EnumSource
  @Tag("D40")
  @Tag("class18")
  void file_writtenAgainAndAgain_isNeverSeenInPart(Writing writing) throws Exception {
    Path file = folder.resolve("app.json");
    Files.writeString(file, text(0));
    long last = Experiment.scaled(REWRITES);
    try (Config config =
        Config.builder().source(Sources.file(file).stillFor(Duration.ofMillis(5))).build()) {
      Reader reader = new Reader(() -> state(config.snapshot()));
      for (long state = 1; state <= last; state++) {
        writing.write(file, text(state));
        Experiment.pause(GAP_MICROS);
      }
      Experiment.until(() -> state(config.snapshot()) == last);
      Set<Long> seen = reader.end();
      Experiment.noted("F file " + writing + ", states seen", seen.size());
      assertEquals(false, seen.contains(Subject.ABSENT));
      Experiment.sound("F-7", writing, reader.gaps, last);
      assertTrue(seen.size() > 2, "the reader saw only " + seen);
    }
  }

  @Test
  void file_writtenAgainAndAgain_isSeenEmptyByTheTwin() throws Exception {
    Path file = folder.resolve("app.json");
    Files.writeString(file, text(0));
    TwinFile twin = new TwinFile(file, FIRST);
    try {
      twin.awaitWatching();
      Reader reader = new Reader(twin::get);
      for (long state = 1; state <= REWRITES; state++) {
        Writing.IN_PLACE.write(file, text(state));
        Experiment.pause(GAP_MICROS);
      }
      twin.settle();
      assertEquals(true, reader.end().contains(Subject.ABSENT));
      Experiment.caught("F-7", "", reader.gaps, REWRITES);
      assertEquals(REWRITES, twin.get());
    } finally {
      twin.abandon();
    }
  }
}
