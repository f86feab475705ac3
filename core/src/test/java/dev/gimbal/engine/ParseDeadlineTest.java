package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ParseDeadlineTest {

  private int told;

  @Test
  void parseThatEndsInTime_isNeverLate_norInterrupted() {
    ParseDeadline deadline = new ParseDeadline();
    assertTrue(deadline.end());
    deadline.pass(() -> told++);
    assertEquals(0, told);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void parseThatIsLate_isInterrupted_andGoesOnWithoutTheInterrupt() {
    ParseDeadline deadline = new ParseDeadline();
    deadline.pass(() -> told++);
    assertEquals(1, told);
    assertTrue(Thread.currentThread().isInterrupted());
    assertFalse(deadline.end());
    assertFalse(Thread.currentThread().isInterrupted());
    deadline.pass(() -> told++);
    assertEquals(1, told);
  }
}
