package dev.gimbal.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows a properties file of one key. It shows a value before it has resolved it; what a bad
 * value throws either leaves the key of the folder as it is, so that no event ever comes again, or
 * ends the thread.
 */
final class TwinFollower implements AutoCloseable {

  /** A value that cannot be resolved. */
  private static final class UnresolvedException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final Path file;
  private final WatchService events;
  private final CountDownLatch watching = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "twin-follower");
  private volatile String value = "";
  private volatile String read = "";
  private volatile boolean deaf;

  TwinFollower(Path file) throws Exception {
    this.file = file;
    this.events = FileSystems.getDefault().newWatchService();
    load();
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, cause) -> {});
    thread.start();
    watching.await();
  }

  private void load() throws UnresolvedException {
    try {
      String text = Files.readString(file);
      String loaded = text.substring(text.indexOf('=') + 1).strip();
      if (loaded.contains("\\u00z")) {
        throw new IllegalArgumentException("malformed escape");
      }
      boolean resolved = !loaded.contains("${");
      value = resolved ? loaded : "";
      read = text;
      if (!resolved) {
        throw new UnresolvedException();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow() {
    try {
      file.getParent().register(events, StandardWatchEventKinds.ENTRY_CREATE);
      watching.countDown();
      while (true) {
        WatchKey key = events.take();
        boolean again = false;
        try {
          for (WatchEvent<?> event : key.pollEvents()) {
            if (file.endsWith(String.valueOf(event.context()))) {
              load();
            }
          }
          again = key.reset();
        } catch (UnresolvedException e) {
          // It goes on; that is what it thinks.
        } finally {
          deaf |= !again;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ClosedWatchServiceException end) {
      // It was closed.
    }
  }

  /** Waits until it has read a text, or never will. */
  void settle(String text) throws InterruptedException {
    Experiment.until(() -> deaf || read.equals(text));
  }

  String value() {
    return value;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    events.close();
    thread.join(TimeUnit.MINUTES.toMillis(1));
  }
}
