package dev.gimbal.cli;

import dev.gimbal.Config;
import java.util.concurrent.TimeUnit;

/** Closes a Config when a signal ends the process, within a second. */
final class CloseAtExit implements AutoCloseable {

  private static final long WAIT_MILLIS = 800;

  private final Thread hook;

  CloseAtExit(Config config) {
    hook = new Thread(() -> closeSoon(config), "gimbal-exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void closeSoon(Config config) {
    Thread closing = new Thread(config::close, "gimbal-close");
    closing.setDaemon(true);
    closing.start();
    try {
      TimeUnit.MILLISECONDS.timedJoin(closing, WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook runs.
    }
  }
}
