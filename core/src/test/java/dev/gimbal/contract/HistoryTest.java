package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.History;
import dev.gimbal.Live;
import dev.gimbal.PinnedException;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.Verdict;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of the past, and the way back to it. */
@Timeout(60)
class HistoryTest {

  private final ScriptedSource source = new ScriptedSource("s", Map.of("port", 1, "x", 1));
  private final MemorySource memory = Sources.memory("memory");

  private Config open() {
    return open(Config.builder());
  }

  private Config open(Config.Builder builder) {
    return source.attach(builder.source(source).source(memory).build());
  }

  private static List<Long> versions(History history) {
    return history.snapshots().stream().map(Snapshot::version).toList();
  }

  // ---- what is kept

  @Test
  void snapshots_areTheLastSixteen_andTheLastIsTheCurrentOne() {
    try (Config config = open()) {
      assertEquals(List.of(1L), versions(config.history()));
      for (int i = 2; i <= 20; i++) {
        memory.put("port", i);
      }
      assertEquals(LongStream.rangeClosed(5, 20).boxed().toList(), versions(config.history()));
      List<Snapshot> kept = config.history().snapshots();
      assertSame(config.snapshot(), kept.get(15));
      assertEquals(7, config.history().at(7).get("port").asInt());
      IllegalArgumentException gone =
          assertThrows(IllegalArgumentException.class, () -> config.history().at(4));
      assertEquals("version: 4 (expected: one that is kept, from 5 to 20)", gone.getMessage());
      assertThrows(IllegalArgumentException.class, () -> config.history().at(21));
    }
  }

  @Test
  void text_hasTheVersionsThatAreKept_andTheOneThatIsPinned() {
    try (Config config = open()) {
      assertEquals("version 1", config.history().toString());
      memory.put("port", 2);
      assertEquals("versions 1 to 2", config.history().toString());
      config.history().rollback(1);
      assertEquals("versions 1 to 3, pinned to 1", config.history().toString());
      assertEquals("version 2: port", config.history().diff(1, 2).toString());
    }
  }

  @Test
  void history_isAsLongAsTheBuilderSays() {
    try (Config config = open(Config.builder().history(1))) {
      memory.put("port", 2);
      assertEquals(List.of(2L), versions(config.history()));
    }
    assertThrows(IllegalArgumentException.class, () -> Config.builder().history(0));
  }

  @Test
  void newPlacesOfTheSameValues_takeThePlaceOfTheirVersion() {
    try (Config config = open()) {
      source.document(Map.of("port", 2, "x", 1), "port", 3, 1);
      source.document(Map.of("port", 2, "x", 1), "port", 4, 1);
      assertEquals(List.of(1L, 2L), versions(config.history()));
      assertEquals("s.yaml:4:1", config.history().at(2).get("port").origin().get().toString());
    }
  }

  @Test
  void unchangedParts_areTheSameObjects_inAllThatIsKept() {
    try (Config config = open()) {
      memory.put("big.a", 1);
      Object big = config.get("big").node();
      for (int i = 0; i < 10; i++) {
        memory.put("port", i);
      }
      for (Snapshot snapshot : config.history().snapshots().subList(1, 12)) {
        assertSame(big, snapshot.get("big").node());
      }
    }
  }

  @Test
  void diff_saysWhatDiffers_inEitherDirection() {
    try (Config config = open()) {
      memory.put("port", 2);
      memory.patch(p -> p.set("port", 3).set("y", 1));
      Change change = config.history().diff(1, 3);
      assertEquals(
          List.of("port: 1 -> 3", "y:  -> 1"),
          change.changes().stream()
              .map(
                  entry ->
                      entry.path()
                          + ": "
                          + entry.before().asString("")
                          + " -> "
                          + entry.after().asString(""))
              .toList());
      assertEquals(2, config.history().diff(3, 1).changes().size());
      assertEquals(List.of(), config.history().diff(2, 2).changes());
      assertThrows(IllegalArgumentException.class, () -> config.history().diff(1, 4));
    }
  }

  @Test
  void valueOfThePast_canBeWatchedFrom() throws Exception {
    try (Config config = open()) {
      memory.put("port", 2);
      try (Watcher watcher = config.watch(config.history().at(1).get("port"))) {
        assertEquals(2, watcher.next().asInt());
      }
    }
  }

  // ---- rollback

  @Test
  void rollback_showsTheOldTree_underANewVersion_andTellsWatchers() throws Exception {
    try (Config config = open()) {
      memory.put("port", 2);
      List<Integer> told = new CopyOnWriteArrayList<>();
      config.onChange("port", change -> told.add(change.after().asInt()));
      Live<Integer> port = config.live("port", Integer.class);
      assertEquals(2, port.get());
      assertEquals(3, config.history().rollback(1));
      assertEquals(1, config.get("port").asInt());
      assertEquals(1, port.get());
      assertEquals(OptionalLong.of(1), config.history().pinned());
      assertEquals(OptionalLong.of(1), config.status().pinned());
      assertEquals(3, config.status().version());
      assertEquals(List.of(1L, 2L, 3L), versions(config.history()));
      config.awaitDelivered(3, Duration.ofSeconds(30));
      assertEquals(List.of(1), told);
      assertEquals("s", config.get("port").origin().get().toString());
    }
  }

  @Test
  void whilePinned_sourcesAreTakenIn_andShownAtTheRelease() throws Exception {
    try (Config config = open()) {
      memory.put("y", 2);
      config.history().rollback(1);
      source.document(Map.of("port", 7, "x", 1));
      source.document(Map.of("port", 8, "x", 1));
      assertEquals(1, config.get("port").asInt());
      assertEquals(3, config.snapshot().version());
      assertEquals("s@1", config.status().source("s").revision());
      List<Long> told = new CopyOnWriteArrayList<>();
      config.onChange("", change -> told.add(change.version()));
      assertEquals(4, config.history().release());
      assertEquals(8, config.get("port").asInt());
      assertEquals(2, config.get("y").asInt());
      assertEquals(OptionalLong.empty(), config.history().pinned());
      assertEquals("s@3", config.status().source("s").revision());
      assertEquals(State.OK, config.status().source("s").state());
      config.awaitDelivered(4, Duration.ofSeconds(30));
      assertEquals(List.of(4L), told);
      assertEquals(5, memory.put("y", 3));
      assertEquals(4, config.history().at(4).version());
    }
  }

  @Test
  void whilePinned_writesAndNewSourcesThrow_andReloadsAreTakenIn() {
    try (Config config = open()) {
      memory.put("port", 2);
      config.history().rollback(1);
      PinnedException refused = assertThrows(PinnedException.class, () -> memory.put("port", 3));
      assertEquals(
          "GIM-025 a write is not possible while version 1 is pinned; release it first",
          refused.getMessage());
      assertEquals(ErrorCode.PINNED, refused.code());
      assertThrows(PinnedException.class, () -> config.add(Sources.map("more", Map.of("z", 1))));
      assertThrows(PinnedException.class, () -> config.remove("s"));
      assertEquals(2, config.status().sources().size());
      source.atReload = s -> s.document(Map.of("port", 9, "x", 9));
      assertEquals(3, config.reload());
      assertEquals(1, config.get("x").asInt());
      config.history().release();
      assertEquals(9, config.get("x").asInt());
      assertEquals(2, config.get("port").asInt());
    }
  }

  @Test
  void whilePinned_patchesAndAbsenceAreTakenIn() {
    try (Config config = open()) {
      memory.put("y", 1);
      config.history().rollback(1);
      source.patch(p -> p.set("port", 2));
      source.patch(p -> p.set("z", 3));
      assertEquals(4, config.history().release());
      assertEquals(2, config.get("port").asInt());
      assertEquals(3, config.get("z").asInt());
      config.history().rollback(1);
      source.absent();
      config.history().release();
      assertEquals(Map.of("y", 1L), config.asMap());
    }
  }

  @Test
  void whatDoesNotPassAtTheRelease_isToldByItsSource_andTheRestIsShown() {
    try (Config config = open()) {
      config.live("port", Integer.class);
      memory.put("y", 1);
      config.history().rollback(1);
      source.document(Map.of("port", "bad", "x", 2));
      assertEquals(State.OK, config.status().source("s").state());
      assertEquals(4, config.history().release());
      assertEquals(1, config.get("port").asInt());
      assertEquals(1, config.get("y").asInt());
      assertEquals(State.DEGRADED, config.status().source("s").state());
      assertEquals(ErrorCode.CONVERSION, config.status().source("s").reason().code());
      assertEquals(1, config.status().source("s").rejected());
      source.document(Map.of("port", 5, "x", 2));
      assertEquals(5, config.get("port").asInt());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  void whatWasRefusedBefore_isNotForgottenByAPin() {
    try (Config config = open()) {
      config.live("port", Integer.class);
      source.document(Map.of("port", "bad", "x", 2));
      memory.put("y", 1);
      config.history().rollback(1);
      config.history().release();
      assertEquals(State.DEGRADED, config.status().source("s").state());
      memory.put("port", 3);
      assertEquals(2, config.get("x").asInt());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  void rollbackToWhatDoesNotConvertNow_isRefused_andNothingIsPinned() {
    try (Config config = open()) {
      source.document(Map.of("port", "old", "x", 1));
      source.document(Map.of("port", 3, "x", 1));
      config.live("port", Integer.class);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> config.history().rollback(2));
      assertEquals(ErrorCode.CONVERSION, refused.code());
      assertEquals(OptionalLong.empty(), config.history().pinned());
      assertEquals(3, config.snapshot().version());
      memory.put("port", 4);
      assertEquals(4, config.get("port").asInt());
    }
  }

  @Test
  void declaration_whilePinned_looksAtWhatIsPinned_andAtWhatComesAfterIt() {
    try (Config config = open()) {
      source.document(Map.of("port", 2, "x", "text"));
      config.history().rollback(1);
      assertEquals(1, config.live("port", Integer.class).get());
      assertEquals(3, config.snapshot().version());
      assertThrows(ConfigException.class, () -> config.live("x", Integer.class));
      source.document(Map.of("port", "bad", "x", "text"));
      assertEquals(4, config.history().release());
      assertEquals(2, config.get("port").asInt());
      assertEquals(ErrorCode.CONVERSION, config.status().source("s").reason().code());
    }
  }

  @Test
  void guard_isAskedAboutTheWayBack_andTheWayOut() {
    AtomicBoolean strict = new AtomicBoolean();
    Config.Builder builder =
        Config.builder()
            .guard(
                "strict",
                (before, candidate) -> strict.get() ? Verdict.reject("not now") : Verdict.accept());
    try (Config config = open(builder)) {
      memory.put("port", 2);
      strict.set(true);
      assertThrows(ConfigException.class, () -> config.history().rollback(1));
      assertEquals(OptionalLong.empty(), config.history().pinned());
      strict.set(false);
      config.history().rollback(1);
      strict.set(true);
      assertThrows(ConfigException.class, () -> config.history().release());
      assertEquals(OptionalLong.of(1), config.history().pinned());
      assertEquals(1, config.get("port").asInt());
      strict.set(false);
      config.history().release();
      assertEquals(2, config.get("port").asInt());
    }
  }

  @Test
  void rollbackFromARollback_pinsTheOther_andToTheCurrentOneOnlyPins() {
    try (Config config = open()) {
      memory.put("port", 2);
      memory.put("port", 3);
      assertEquals(3, config.history().rollback(3));
      assertThrows(PinnedException.class, () -> memory.put("port", 4));
      assertEquals(4, config.history().rollback(2));
      assertEquals(5, config.history().rollback(1));
      assertEquals(OptionalLong.of(1), config.history().pinned());
      assertEquals(6, config.history().release());
      assertEquals(3, config.get("port").asInt());
      assertEquals(6, config.history().release());
    }
  }

  @Test
  void releaseToAnEqualTree_publishesNothing() {
    try (Config config = open()) {
      source.document(Map.of("port", 2, "x", 1));
      assertEquals(3, config.history().rollback(1));
      source.document(Map.of("port", 1, "x", 1));
      assertEquals(3, config.history().release());
      source.document(Map.of("port", 1, "x", 1));
      assertEquals(3, config.snapshot().version());
      assertEquals("s@4", config.status().source("s").revision());
    }
  }

  @Test
  void placeholders_ofThePast_areThoseOfThatTime_andFollowAgainAfterwards() {
    try (Config config = open()) {
      source.document(Map.of("port", 2, "url", "http://h:${port}"));
      source.document(Map.of("port", 3, "url", "http://h:${port}"));
      config.history().rollback(2);
      assertEquals("http://h:2", config.get("url").asString());
      source.document(Map.of("port", 4, "url", "http://h:${port}"));
      assertEquals("http://h:2", config.get("url").asString());
      config.history().release();
      assertEquals("http://h:4", config.get("url").asString());
      memory.put("port", 5);
      assertEquals("http://h:5", config.get("url").asString());
    }
  }

  @Test
  void afterClose_thePastCanBeRead_butNotGoneBackTo() {
    Config config = open();
    memory.put("port", 2);
    config.close();
    assertEquals(1, config.history().at(1).get("port").asInt());
    assertThrows(IllegalStateException.class, () -> config.history().rollback(1));
    assertThrows(IllegalStateException.class, () -> config.history().release());
  }

  @Test
  void release_ofWhatLacksANeededKeyThatIsPinned_isPossible() {
    try (Config config = open()) {
      memory.put("k", 1);
      memory.remove("k");
      assertThrows(ConfigException.class, config.live("k", Integer.class)::get);
      assertEquals(4, config.history().rollback(2));
      assertEquals(1, config.get("k").asInt());
      assertEquals(5, config.history().release());
      assertEquals(0, config.get("k").asInt(0));
      memory.put("k", 2);
      assertThrows(ConfigException.class, () -> memory.remove("k"));
    }
  }

  @Test
  void release_keepsWhatANeedNeeded_beforeThePin() {
    try (Config config = open()) {
      Live<Integer> port = config.live("port", Integer.class);
      memory.put("y", 1);
      config.history().rollback(1);
      source.document(Map.of("x", 2));
      assertEquals(3 + 1, config.history().release());
      assertEquals(1, port.get());
      assertEquals(ErrorCode.ABSENT, config.status().source("s").reason().code());
    }
  }

  @Test
  void sourceThatFailedWhilePinned_isNotSaidToBeWell() {
    try (Config config = open()) {
      memory.put("y", 1);
      config.history().rollback(1);
      source.document(Map.of("port", 2, "x", 1));
      source.failed();
      config.history().release();
      assertEquals(2, config.get("port").asInt());
      assertEquals(State.DEGRADED, config.status().source("s").state());
      assertEquals(ErrorCode.SOURCE_FAILED, config.status().source("s").reason().code());
      assertEquals("s@2", config.status().source("s").revision());
    }
  }

  @Test
  void rollbackToAnEqualTree_publishesNothing_andPins() {
    try (Config config = open()) {
      memory.put("y", 1);
      memory.put("y", 2);
      memory.put("y", 1);
      assertEquals(4, config.history().rollback(2));
      assertEquals(OptionalLong.of(2), config.history().pinned());
      assertEquals(4, config.history().release());
    }
  }

  @Test
  void whoIsToldOfARollback_findsItPinned() throws Exception {
    try (Config config = open()) {
      memory.put("y", 1);
      List<OptionalLong> pinned = new CopyOnWriteArrayList<>();
      config.onChange("y", change -> pinned.add(config.history().pinned()));
      config.awaitDelivered(config.history().rollback(1), Duration.ofSeconds(30));
      config.awaitDelivered(config.history().release(), Duration.ofSeconds(30));
      assertEquals(List.of(OptionalLong.of(1), OptionalLong.empty()), pinned);
    }
  }
}
