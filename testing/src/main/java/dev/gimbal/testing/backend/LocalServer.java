package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of one process.
 *
 * @since 0.1.0
 */
public abstract sealed class LocalServer implements Backend
    permits EtcdServer, MariaDbServer, NatsServer, PostgresServer {

  // What all have in common: a temporary folder, ports, a log, and the way from start to end. What
  // a kind of server says is how to make its data, how to run it and when it answers.
  //
  // NEW -> RUNNING start(); RUNNING -> DOWN kill(), stop(), or by itself; DOWN -> RUNNING start();
  // any -> CLOSED close(). Fields are written under the lock of this object; those that are
  // volatile are read without.

  /** What of a log is worth to be shown in a message or kept after the end. */
  private static final int SHOWN_LINES = 40;

  private static final long ANSWERS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** More than that many unlucky choices of ports are no bad luck. */
  private static final int CHOICES_OF_PORTS = 10;

  private static final String FOLDER = "data";
  private static final String LOG = "log";

  /** Null before the first start and after the end. */
  private volatile @Nullable Path folder;

  /** The first is that for clients; empty before the first start. */
  private volatile int[] ports = {};

  /** The newest; null before the first start. */
  private volatile @Nullable ServerProcess process;

  /** Whether the ports are its own, as it has answered there. */
  private boolean hasAnswered;

  private boolean closed;

  /** How long the log was when the newest process began. */
  private long logAtLaunch;

  /** What the log held when it was deleted; null until then. */
  private volatile @Nullable String lastLog;

  LocalServer() {}

  // ---- what a kind of server says

  /** One word, as in messages and names of threads. */
  abstract String name();

  /** How many ports it needs. */
  abstract int portCount();

  /** Where its data, log and settings will be: a new folder, which is deleted at the end. */
  Path newFolder() throws IOException {
    return Files.createTempDirectory("gimbal-" + name() + "-");
  }

  /** Makes what it needs in its folder, once; {@link #data()} exists and is empty. */
  abstract void prepare() throws IOException;

  abstract List<String> command();

  /** Whether it answers. It throws while it does not listen yet. */
  abstract boolean answers() throws IOException;

  /** The signal that ends it in good order. */
  String endSignal() {
    return "TERM";
  }

  /** Whether this end of its log tells of what passes by itself, so that a start is tried again. */
  boolean isPassing(String newLog) {
    return newLog.toLowerCase(Locale.ROOT).contains("address already in use");
  }

  /** Called once, when it answered for the first time. */
  void firstAnswered() {}

  // ---- from start to end

  @Override
  public final synchronized void start() {
    requireMayStart();
    long deadline = System.nanoTime() + ANSWERS_WITHIN_NANOS;
    try {
      boolean isUp = false;
      for (int choice = 0; !isUp && !hasAnswered && choice < CHOICES_OF_PORTS; choice++) {
        makeNew(FreePorts.choose(portCount()));
        deadline = System.nanoTime() + ANSWERS_WITHIN_NANOS;
        launch();
        isUp = awaitAnswer(deadline);
      }
      while (!isUp && hasAnswered) {
        launch();
        isUp = awaitAnswer(deadline);
      }
      if (!isUp) {
        throw new AssertionError(name() + " found no free port" + shownLog());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void requireMayStart() {
    if (closed) {
      throw new IllegalStateException(name() + " is closed");
    }
    if (isRunning()) {
      throw new IllegalStateException(name() + " runs already, at " + address());
    }
  }

  /** Chooses these ports and makes new data, in a new folder. */
  final synchronized void makeNew(int[] newPorts) throws IOException {
    deleteFolder();
    Path made = newFolder();
    folder = made;
    ports = newPorts.clone();
    boolean isMade = false;
    try {
      Files.createDirectory(data());
      prepare();
      isMade = true;
    } finally {
      if (!isMade) {
        deleteFolder();
        ports = new int[0];
      }
    }
  }

  /** Starts the process, and does not wait for anything. */
  final synchronized void launch() throws IOException {
    Path log = folder().resolve(LOG);
    logAtLaunch = Files.exists(log) ? Files.size(log) : 0;
    process = ServerProcess.start(name(), folder(), Map.of(), command(), log);
  }

  /**
   * Waits until it answers.
   *
   * @return false when it ended because of something that passes, such as a port that is taken
   * @throws AssertionError when it ended otherwise or did not answer in time; it is then down
   */
  final synchronized boolean awaitAnswer(long deadline) throws IOException {
    ServerProcess current = Objects.requireNonNull(process);
    boolean isUp = false;
    try {
      while (!isAnswering()) {
        boolean isLate = System.nanoTime() - deadline > 0;
        if (isLate && current.isAlive()) {
          throw new AssertionError(name() + " does not answer in time" + shownLog());
        }
        if (!current.isAlive()) {
          if (isPassing(newLog()) && !isLate) {
            ServerProcess.pause();
            return false;
          }
          throw new AssertionError(name() + " ended with " + current.exitCode() + shownLog());
        }
        ServerProcess.pause();
      }
      if (!hasAnswered) {
        firstAnswered();
        hasAnswered = true;
      }
      isUp = true;
      return true;
    } finally {
      if (!isUp) {
        current.kill();
      }
    }
  }

  /** Another one may answer in its place: who is alive is asked after the answer. */
  private boolean isAnswering() {
    try {
      return answers() && isRunning();
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  @Override
  public final synchronized void kill() {
    ServerProcess current = process;
    if (current != null) {
      current.kill();
    }
  }

  @Override
  public final synchronized void stop() {
    ServerProcess current = process;
    if (current == null || !current.isAlive()) {
      return;
    }
    if (!current.end(endSignal(), folder())) {
      current.kill();
      throw new AssertionError(name() + " does not stop and was killed" + shownLog());
    }
  }

  @Override
  public final synchronized void restart() {
    if (!hasAnswered && !closed) {
      throw new IllegalStateException(name() + " was never started");
    }
    stop();
    start();
  }

  @Override
  public final synchronized void close() {
    closed = true;
    kill();
    try {
      deleteFolder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteFolder() throws IOException {
    Path old = folder;
    if (old == null) {
      return;
    }
    lastLog = shownLog();
    folder = null;
    Folders.delete(old);
  }

  // ---- what it is

  @Override
  public final boolean isRunning() {
    ServerProcess current = process;
    return current != null && current.isAlive();
  }

  @Override
  public final InetSocketAddress address() {
    return new InetSocketAddress(FreePorts.loopback(), port(0));
  }

  final boolean hasPorts() {
    return ports.length > 0;
  }

  final int port(int index) {
    int[] current = ports;
    if (index >= current.length) {
      throw new IllegalStateException(name() + " was never started");
    }
    return current[index];
  }

  @Override
  public final Path data() {
    return folder().resolve(FOLDER);
  }

  /** Holds its data, log and settings. */
  final Path folder() {
    Path current = folder;
    if (current == null) {
      throw new IllegalStateException(name() + " was never started or is closed");
    }
    return current;
  }

  @Override
  public final String log() {
    Path current = folder;
    try {
      if (current != null && Files.exists(current.resolve(LOG))) {
        return Files.readString(current.resolve(LOG), StandardCharsets.ISO_8859_1);
      }
      return Objects.requireNonNullElse(lastLog, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String newLog() {
    String log = log();
    return log.substring((int) Math.min(logAtLaunch, log.length()));
  }

  private String shownLog() {
    List<String> lines = log().lines().toList();
    int first = Math.max(0, lines.size() - SHOWN_LINES);
    return lines.isEmpty() ? "" : "\n" + String.join("\n", lines.subList(first, lines.size()));
  }

  final @Nullable ServerProcess process() {
    return process;
  }

  @Override
  public final String toString() {
    int[] current = ports;
    String at = current.length == 0 ? "" : " at 127.0.0.1:" + current[0];
    return name() + at + (isRunning() ? "" : " (down)");
  }
}
