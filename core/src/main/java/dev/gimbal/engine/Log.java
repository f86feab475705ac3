package dev.gimbal.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The log, looked up only when there is something to say. */
final class Log {

  private Log() {}

  static void warn(Supplier<String> message, @Nullable Throwable cause) {
    System.Logger logger = System.getLogger("dev.gimbal");
    if (cause == null) {
      logger.log(System.Logger.Level.WARNING, message);
    } else {
      logger.log(System.Logger.Level.WARNING, message, cause);
    }
  }
}
