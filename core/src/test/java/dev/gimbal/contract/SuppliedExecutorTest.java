package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G4 and G5 with an executor that the caller supplies. */
class SuppliedExecutorTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final MemorySource memory = Sources.memory("memory");

  @AfterEach
  void endExecutor() {
    executor.shutdownNow();
  }

  @Test
  void configClose_whileAnotherThreadClosesTheRunningSubscription_waitsForItsCall()
      throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Config config = Config.builder().source(memory).executor(executor).build();
    Subscription subscription =
        config.onChange(
            "n",
            change -> {
              entered.countDown();
              release.await();
            });
    memory.put("n", 1);
    assertTrue(entered.await(20, TimeUnit.SECONDS));
    Thread first = new Thread(subscription::close);
    first.start();
    while (first.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    CountDownLatch closed = new CountDownLatch(1);
    Thread second =
        new Thread(
            () -> {
              config.close();
              closed.countDown();
            });
    second.start();
    assertFalse(closed.await(200, TimeUnit.MILLISECONDS));
    release.countDown();
    assertTrue(closed.await(20, TimeUnit.SECONDS));
    first.join();
    second.join();
  }

  @Test
  void executorThatThrowsAnything_isTriedAgain_andCounted() throws Exception {
    AtomicInteger handOffs = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    try (Config config =
        Config.builder()
            .source(memory)
            .executor(
                task -> {
                  if (handOffs.getAndIncrement() == 0) {
                    throw new IllegalStateException("not ready");
                  }
                  executor.execute(task);
                })
            .build()) {
      config.onChange("n", change -> calls.incrementAndGet());
      config.awaitDelivered(memory.put("n", 1), LONG);
      assertEquals(1, calls.get());
      assertEquals(1, config.status().refusedHandoffs());
    }
  }

  @Test
  void executorThatTakesOverAndThenThrows_neverRunsAListenerTwiceAtOnce() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger last = new AtomicInteger();
    try (Config config =
        Config.builder()
            .source(memory)
            .executor(
                task -> {
                  executor.execute(task);
                  throw new IllegalStateException("after taking it over");
                })
            .build()) {
      config.onChange(
          "n",
          change -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            TimeUnit.MILLISECONDS.sleep(1); // so that a second call would overlap
            last.set(change.after().asInt());
            inside.decrementAndGet();
          });
      long version = 0;
      for (int n = 1; n <= 300; n++) {
        version = memory.put("n", n);
        TimeUnit.MICROSECONDS.sleep(500); // so that not all coalesce
      }
      config.awaitDelivered(version, LONG);
      assertEquals(300, last.get());
      assertEquals(1, most.get());
      assertTrue(config.status().refusedHandoffs() > 0);
    }
  }
}
