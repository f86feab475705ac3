package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A log whose own code throws. */
class LogTest {

  private final Handler full =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          throw new IllegalStateException("full");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** What is printed to the console instead. */
  private String printed(Supplier<String> message) {
    Logger logger = Logger.getLogger("dev.gimbal");
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    logger.addHandler(full);
    logger.setUseParentHandlers(false);
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Log.warn(message, null);
    } finally {
      System.setErr(before);
      logger.setUseParentHandlers(true);
      logger.removeHandler(full);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void logThatThrows_isPassedBy() {
    assertEquals(
        "WARNING: it is late (the log failed: java.lang.IllegalStateException: full)",
        printed(() -> "it is late"));
  }

  @Test
  void messageThatThrows_isNotSaid_andNobodyElseFails() {
    assertEquals(
        "",
        printed(
            () -> {
              throw new IllegalStateException("no message");
            }));
  }
}
