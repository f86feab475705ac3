package dev.gimbal.testing.backend;

import dev.gimbal.Config;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Config of one source in a JVM of its own, whose wall clock a test sets; the monotonic clock
 * goes on as it does. It shows what a source makes of a clock that jumps. It needs the Debian
 * package {@code faketime}.
 *
 * <pre>{@code
 * try (ClockedConfig config = ClockedConfig.start("etcd://127.0.0.1:2379/app", "port")) {
 *   assertEquals("80", config.next());
 *   config.setClock(Duration.ofDays(-3650));
 *   etcd.ctl("put", "/app/port", "81");
 *   assertEquals("81", config.next());
 * }
 * }</pre>
 *
 * <p>The JVM has the class path and the working directory of the test, and ends with it. Its locale
 * is {@code C.UTF-8}. For use by one thread.
 *
 * @since 0.1.0
 */
public final class ClockedConfig implements AutoCloseable {

  private static final long SAFETY_SECONDS = 60;

  /** How far the clocks of both sides may be apart, as a line needs its time too. */
  private static final Duration NEAR = Duration.ofHours(1);

  private static final String NOTHING_MORE = "";

  private final Path folder;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private Duration offset = Duration.ZERO;

  private ClockedConfig(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    Thread reader = new Thread(this::read, "gimbal-clocked-config");
    reader.setDaemon(true);
    reader.start();
  }

  /** What runs in the other JVM: tells each value with the time, until its input ends. */
  static final class Following {

    private Following() {}

    public static void main(String[] args) throws IOException {
      List<String> asked = Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8);
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      try (Config config = Config.builder().source(asked.get(0)).build()) {
        Watcher watcher = tellFirst(config, asked.get(1), out);
        Thread telling = new Thread(() -> tellAll(watcher, out), "telling");
        telling.setDaemon(true);
        telling.start();
        System.in.transferTo(System.err); // which is nothing: it ends with the test
      }
    }

    /** Tells the value as it is; the watcher has what comes after that. */
    static Watcher tellFirst(Config config, String path, PrintStream out) {
      Value first = config.get(path);
      Watcher watcher = config.watch(first);
      tell(first, out);
      return watcher;
    }

    private static void tellAll(Watcher watcher, PrintStream out) {
      try {
        while (true) {
          tell(watcher.next(), out);
        }
      } catch (WatcherStoppedException | InterruptedException e) {
        // the end
      }
    }

    private static void tell(Value value, PrintStream out) {
      out.println(Instant.now().getEpochSecond() + " " + value.asString(""));
    }
  }

  /**
   * Starts it, with the clock as it is.
   *
   * @param source as for {@link Config.Builder#source(String)}
   * @param path of the value that {@link #next} tells; a text of one line
   * @throws AssertionError when faketime or a JVM cannot be started
   */
  public static ClockedConfig start(String source, String path) {
    try {
      Path folder = Files.createTempDirectory("gimbal-clock-");
      boolean started = false;
      try {
        setClock(folder, Duration.ZERO);
        ClockedConfig made = new ClockedConfig(folder, follow(folder, source, path));
        started = true;
        return made;
      } finally {
        if (!started) {
          Folders.delete(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is asked for goes by a file, as arguments have no more letters than the locale. */
  private static Process follow(Path folder, String source, String path) throws IOException {
    Path asked = Files.write(folder.resolve("asked"), List.of(source, path));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Following.class.getName(),
            asked.toString());
    ProcessBuilder builder =
        Programs.builder(Path.of("").toAbsolutePath(), environment(folder), command)
            .redirectInput(Redirect.PIPE)
            .redirectError(Redirect.INHERIT);
    return builder.start();
  }

  /**
   * The library for programs with threads, which has the offset of each moment from the file. Its
   * mending of waits makes those of a JVM return at once, and is off.
   */
  private static Map<String, String> environment(Path folder) {
    List<String> which =
        List.of(Programs.find("faketime", "faketime"), "-m", "-f", "+0", "printenv", "LD_PRELOAD");
    return Map.of(
        "LC_ALL", "C.UTF-8",
        "LD_PRELOAD", Programs.run(folder, Map.of(), which).strip(),
        "FAKETIME_TIMESTAMP_FILE", clock(folder).toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  private static Path clock(Path folder) {
    return folder.resolve("clock");
  }

  /** In one step, so that nobody reads half of it. */
  private static void setClock(Path folder, Duration offset) throws IOException {
    String text = (offset.isNegative() ? "" : "+") + offset.toSeconds() + "\n";
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, clock(folder), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Sets the clock; it jumps at once.
   *
   * @param ahead of the test's own clock, in whole seconds; negative: behind it
   */
  public void setClock(Duration ahead) {
    try {
      setClock(folder, ahead);
      offset = ahead;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // it was killed
    } finally {
      lines.add(NOTHING_MORE);
    }
  }

  /**
   * The value as it is at the start, then as it is after each change, empty where it is absent.
   * Waits up to 60 s.
   *
   * @throws AssertionError when there is none, or when the clock is not as it was set
   */
  public String next() throws InterruptedException {
    String line = lines.poll(SAFETY_SECONDS, TimeUnit.SECONDS);
    if (line == null || line.equals(NOTHING_MORE)) {
      throw new AssertionError(line == null ? "no value in time" : "it ended");
    }
    int space = line.indexOf(' ');
    Instant found = Instant.ofEpochSecond(Long.parseLong(line.substring(0, space)));
    Instant expected = Instant.now().plus(offset);
    if (Duration.between(expected, found).abs().compareTo(NEAR) > 0) {
      throw new AssertionError("the clock is " + found + ", expected " + expected);
    }
    return line.substring(space + 1);
  }

  /**
   * Closes the Config and waits until its JVM has ended, up to 60 s.
   *
   * @throws AssertionError when it does not end, or does not end well; then it is killed
   */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SAFETY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("the Config was not closed well");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while it ends", e);
    } finally {
      process.destroyForcibly();
      deleteFolder();
    }
  }

  private void deleteFolder() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
