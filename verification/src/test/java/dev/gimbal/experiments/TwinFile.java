package dev.gimbal.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The twin of a file source: it reads the file and begins to watch it later, on another thread; it
 * reads at each event, whatever state the file is in; an empty file is an empty document. Only
 * {@link #abandon} ends it.
 */
final class TwinFile {

  private static final String MARKER = "marker";

  private final Path file;
  private final Pattern number;
  private final CountDownLatch watching = new CountDownLatch(1);
  private final CountDownLatch marked = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "twin-file");
  private volatile @Nullable WatchService service;
  private volatile long value;

  /** The number at a key of a JSON file. */
  TwinFile(Path file, String key) {
    this.file = file;
    this.number = Pattern.compile('"' + key + "\": ?(\\d+)");
    read();
    thread.setDaemon(true);
    thread.start();
  }

  long get() {
    return value;
  }

  private void read() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Matcher match = number.matcher(text);
      if (text.isEmpty()) {
        value = Subject.ABSENT;
      } else if (text.endsWith("}") && match.find()) {
        value = Long.parseLong(match.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow() {
    try (WatchService events = FileSystems.getDefault().newWatchService()) {
      service = events;
      file.getParent()
          .register(
              events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      watching.countDown();
      while (true) {
        WatchKey key = events.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          String name = String.valueOf(event.context());
          if (name.equals(MARKER)) {
            marked.countDown();
          } else if (name.equals(file.getFileName().toString())) {
            read();
          }
        }
        key.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ClosedWatchServiceException end) {
      // Somebody cleared up.
    }
  }

  void awaitWatching() throws InterruptedException {
    watching.await();
  }

  /** Waits until all events so far are dealt with. Once. */
  void settle() throws InterruptedException, IOException {
    watching.await();
    Files.createFile(file.resolveSibling(MARKER));
    marked.await();
  }

  void abandon() throws InterruptedException {
    watching.await();
    thread.interrupt();
    thread.join(TimeUnit.MINUTES.toMillis(1));
  }
}
