package dev.gimbal.interleavings;

import java.util.List;

/**
 * A few threads, and what must hold whatever order their steps come in. Each run has a new one. The
 * classes of a scenario are loaded by {@link WovenLoader}, beside the code that they test.
 *
 * <p>Another thread may go on before each access to a volatile field of a scenario, and nowhere at
 * its other fields. Some volatile fields count steps for that only.
 */
public interface Scenario {

  /** What was there before. Runs on one thread, and so does all that it begins. */
  default void begin() throws Exception {}

  /** What happens at once. */
  List<Act> acts();

  /** Looks at what came of it, after all acts and all that they began have ended or sleep. */
  default void end() throws Exception {}

  /** Runs at the end of each thread. */
  default void threadEnds() {}

  /** Whether time may pass: else a wait that only its time-out ends is a failure. */
  default boolean timePasses() {
    return false;
  }

  /** What one thread does. What it throws fails the scenario. */
  interface Act {
    void run() throws Exception;
  }
}
