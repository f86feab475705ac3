package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpWorkTest {

  private final List<Runnable> handed = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private boolean refusing;

  /** Threads that begin nothing by themselves. */
  private final Tasks tasks =
      new Tasks() {
        @Override
        public void execute(String name, Runnable task) {
          if (refusing) {
            throw new IllegalStateException(name);
          }
          handed.add(task);
        }

        @Override
        public Cancellable schedule(String name, Duration delay, Runnable task) {
          throw new AssertionError(name);
        }

        @Override
        public long nanoTime() {
          throw new AssertionError();
        }

        @Override
        public Instant now() {
          throw new AssertionError();
        }
      };

  private final HttpWork work = new HttpWork("client", tasks);

  @Test
  void execute_runsOnTheSessionsThreads() {
    work.execute(() -> log.add("a"));
    assertEquals(List.of(), log);
    handed.forEach(Runnable::run);
    assertEquals(List.of("a"), log);
  }

  @Test
  void close_runsWhatTheThreadsWouldDrop_once() {
    work.execute(() -> log.add("begun"));
    handed.get(0).run();
    work.execute(() -> log.add("dropped"));
    work.close();
    assertEquals(List.of("begun", "dropped"), log);
    handed.forEach(Runnable::run);
    work.execute(() -> log.add("late"));
    work.close();
    assertEquals(List.of("begun", "dropped", "late"), log);
    assertEquals(2, handed.size());
  }

  @Test
  void execute_withoutAThread_throws_andTheWorkIsNotDoneLater() {
    refusing = true;
    assertThrows(IllegalStateException.class, () -> work.execute(() -> log.add("a")));
    work.close();
    assertEquals(List.of(), log);
  }
}
