package dev.gimbal.interleavings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.engine.Toys;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the explorer finds what it must, in scenarios that everybody knows. */
class ExplorerTest {

  private static Explorer.Result explore(Class<? extends Scenario> scenario) {
    return Explorer.explore(new WovenLoader(null), scenario.getName(), 2_000);
  }

  private static void assertFound(String message, Class<? extends Scenario> scenario) {
    Explorer.Result result = explore(scenario);
    assertNotNull(result.failure(), "not found");
    assertTrue(
        String.valueOf(result.failure().getMessage()).startsWith(message),
        () -> result.failure().toString());
  }

  @Test
  void countersOfTwoThreads_withoutALock_loseACount() {
    assertFound("lost", Toys.LostUpdate.class);
  }

  @Test
  void countersOfTwoThreads_inAMonitorALockOrAnAtomic_loseNone() {
    Explorer.Result result = explore(Toys.Counted.class);
    assertNull(result.failure());
    assertEquals(3, result.choices());
  }

  @Test
  void twoLocksInTwoOrders_endInADeadlock() {
    assertFound("nobody can go on", Toys.Deadlock.class);
  }

  @Test
  void waitingAfterTheLook_losesTheWakeUp() {
    assertFound("nobody can go on", Toys.LostWakeUp.class);
  }

  @Test
  void waitThatOnlyItsTimeOutEnds_isAFailure() {
    assertFound("a wait ended by its time-out only", Toys.TimeOut.class);
  }

  @Test
  void loopThatNeverEnds_isAFailure() {
    assertFound("it does not end", Toys.Livelock.class);
  }

  @Test
  void failureInsideATaskThatWasBegun_isAFailure() {
    assertFound("in the task", Toys.TaskFails.class);
  }

  /** All the orders of two times two steps, each once. */
  @Test
  void allOrders_areTried() {
    Set<String> orders = new HashSet<>();
    Shared shared = new Shared();
    WovenLoader loader = new WovenLoader(null);
    int runs = 0;
    Schedule schedule = Schedule.of();
    while (schedule != null) {
      Run run = new Run(() -> loader.make(Toys.Orders.class.getName()), schedule, shared);
      assertNull(run.run());
      orders.addAll(run.logged());
      runs++;
      schedule = shared.learn() ? Schedule.of() : schedule.next(9);
    }
    assertEquals(Set.of("1122", "1212", "1221", "2112", "2121", "2211"), orders);
    assertTrue(runs < 40, "runs: " + runs);
  }

  /** The same schedule is the same run. */
  @Test
  void run_isDecidedByItsSchedule() {
    Explorer.Result first = explore(Toys.LostUpdate.class);
    Explorer.Result second = explore(Toys.LostUpdate.class);
    assertEquals(first.story(), second.story());
    assertEquals(first.runs(), second.runs());
  }
}
