package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProgressTest {

  @TempDir Path folder;

  /** Wakes who waits for what is said. */
  private final ByteArrayOutputStream err =
      new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
          super.write(bytes, from, length);
          notifyAll();
        }
      };

  private Terminal terminal(boolean isTerminal) {
    return new Terminal(
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        new Screen(false, isTerminal, Map.of()));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void awaitSaid(String text) throws InterruptedException {
    synchronized (err) {
      while (!said().equals(text)) {
        err.wait();
      }
    }
  }

  /** A source that has not answered when it is opened, and answers when it is told to. */
  private static final class Late implements Source {

    private final String name;
    private final CountDownLatch ready = new CountDownLatch(1);

    Late(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Session open(Sink sink) {
      sink.tasks().execute(name, () -> answer(sink));
      return () -> {};
    }

    private void answer(Sink sink) {
      try {
        ready.await();
      } catch (InterruptedException e) {
        return; // the test has failed
      }
      sink.document(Revision.of(1), Document.of(ObjectNode.EMPTY));
    }
  }

  @Test
  void aStartThatTakesLong_saysWhichSourceItWaitsForAndWipesIt() throws Exception {
    Late slow = new Late("slow");
    Late slower = new Late("slower");
    Progress progress = new Progress(terminal(true), Duration.ZERO);
    List<Source> sources;
    synchronized (progress) { // both, before the thread that tells of them begins
      sources = List.of(progress.awaiting(slow), progress.awaiting(slower));
    }
    Thread start =
        new Thread(
            () -> {
              Config.Builder builder = Config.builder().watching(false);
              sources.forEach(builder::source);
              builder.build().close();
            });
    start.start();
    awaitSaid("waiting for slow and 1 more");

    slow.ready.countDown();
    String next = "waiting for slow and 1 more\r" + " ".repeat(27) + "\rwaiting for slower";
    awaitSaid(next);
    slower.ready.countDown();
    start.join();
    progress.close();

    assertEquals(next + "\r" + " ".repeat(18) + "\r", said());
  }

  @Test
  void aStartThatIsQuick_saysNothing() throws Exception {
    for (Duration patience : List.of(Duration.ZERO, Duration.ofDays(1))) {
      Progress progress = new Progress(terminal(true), patience);
      List<Thread> threads;
      synchronized (progress) { // before the thread that tells of it begins
        progress.awaiting(new Late("slow"));
        threads =
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("gimbal-progress"))
                .toList();
        progress.close();
      }
      assertEquals(1, threads.size());
      threads.get(0).join();
    }
    assertEquals("", said());
  }

  @Test
  void aSourceThatFailed_isAwaitedStill() throws Exception {
    Source failing =
        new Source() {
          @Override
          public String name() {
            return "failing";
          }

          @Override
          public Session open(Sink sink) {
            sink.failed(new ConfigException(ErrorCode.SOURCE_FAILED, "no"));
            return () -> {};
          }
        };
    Sink sink =
        (Sink)
            Proxy.newProxyInstance(
                Sink.class.getClassLoader(), new Class<?>[] {Sink.class}, (p, m, args) -> null);
    try (Progress progress = new Progress(terminal(true), Duration.ZERO)) {
      synchronized (progress) { // both, before the thread that tells of it begins
        progress.awaiting(failing).open(sink).close();
      }
      awaitSaid("waiting for failing");
    }
  }

  @Test
  void whereNobodyLooks_nothingIsSaid() throws Exception {
    Late slow = new Late("slow");
    try (Progress progress = new Progress(terminal(false), Duration.ZERO)) {
      assertEquals(slow, progress.awaiting(slow));
    }
    assertEquals("", said());
  }

  /** {@code script} gives the process a terminal. */
  @Test
  void get_ofASlowSourceOnATerminal_saysSoUntilItIsThere() throws Exception {
    Path pipe = folder.resolve("slow");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String command =
        String.join(" ", GimbalProcess.builder("get", "a", "-s", pipe + "?format=yaml").command());
    ProcessBuilder script =
        new ProcessBuilder("script", "-qefc", command.replace("?", "\\?"), "/dev/null");
    script.environment().put("TERM", "xterm");
    script.redirectInput(Files.createFile(folder.resolve("input")).toFile());
    try (GimbalProcess get = GimbalProcess.start(script)) {
      String line = "waiting for " + pipe;
      assertEquals(line, get.output(line.length()));

      Files.writeString(pipe, "a: 1\n");

      assertEquals("\r" + " ".repeat(line.length()) + "\r1\r\n", get.restOfOutput());
      assertEquals(0, get.exit());
    }
  }
}
