package dev.gimbal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThrownTest {

  private static RuntimeException thrownAt(StackTraceElement... frames) {
    RuntimeException thrown = new IllegalStateException("hunter2");
    thrown.setStackTrace(frames);
    return thrown;
  }

  @Test
  void framesOfTheJdkAndOurs_arePassedOver() {
    assertEquals(
        "java.lang.IllegalStateException at Guards.java:12",
        Thrown.of(
            thrownAt(
                new StackTraceElement("java.util.Objects", "requireNonNull", "Objects.java", 3),
                new StackTraceElement("dev.gimbal.engine.SnapshotValue", "asInt", "S.java", 4),
                new StackTraceElement("app.Guards", "check", "Guards.java", 12),
                new StackTraceElement("app.Other", "call", "Other.java", 5))));
  }

  @Test
  void frameWithoutAFile_isNamedByItsClass() {
    assertEquals(
        "java.lang.IllegalStateException at app.G",
        Thrown.of(thrownAt(new StackTraceElement("app.G", "check", null, -1))));
  }

  @Test
  void noFrameOfOthers_leavesTheClass() {
    assertEquals("java.lang.IllegalStateException", Thrown.of(thrownAt()));
    assertEquals(
        "java.lang.IllegalStateException",
        Thrown.of(thrownAt(new StackTraceElement("java.lang.Thread", "run", "Thread.java", 1))));
  }

  @Test
  void exceptionWhoseOwnCodeFails_isNamed() {
    RuntimeException odd =
        new RuntimeException() {
          @Override
          public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
          }
        };
    assertEquals("dev.gimbal.text.ThrownTest$1", Thrown.of(odd));
  }
}
