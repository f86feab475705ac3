package dev.gimbal.source.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.testing.ManualTasks;
import dev.gimbal.tree.ObjectNode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** Orders in which a client reads, is told, is cut off and connects again. */
class StoreScheduleTest {

  private static void run(long seed, ModelStore.Bug bug) {
    Random random = new Random(seed);
    ManualTasks tasks = ManualTasks.shuffled(seed);
    ModelStore store = new ModelStore(random, bug);
    try (Config config = tasks.start(Config.builder().source(store))) {
      store.hasStarted = true;
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(10)) {
          case 0 -> store.cut();
          case 1 -> store.notice();
          case 2, 3, 4 -> store.commit();
          case 5 -> tasks.advance(Duration.ofMillis(random.nextInt(500)));
          case 6 -> tasks.runNext();
          default -> store.tell();
        }
        assertEquals(
            config.get("pair.x").asString(), config.get("pair.y").asString(), "seed " + seed);
      }
      store.mend();
      tasks.advance(Duration.ofMinutes(1));
      while (store.tell()) {
        tasks.runAll();
      }
      tasks.advance(Duration.ofMinutes(1));
      StoreValues values =
          new StoreValues(StoreKeys.tree("/app", '/'), "model", "model", ReadOptions.DEFAULT);
      ObjectNode expected = values.tree(store.held).tree();
      assertEquals(expected, config.get(ConfigPath.ROOT).node(), "seed " + seed);
    }
  }

  @Tag("D52")
  @Tag("D34")
  @Tag("D35")
  @Test
  @Tag("G1")
  @Tag("G6")
  void anyOrder_endsWithWhatTheStoreHolds() {
    for (long seed = 0; seed < 2000; seed++) {
      run(seed, ModelStore.Bug.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aSourceWithABug_isFound(ModelStore.Bug bug) {
    assertThrows(
        AssertionFailedError.class,
        () -> {
          for (long seed = 0; seed < 3000; seed++) {
            run(seed, bug);
          }
        });
  }
}
