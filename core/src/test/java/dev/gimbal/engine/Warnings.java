package dev.gimbal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the engine logs while this is open, in place of the console. */
final class Warnings implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.gimbal");
  private final List<LogRecord> records = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          synchronized (records) {
            records.add(entry);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  Warnings() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  /** The messages, each with its level, and what was thrown. */
  List<String> all() {
    synchronized (records) {
      return records.stream()
          .map(
              entry ->
                  entry.getLevel()
                      + " "
                      + entry.getMessage()
                      + (entry.getThrown() == null ? "" : " <- " + entry.getThrown()))
          .toList();
    }
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }
}
