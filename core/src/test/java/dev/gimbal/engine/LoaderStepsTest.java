package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loader's order of steps, seen from inside of it; no two threads have to meet. */
@Timeout(60)
class LoaderStepsTest {

  private final ManualTasks tasks = new ManualTasks(name -> true);
  private final MemorySource memory = new MemorySource("memory");
  private final MemoryLoader loader = Loaders.open(tasks, memory);

  /** Runs within each offer. */
  private record Offered(LongConsumer within) implements Receiver {
    @Override
    public void offer(PublishedSnapshot snapshot) {
      within.accept(snapshot.version());
    }

    @Override
    public void renew(PublishedSnapshot now) {}

    @Override
    public ConfigPath watched(ConfigPath path) {
      return path;
    }

    @Override
    public void end() {}
  }

  private void watchFromNowOn(LongConsumer within) {
    assertTrue(loader.watchers().add(ConfigPath.ROOT, new Offered(within)));
  }

  @Test
  void offer_comesWhenReadersSeeTheVersion() {
    List<String> seen = new ArrayList<>();
    watchFromNowOn(version -> seen.add(version + " read " + loader.published().version()));
    memory.put("v", 1);
    memory.put("v", 2);
    assertEquals(List.of("2 read 2", "3 read 3"), seen);
  }

  @Test
  void version_countsAsDelivered_onlyOnceAllAreOffered() throws Exception {
    List<String> seen = new ArrayList<>();
    watchFromNowOn(
        version -> {
          seen.add("offer " + version);
          assertThrows(TimeoutException.class, () -> loader.awaitDelivered(version, Duration.ZERO));
          seen.add("not delivered " + version);
        });
    loader.awaitDelivered(memory.put("v", 1), Duration.ZERO);
    assertEquals(List.of("offer 2", "not delivered 2"), seen);
  }

  // ---- sources

  @Test
  void sourceThatIsRemoved_isClosedBeforeTheNextStep() {
    loader.sources().add(List.of(new ToldSource(sink -> ToldSource.say(sink, 1))));
    SourceSession session = loader.sources().sessions().get(1);
    List<Boolean> closed = new ArrayList<>();
    watchFromNowOn(version -> loader.lane().submit(() -> closed.add(session.isClosed())));
    loader.sources().remove("it");
    assertEquals(List.of(true), closed);
  }

  @Test
  void sourceThatIsAddedAfterTheEnd_isNotOpened() {
    ToldSource late = new ToldSource(sink -> ToldSource.say(sink, 1));
    loader.close();
    assertThrows(IllegalStateException.class, () -> loader.sources().add(List.of(late)));
    assertEquals(0, late.opens);
  }

  @Test
  void sourceThatOpens_whileAnotherOfItsNameComes_isRefused() {
    ToldSource sooner = new ToldSource(sink -> ToldSource.say(sink, 1));
    ToldSource later =
        new ToldSource(
            sink -> {
              loader.sources().add(List.of(sooner));
              ToldSource.say(sink, 2);
            });
    ConfigException refused =
        assertThrows(ConfigException.class, () -> loader.sources().add(List.of(later)));
    assertEquals(ErrorCode.DUPLICATE_SOURCE, refused.code());
    assertEquals(1, new ConfigView(loader).get("n").asInt());
    assertEquals(List.of(0, 1), List.of(sooner.closes, later.closes));
  }

  // ---- a declaration

  private static MemoryLoader used;
  private static boolean laneWasFree;

  /** An enum whose own code has a step made. */
  private enum Eager {
    ONE;

    static {
      boolean[] ran = {false};
      used.lane().submit(() -> ran[0] = true);
      laneWasFree = ran[0];
    }
  }

  @Test
  void enumThatIsDeclared_runsItsOwnCode_notOnTheLane() {
    used = loader;
    memory.put("v", "ONE");
    Eager value = new ConfigView(loader).live("v", Eager.class).get();
    assertSame(Eager.ONE, value);
    assertTrue(laneWasFree);
  }

  // ---- a write that waits for the lane

  @Test
  void writeThatWaitsForTheLane_whileTheConfigCloses_isRefused() throws Exception {
    assertEquals("the Config is closed", refusal(loader::markClosed));
  }

  @Test
  void writeThatWaitsForTheLane_whileItsSourceIsClosed_isRefused() throws Exception {
    SourceSession session = loader.sources().sessions().get(0);
    assertEquals("the source \"memory\" is closed or was removed", refusal(session::refuse));
  }

  /** What a write is told that came to the lane before something else that happens first. */
  private String refusal(Runnable first) throws InterruptedException {
    FutureTask<Long> write = new FutureTask<>(() -> memory.put("v", 1));
    Thread writer = new Thread(write);
    loader
        .lane()
        .submit(
            () -> {
              writer.start();
              untilParked(writer);
              first.run();
            });
    Throwable cause = assertThrows(ExecutionException.class, write::get).getCause();
    assertEquals(IllegalStateException.class, cause.getClass());
    assertEquals(1, loader.published().version());
    writer.join();
    return cause.getMessage();
  }

  private static void untilParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertTrue(thread.isAlive(), "it did not wait");
      Thread.onSpinWait();
    }
  }

  // ---- the watchdog

  @Test
  void watchdog_looksAgainWhileSomebodyListens_andForWhoComesLater() {
    for (int round = 0; round < 3; round++) {
      StatusSubscription listening = new StatusSubscription(loader, status -> {});
      loader.register(listening);
      for (int second = 0; second < 3; second++) {
        assertEquals(List.of("watchdog"), tasks.names());
        tasks.advance(1_000);
      }
      listening.close();
      assertEquals(List.of("watchdog"), tasks.names());
      tasks.advance(1_000);
      assertEquals(List.of(), tasks.names());
    }
  }

  @Test
  void watchdog_isOneForAll() {
    loader.register(new StatusSubscription(loader, status -> {}));
    loader.register(new StatusSubscription(loader, status -> {}));
    assertEquals(List.of("watchdog"), tasks.names());
    tasks.advance(1_000);
    assertEquals(List.of("watchdog"), tasks.names());
  }

  @Test
  void watchdogThatCannotBeSet_isLogged_andSetForWhoComesNext() {
    boolean[] refuses = {true};
    MemoryLoader failing =
        Loaders.open(new DispatcherTest.Refusing(tasks, name -> false, name -> refuses[0]));
    try (Warnings warnings = new Warnings()) {
      failing.register(new StatusSubscription(failing, status -> {}));
      assertEquals(
          List.of(
              "WARNING There is no timer to watch listeners; the next subscription asks again"
                  + " <- java.lang.IllegalStateException: no timer for watchdog"),
          warnings.all());
    }
    assertEquals(List.of(), tasks.names());
    refuses[0] = false;
    failing.register(new StatusSubscription(failing, status -> {}));
    assertEquals(List.of("watchdog"), tasks.names());
  }

  @Test
  void close_takesItsTimersBack_andSetsNoMore() {
    loader.register(new StatusSubscription(loader, status -> {}));
    assertEquals(List.of("watchdog"), tasks.names());
    loader.markClosed();
    assertEquals(List.of(), tasks.names());
    assertThrows(
        IllegalStateException.class,
        () -> loader.register(new StatusSubscription(loader, status -> {})));
    assertEquals(List.of(), tasks.names());
  }
}
