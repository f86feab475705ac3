package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.Subscription;
import dev.gimbal.testing.ControllableSource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * GS4, C1 and O2: listeners beside reloads. Nobody needs to keep a subscription for it to stay, a
 * listener that throws disturbs neither the reloads nor its next call, and listeners may come and
 * go at any time.
 */
@Timeout(300)
@Tag("experiments")
class ListenersBesideReloadsTest {

  private static final Logger LOGGER = Logger.getLogger("dev.gimbal");
  private static final int LISTENERS = 100;
  private static final int ROUNDS = 20;
  private static final int RELOADS = 1_000;

  @BeforeEach
  void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    LOGGER.setLevel(null);
  }

  // ---- GS4: a listener that nobody else knows

  @Test
  @Tag("class14")
  void listenerThatNobodyElseKnows_isStillCalledAfterACollection() throws Exception {
    try (GimbalSubject subject = new GimbalSubject(Map.of("k", 1L))) {
      AtomicInteger told = new AtomicInteger();
      for (int i = 0; i < LISTENERS; i++) {
        subject.config().onChange("k", change -> told.incrementAndGet());
      }
      WeakReference<Object> other = new WeakReference<>(new Object());
      Experiment.until(() -> collect(other));
      long version = subject.write(0, "k", 2);
      subject.config().awaitDelivered(version, Duration.ofSeconds(60));
      Experiment.sound("GS4", "", LISTENERS - told.get(), LISTENERS);
    }
  }

  private static boolean collect(WeakReference<?> reference) {
    System.gc();
    return reference.get() == null;
  }

  @Test
  void listenerThatNobodyElseKnows_isForgottenByTheTwin() throws Exception {
    List<WeakReference<Runnable>> twin = new ArrayList<>();
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < LISTENERS; i++) {
      twin.add(new WeakReference<>(() -> told.incrementAndGet()));
    }
    WeakReference<Object> other = new WeakReference<>(new Object());
    Experiment.until(() -> collect(other));
    for (WeakReference<Runnable> listener : twin) {
      Runnable known = listener.get();
      if (known != null) {
        known.run();
      }
    }
    Experiment.caught("GS4", "", LISTENERS - told.get(), LISTENERS);
  }

  // ---- C1: a trigger that reloads

  @Test
  @Tag("class10")
  void listenerThatThrowsOnce_doesNotEndAPeriodicReload() throws Exception {
    ScheduledExecutorService trigger = Executors.newSingleThreadScheduledExecutor();
    int rounds = Experiment.scaled(ROUNDS);
    int dead = 0;
    try {
      for (int round = 0; round < rounds; round++) {
        ControllableSource source = new ControllableSource("s").document(Map.of("k", 1));
        AtomicReference<Integer> told = new AtomicReference<>(0);
        try (Config config = Config.builder().source(source).build()) {
          config.onChange(
              "k",
              change -> {
                told.set(change.after().asInt());
                if (change.after().asInt() == 2) {
                  throw new IllegalStateException("once");
                }
              });
          ScheduledFuture<?> reloads =
              trigger.scheduleAtFixedRate(config::reload, 0, 1, TimeUnit.MILLISECONDS);
          source.prepare(Map.of("k", 2));
          Experiment.until(() -> config.status().listenerFailures() == 1);
          source.prepare(Map.of("k", 3));
          Experiment.until(() -> told.get() == 3 || reloads.isDone());
          dead += told.get() == 3 && !reloads.isDone() ? 0 : 1;
          reloads.cancel(false);
        }
      }
    } finally {
      trigger.shutdownNow();
    }
    Experiment.sound("C1", "", dead, rounds);
  }

  @Test
  void listenerThatThrowsOnce_endsTheTwinsTrigger_whichSaysItRuns() throws Exception {
    int dead = 0;
    for (int round = 0; round < ROUNDS; round++) {
      AtomicReference<String> source = new AtomicReference<>("1");
      try (TwinTrigger twin = new TwinTrigger(source::get)) {
        twin.listen(
            text -> {
              throw new IllegalStateException("once");
            });
        source.set("2");
        twin.settle("2");
        source.set("3");
        twin.settle("3");
        assertEquals(true, twin.isRunning());
        dead += twin.text().equals("3") ? 0 : 1;
      }
    }
    Experiment.caught("C1", "", dead, ROUNDS);
  }

  // ---- O2: listeners that come and go

  @Test
  @Tag("class17")
  void reload_whileListenersComeAndGo_neverThrows() throws Exception {
    ControllableSource source = new ControllableSource("s").document(Map.of("k", -1));
    AtomicInteger thrown = new AtomicInteger();
    int rounds = Experiment.scaled(RELOADS);
    try (Config config = Config.builder().source(source).build()) {
      for (int i = 0; i < 3; i++) {
        config.onChange("k", change -> {});
      }
      int behind =
          Rounds.race(
              rounds,
              round -> {
                source.prepare(Map.of("k", round));
                counting(thrown, config::reload);
              },
              round -> {
                try (Subscription subscription = config.onChange("k", change -> {})) {
                  Thread.yield();
                }
              },
              round -> config.get("k").asInt() != round);
      Experiment.sound("O2", "", thrown.get() + behind, rounds);
    }
  }

  private static void counting(AtomicInteger thrown, Runnable reload) {
    try {
      reload.run();
    } catch (RuntimeException e) {
      thrown.incrementAndGet();
    }
  }

  @Test
  void reloadOfTheTwin_whileListenersComeAndGo_throws() throws Exception {
    List<Runnable> twin = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      twin.add(Thread::yield);
    }
    AtomicInteger thrown = new AtomicInteger();
    Rounds.race(
        RELOADS,
        round -> counting(thrown, () -> twin.forEach(Runnable::run)),
        round -> {
          Runnable listener = () -> {};
          twin.add(listener);
          Thread.yield();
          twin.remove(listener);
        },
        round -> false);
    Experiment.caught("O2", "", thrown.get(), RELOADS);
  }
}
