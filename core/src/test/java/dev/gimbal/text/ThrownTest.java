package dev.gimbal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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
    assertEquals("dev.gimbal.text.ThrownTest$1", Thrown.withoutMessage(odd).getMessage());
  }

  @Test
  void withoutMessage_hasClassAndStack_andNeitherWordsNorCauses() {
    StackTraceElement frame = new StackTraceElement("app.Guards", "check", "Guards.java", 12);
    RuntimeException thrown = thrownAt(frame);
    thrown.initCause(new Exception("hunter2"));
    thrown.addSuppressed(new Exception("hunter2"));
    StringWriter shown = new StringWriter();
    Thrown.withoutMessage(thrown).printStackTrace(new PrintWriter(shown, true));
    assertEquals(
        List.of(
            "java.lang.Exception: java.lang.IllegalStateException",
            "\tat app.Guards.check(Guards.java:12)"),
        shown.toString().lines().toList());
  }
}
