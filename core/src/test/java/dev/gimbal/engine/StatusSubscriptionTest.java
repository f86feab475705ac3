package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.SourceStatus;
import dev.gimbal.source.ManualTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusSubscriptionTest {

  private final ManualTasks tasks = new ManualTasks();
  private final List<String> told = new ArrayList<>();
  private final StatusSubscription subscription =
      new StatusSubscription(
          Loaders.open(tasks), status -> told.add(status.name() + " " + status.accepted()));

  private void offer(String source, long number) {
    subscription.offer(
        new SourceStatus(source, SourceStatus.State.OK, null, Instant.EPOCH, null, number, 0, 0));
  }

  @Test
  void statesWithinTheBound_areAllTold_inTheirOrder() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= StatusSubscription.BOUND; i++) {
      offer("s", i);
      all.add("s " + i);
    }
    tasks.run();
    assertEquals(all, told);
  }

  @Test
  void oneStateTooMany_leavesTheNewestOfEachSource_inTheOrderOfTheirNewest() {
    offer("once", 1);
    offer("early", 1);
    offer("late", 1);
    offer("early", 2);
    for (int i = 2; i <= StatusSubscription.BOUND - 2; i++) {
      offer("late", i);
    }
    tasks.run();
    assertEquals(List.of("once 1", "early 2", "late " + (StatusSubscription.BOUND - 2)), told);
  }
}
