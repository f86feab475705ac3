package dev.gimbal.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The log, looked up only when there is something to say. */
final class Log {

  private Log() {}

  private static void fallBack(Supplier<String> message, Throwable logFailed) {
    try {
      System.err.println("WARNING: " + message.get() + " (the log failed: " + logFailed + ")");
    } catch (RuntimeException | Error nothingCanBeSaid) {
      assert logFailed != nothingCanBeSaid;
    }
  }

  /** Never throws: what waits behind the caller must go on, whatever the log's own code does. */
  static void warn(Supplier<String> message, @Nullable Throwable cause) {
    try {
      System.Logger logger = System.getLogger("dev.gimbal");
      if (cause == null) {
        logger.log(System.Logger.Level.WARNING, message);
      } else {
        logger.log(System.Logger.Level.WARNING, message, cause);
      }
    } catch (RuntimeException | Error logFailed) {
      fallBack(message, logFailed);
    }
  }
}
