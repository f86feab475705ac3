package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads and timers from outside, also such as fail. */
@Timeout(60)
class SuppliedTasksTest {

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
  private final AtomicInteger failures = new AtomicInteger();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** Tasks that have no thread for those of a name as long as {@link #failures} says. */
  private Tasks failingFor(String name) {
    return new Tasks() {
      @Override
      public void execute(String task, Runnable body) {
        if (task.startsWith(name) && failures.getAndDecrement() > 0) {
          throw new OutOfMemoryError("unable to create native thread");
        }
        threads.execute(body);
      }

      @Override
      public Cancellable schedule(String task, Duration delay, Runnable body) {
        var future = threads.schedule(body, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }
    };
  }

  @Test
  void noThreadForADelivery_isTriedAgain_andNoListenerIsForgotten() throws Exception {
    for (String task : List.of("dispatch", "listener")) {
      MemorySource memory = Sources.memory("memory");
      try (Config config = Config.builder().source(memory).tasks(failingFor(task)).build()) {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        config.onChange("n", change -> first.set(change.after().asInt()));
        config.onChange("n", change -> second.set(change.after().asInt()));
        failures.set(1);
        int n = 0;
        while (failures.get() > 0) { // a hand-off under way takes the next one along
          n++;
          config.awaitDelivered(memory.put("n", n), Duration.ofSeconds(30));
        }
        assertEquals(List.of(n, n), List.of(first.get(), second.get()));
        assertEquals(1, config.status().refusedHandoffs());
      }
    }
  }

  @Test
  void closeDuringOpen_interruptsTheOpener_andWaitsForIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ScriptedSource hanging =
        new ScriptedSource(
            "hanging",
            source -> {
              boolean interrupted = false;
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted = true;
              }
              assertTrue(interrupted);
              ended.countDown();
            });
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(hanging)
                    .startTimeout(Duration.ofMillis(100))
                    .tasks(failingFor("nothing"))
                    .build());
    assertEquals(ErrorCode.SOURCE_TIMEOUT, e.code());
    assertEquals(0, ended.getCount());
    assertEquals(1, hanging.closes.get());
  }

  @Test
  void noThreadForAnOpen_isTriedAgain() throws Exception {
    failures.set(1);
    ScriptedSource source = new ScriptedSource("s", Map.of("a", 1));
    try (Config config =
        Config.builder().source(source.optional()).tasks(failingFor("open")).build()) {
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(1, config.get("a").asInt());
    }
  }
}
