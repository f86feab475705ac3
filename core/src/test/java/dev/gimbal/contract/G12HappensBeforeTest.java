package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G12HappensBeforeTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemorySource memory = Sources.memory("memory");

  private Config open() {
    memory.put("v", 0);
    return Config.builder().source(memory).build();
  }

  @Test
  void whatAThreadDidBeforeAWrite_isVisibleToWhoSeesIt() throws Exception {
    try (Config config = open()) {
      int[] plain = new int[1]; // written without any synchronization
      Waiting.Running reader =
          Waiting.start(
              () -> {
                for (int seen = 0; seen < 20_000; ) {
                  seen = config.get("v").asInt();
                  int read = plain[0];
                  assertEquals(true, read >= seen, read + " after " + seen);
                }
              });
      for (int i = 1; i <= 20_000; i++) {
        plain[0] = i;
        memory.put("v", i);
      }
      reader.finish();
    }
  }

  @Test
  @Tag("D27")
  void write_returnsTheVersionThatShowsIt() {
    try (Config config = open()) {
      long version = memory.put("v", 1);
      assertEquals(2, version);
      assertEquals(version, config.snapshot().version());
      assertEquals(1, config.get("v").asInt());
    }
  }

  @Test
  void awaitVersion_wakesWhenItIsPublished() throws Exception {
    try (Config config = open()) {
      Waiting.Running waiter = Waiting.start(() -> config.awaitVersion(3, LONG));
      Waiting.until(() -> Waiting.isParked(waiter));
      memory.put("v", 1);
      memory.put("v", 2);
      waiter.finish();
      config.awaitVersion(1, Duration.ZERO);
    }
  }

  @Test
  void awaitVersion_thatDoesNotCome_timesOut() {
    try (Config config = open()) {
      TimeoutException e =
          assertThrows(TimeoutException.class, () -> config.awaitVersion(2, Duration.ofMillis(1)));
      assertEquals("version 2 is not published within 1ms; the current one is 1", e.getMessage());
      assertThrows(TimeoutException.class, () -> config.awaitDelivered(2, Duration.ZERO));
    }
  }

  @Test
  void awaitVersion_interrupted_throws_andLeavesNothing() throws Exception {
    try (Config config = open()) {
      Waiting.Running waiter =
          Waiting.start(
              () -> assertThrows(InterruptedException.class, () -> config.awaitVersion(9, LONG)));
      Waiting.until(() -> Waiting.isParked(waiter));
      waiter.interrupt();
      waiter.finish();
      assertEquals(2, memory.put("v", 1));
    }
  }

  @Test
  void awaitDelivered_returnsWhenTheSubscriptionWasClosed() throws Exception {
    try (Config config = open()) {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Subscription blocked =
          config.onChange(
              "v",
              change -> {
                entered.countDown();
                Waiting.await(release);
              });
      memory.put("v", 1);
      entered.await();
      long version = memory.put("v", 2);
      Waiting.Running waiter = Waiting.start(() -> config.awaitDelivered(version, LONG));
      Waiting.until(() -> Waiting.isParked(waiter));
      Waiting.Running closer = Waiting.start(blocked::close);
      waiter.finish();
      release.countDown();
      closer.finish();
    }
  }

  @Test
  void awaitDelivered_returnsWhereTheListenerThrew_orWatchesSomethingElse() throws Exception {
    try (Config config = open()) {
      config.onChange(
          "v",
          change -> {
            throw new IllegalStateException("mine");
          });
      config.onChange("other", change -> {});
      config.awaitDelivered(memory.put("v", 1), LONG);
      assertEquals(1, config.status().listenerFailures());
      assertEquals(0, config.status().delivered());
    }
  }

  @Test
  void awaitDelivered_fromACallback_throws() throws Exception {
    try (Config config = open()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      config.onChange(
          "v",
          change -> {
            try {
              config.awaitDelivered(change.version(), LONG);
            } catch (Throwable e) {
              thrown.set(e);
            }
          });
      config.awaitDelivered(memory.put("v", 1), LONG);
      assertInstanceOf(IllegalStateException.class, thrown.get());
    }
  }

  @Test
  void awaitsOfAVersionThatNeverComes_endWithTheConfig() throws Exception {
    Config config = Config.builder().source(memory).build();
    Waiting.Running version =
        Waiting.start(
            () -> assertThrows(IllegalStateException.class, () -> config.awaitVersion(99, LONG)));
    Waiting.Running delivered =
        Waiting.start(
            () -> assertThrows(IllegalStateException.class, () -> config.awaitDelivered(99, LONG)));
    Waiting.until(() -> Waiting.isParked(version) && Waiting.isParked(delivered));
    config.close();
    version.finish();
    delivered.finish();
    assertThrows(IllegalStateException.class, () -> config.awaitVersion(99, LONG));
    config.awaitVersion(1, LONG);
  }
}
