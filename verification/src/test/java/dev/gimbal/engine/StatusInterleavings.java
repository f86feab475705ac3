package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import java.util.ArrayList;
import java.util.List;

/** States of sources, and the listeners that are told. */
final class StatusInterleavings {

  private StatusInterleavings() {}

  /** States: none is lost, none comes after the end. */
  static final class StatesBesideClose extends EngineScenario {
    private final MemoryLoader loader = Loaders.of(new ExploredTasks(), null);
    private final List<String> seen = new ArrayList<>();
    private volatile boolean closed;
    private StatusSubscription subscription;

    @Override
    public void begin() {
      subscription =
          new StatusSubscription(
              loader,
              status -> {
                if (closed) {
                  Points.fail("a call begins after close");
                }
                seen.add(status.revision());
              });
      loader.register(subscription);
    }

    private void offer(int number) {
      subscription.offer(States.of("s", number));
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(1);
            offer(2);
          },
          () -> {
            subscription.close();
            closed = true;
          });
    }

    @Override
    void look() {
      assertTrue(List.of(List.of(), List.of("1"), List.of("1", "2")).contains(seen), "" + seen);
      offer(3);
      assertTrue(subscription.isIdle());
      assertEquals(List.of(), loader.statuses().listeners());
    }
  }

  /** And while nobody closes, each comes once, in order. */
  static final class StatesInOrder extends EngineScenario {
    private final MemoryLoader loader = Loaders.of(new ExploredTasks(), null);
    private final List<String> seen = new ArrayList<>();
    private final StatusSubscription subscription =
        new StatusSubscription(loader, status -> seen.add(status.revision()));

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            for (int i = 1; i <= 3; i++) {
              subscription.offer(States.of("s", i));
            }
          },
          () -> subscription.offer(States.of("t", 9)));
    }

    @Override
    void look() {
      assertEquals(4, seen.size(), () -> "seen " + seen);
      List<String> ofOne = new ArrayList<>(seen);
      ofOne.remove("9");
      assertEquals(List.of("1", "2", "3"), ofOne);
    }
  }
}
