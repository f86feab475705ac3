package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.format.Document;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners of source states, whose runs begin when the test says so. */
@Timeout(60)
class StatusListenersTest {

  private final ManualTasks tasks =
      new ManualTasks(name -> name.startsWith("open") || name.startsWith("close"));
  private final ToldSource source =
      new ToldSource(sink -> sink.document(new Revision(1, "1"), Document.EMPTY));
  private final MemoryLoader loader = Loaders.open(tasks, source);
  private final ConfigView config = new ConfigView(loader);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() {
    loader.close();
  }

  private StatusSubscription listen() {
    return (StatusSubscription)
        config.onStatus(status -> told.add(status.name() + " " + status.accepted()));
  }

  private static SourceStatus status(String name, long accepted) {
    return new SourceStatus(name, State.OK, null, Instant.EPOCH, null, accepted, 0, 0);
  }

  @Test
  void states_areToldInOrder_andCounted() {
    StatusSubscription listener = listen();
    assertFalse(listener.hasNext());
    listener.offer(status("a", 1));
    listener.offer(status("b", 2));
    assertTrue(listener.hasNext());
    assertTrue(listener.deliverNext());
    assertTrue(listener.deliverNext());
    assertFalse(listener.deliverNext());
    assertFalse(listener.hasNext());
    assertEquals(List.of("a 1", "b 2"), told);
    assertEquals(2, config.status().delivered());
    tasks.advance(5);
    assertEquals(tasks.nanoTime(), listener.nanoTime());
  }

  @Test
  void asManyAsMayWait_areAllTold_andOfMoreTheNewestOfEachSource() {
    StatusSubscription listener = listen();
    for (int i = 0; i < StatusSubscription.BOUND; i++) {
      listener.offer(status(i % 2 == 0 ? "a" : "b", i));
    }
    tasks.run();
    assertEquals(StatusSubscription.BOUND, told.size());
    told.clear();
    for (int i = 0; i <= StatusSubscription.BOUND; i++) {
      listener.offer(status(i % 2 == 0 ? "a" : "b", i));
    }
    tasks.run();
    assertEquals(List.of("b 1023", "a 1024"), told);
  }

  @Test
  void closed_tellsNothingMore_andHoldsNothing() {
    StatusSubscription listener = listen();
    assertFalse(listener.isClosed());
    listener.offer(status("a", 1));
    listener.close();
    assertTrue(listener.isClosed());
    assertFalse(listener.hasNext());
    tasks.run();
    listener.offer(status("a", 2));
    tasks.run();
    assertEquals(List.of(), told);
    assertThrows(
        IllegalStateException.class,
        () -> {
          loader.close();
          config.onStatus(status -> {});
        });
  }

  @Test
  void whatChanges_isTold_andAStateIsAsOldAsItsBeginning() {
    List<String> states = new ArrayList<>();
    config.onStatus(
        status ->
            states.add(
                status.state()
                    + " "
                    + (status.reason() == null ? "-" : status.reason().problems().get(0).message())
                    + " "
                    + status.failures()
                    + " since "
                    + status.since().minusSeconds(3600).toEpochMilli()));
    tasks.advance(1_000);
    source.sink.document(new Revision(2, "2"), Document.EMPTY); // it is OK as before
    tasks.advance(1_000);
    source.sink.degraded(odd("odd"));
    tasks.advance(1_000);
    source.sink.degraded(odd("odd")); // nothing new
    source.sink.degraded(odd("odder"));
    tasks.advance(1_000);
    source.sink.failed(odd("odder"));
    tasks.advance(1_000);
    source.sink.document(new Revision(3, "3"), Document.EMPTY);
    tasks.run();
    assertEquals(
        List.of(
            "DEGRADED odd 0 since 2000",
            "DEGRADED odder 0 since 2000",
            "DEGRADED odder 1 since 2000",
            "OK - 1 since 5000"),
        states);
  }

  private static ConfigException odd(String message) {
    return new ConfigException(ErrorCode.SOURCE_FAILED, message);
  }

  // ---- the view

  @Test
  void view_saysWhereItIs_andReadsAsManyPathsAsAreAsked() {
    source.sink.document(
        new Revision(2, "2"), Document.of(LayeredSnapshots.tree(Map.of("a", Map.of("b", "x")))));
    assertEquals("Config, version 2", config.toString());
    assertEquals("Config at a, version 2", config.at("a").toString());
    assertEquals("x", config.get("a", "b").asString());
    assertFalse(config.get("a", "b", "c").exists());
    assertEquals("x", config.snapshot().get("a.b").asString());
    for (int i = 0; i < 8_200; i++) {
      assertFalse(config.get("n" + i).exists());
    }
    assertEquals("x", config.get("a.b").asString());
  }
}
