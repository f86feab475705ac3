package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TimersTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CountingTasks counting = new CountingTasks();
  private final Timers timers = new Timers(counting);
  private final List<String> ran = new ArrayList<>();

  /** Tasks that keep what is scheduled, and do something meanwhile. */
  static final class CountingTasks implements Tasks {
    private final List<Runnable> scheduled = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private Runnable atCancel = () -> {};
    private int cancels;

    @Override
    public void execute(String name, Runnable task) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      scheduled.add(task);
      meanwhile.run();
      return () -> {
        cancels++;
        atCancel.run();
      };
    }

    @Override
    public long nanoTime() {
      return 17;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public double random() {
      return 0.25;
    }
  }

  private Tasks.Cancellable set(String name) {
    return timers.schedule(name, SECOND, () -> ran.add(name));
  }

  @Test
  void timersThatRanOrWereCancelled_areForgotten() {
    set("one");
    set("two").cancel();
    assertEquals(1, counting.cancels);
    counting.scheduled.get(0).run();
    assertEquals(List.of("one"), ran);
    timers.close();
    assertEquals(1, counting.cancels);
  }

  @Test
  void close_cancelsWhatIsSet_andNothingIsSetAfterwards() {
    set("one");
    set("two");
    timers.close();
    assertEquals(2, counting.cancels);
    set("three").cancel();
    assertEquals(2, counting.scheduled.size());
    assertEquals(2, counting.cancels);
  }

  @Test
  void timerThatIsSetWhileItCloses_isCancelled() {
    counting.meanwhile = timers::close;
    set("one");
    assertEquals(1, counting.cancels);
  }

  @Test
  void timerThatIsRefused_isForgotten() {
    counting.meanwhile =
        () -> {
          throw new RejectedExecutionException("no timer");
        };
    assertThrows(RejectedExecutionException.class, () -> set("one"));
    try (Warnings warnings = new Warnings()) {
      timers.close();
      assertEquals(0, counting.cancels);
      assertEquals(List.of(), warnings.all());
    }
  }

  @Test
  void cancelThatThrows_isLogged_andTheOthersAreCancelled() {
    set("one");
    set("two");
    counting.atCancel =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (Warnings warnings = new Warnings()) {
      timers.close();
      assertEquals(2, counting.cancels);
      String line = "WARNING Cancelling a timer failed <- java.lang.IllegalStateException: a bug";
      assertEquals(List.of(line, line), warnings.all());
    }
  }
}
