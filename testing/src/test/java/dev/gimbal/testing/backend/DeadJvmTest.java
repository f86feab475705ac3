package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers end with the JVM that started them, however it ends, and with nothing else. */
@Timeout(120)
class DeadJvmTest {

  /** What runs in the JVM that is killed: tells the process ids, and does not end by itself. */
  static final class Started {

    private Started() {}

    public static void main(String[] kinds) throws Exception {
      for (String kind : kinds) {
        System.out.println(pid(kind));
      }
      System.out.println("started");
      new CountDownLatch(1).await();
    }

    private static long pid(String kind) throws IOException {
      if (kind.equals("twin")) {
        return new ProcessBuilder("sleep", "600").start().pid();
      }
      LocalServer server =
          switch (kind) {
            case "etcd" -> EtcdServer.single();
            case "nats" -> NatsServer.open();
            case "postgres" -> PostgresServer.open();
            default -> MariaDbServer.open();
          };
      server.start();
      return server.process().handle().pid();
    }
  }

  /** Those that another JVM started, which is dead by now. */
  private static List<ProcessHandle> startedByADeadJvm(Path folder, String... kinds)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Started.class.getName());
    command.addAll(List.of(kinds));
    Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(jvm.getInputStream()))) {
      List<ProcessHandle> started = new ArrayList<>();
      String line = out.readLine();
      while (line != null && !line.equals("started")) {
        ProcessHandle handle = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
        handle.descendants().forEach(started::add);
        started.add(handle);
        line = out.readLine();
      }
      assertEquals("started", line);
      assertFalse(started.stream().anyMatch(ServerProcess::isGone));
      return started;
    } finally {
      jvm.destroyForcibly().waitFor();
    }
  }

  private static void awaitGone(ProcessHandle process) {
    while (!ServerProcess.isGone(process)) {
      ServerProcess.pause();
    }
  }

  /** Open to all, as PostgreSQL may run as nobody. */
  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("gimbal-test-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  @Test
  void jvmThatIsKilled_takesItsServersAlong() throws Exception {
    Path folder = folder();
    try {
      List<ProcessHandle> started =
          startedByADeadJvm(folder, "etcd", "nats", "postgres", "mariadb");
      assertTrue(started.size() > 4, started.toString());
      started.forEach(DeadJvmTest::awaitGone);
    } finally {
      Folders.delete(folder);
    }
  }

  @Test
  void twin_jvmThatIsKilled_leavesWhatIsStartedPlainly() throws Exception {
    Path folder = folder();
    try {
      List<ProcessHandle> started = startedByADeadJvm(folder, "nats", "twin");
      assertEquals(2, started.size());
      awaitGone(started.get(0));
      assertFalse(ServerProcess.isGone(started.get(1)));
      started.get(1).destroyForcibly();
      awaitGone(started.get(1));
    } finally {
      Folders.delete(folder);
    }
  }

  /** Only then the kernel knows with whom it ends. */
  private static void awaitCommand(long pid, String command) throws IOException {
    Path name = Path.of("/proc/" + pid + "/comm");
    while (!Files.readString(name).strip().equals(command)) {
      ServerProcess.pause();
    }
  }

  /** The twin is what a server would be that the thread of a test has started itself. */
  @Test
  void threadThatEnds_doesNotTakeItsServerAlong_asItDoesItsTwin() throws Exception {
    List<String> plainly = new ArrayList<>(Programs.endingWithItsThread());
    plainly.addAll(List.of("sleep", "600"));
    try (NatsServer nats = NatsServer.open()) {
      List<Process> twin = new ArrayList<>();
      Thread test =
          new Thread(
              () -> {
                nats.start();
                try {
                  twin.add(new ProcessBuilder(plainly).start());
                  awaitCommand(twin.get(0).pid(), "sleep");
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      test.start();
      test.join();
      assertEquals(128 + 9, twin.get(0).waitFor());
      assertTrue(nats.isRunning());
      assertTrue(nats.answers());
    }
  }
}
