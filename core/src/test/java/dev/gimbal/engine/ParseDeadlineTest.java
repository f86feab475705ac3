package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ParseDeadlineTest {

  private final ParseDeadline deadline = new ParseDeadline();

  @Test
  void parseThatEndsInTime_isNeverLate_norInterrupted() {
    assertTrue(deadline.end());
    assertFalse(deadline.pass());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void parseThatIsLate_isInterrupted_andGoesOnWithoutTheInterrupt() {
    assertTrue(deadline.pass());
    assertTrue(Thread.currentThread().isInterrupted());
    assertFalse(deadline.end());
    assertFalse(Thread.currentThread().isInterrupted());
    assertFalse(deadline.pass());
  }
}
