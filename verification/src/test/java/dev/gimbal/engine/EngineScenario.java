package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gimbal.interleavings.Points;
import dev.gimbal.interleavings.Scenario;
import java.util.List;

/** A scenario of the engine: no thread ends with a mark, and nothing is logged. */
abstract class EngineScenario implements Scenario {

  @Override
  public void threadEnds() {
    assertFalse(Callbacks.inside(), "the mark of a callback was left");
  }

  @Override
  public void end() throws Exception {
    assertEquals(List.of(), Points.logged());
    look();
  }

  /** Looks at what came of it, where the acts have not seen all. */
  void look() throws Exception {}
}
