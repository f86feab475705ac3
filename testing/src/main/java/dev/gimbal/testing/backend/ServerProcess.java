package dev.gimbal.testing.backend;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a server, from its start to its end. A thread of its own starts it and waits for its
 * end: the kernel kills a process when the <em>thread</em> that started it ends, and a test's
 * thread may end long before its JVM.
 */
final class ServerProcess {

  private static final long ENDS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Process process;
  private final Thread parent;

  private ServerProcess(Process process, Thread parent) {
    this.process = process;
    this.parent = parent;
  }

  /** Starts a command whose output and errors are appended to a file. */
  static ServerProcess start(
      String name, Path folder, Map<String, String> environment, List<String> command, Path log) {
    List<String> whole = new ArrayList<>(Programs.endingWithItsThread());
    whole.addAll(command);
    ProcessBuilder builder =
        Programs.builder(folder, environment, whole)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread parent = new Thread(() -> startAndWait(builder, started), "gimbal-backend-" + name);
    parent.setDaemon(true);
    parent.start();
    try {
      return new ServerProcess(started.join(), parent);
    } catch (CompletionException e) {
      throw new AssertionError(String.join(" ", command) + " cannot be started", e.getCause());
    }
  }

  private static void startAndWait(ProcessBuilder builder, CompletableFuture<Process> started) {
    try {
      Process process = builder.start();
      started.complete(process);
      awaitEnd(process); // not by onExit, which needs a thread of the common pool
    } catch (IOException e) {
      started.completeExceptionally(e);
    }
  }

  private static void awaitEnd(Process process) {
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        // nobody knows this thread: it ends with the process
      }
    }
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended: its exit code, or 128 and the number of a signal. */
  int exitCode() {
    return process.exitValue();
  }

  /** Kills it, then those that it started, and waits until all are gone, interrupted or not. */
  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    long deadline = System.nanoTime() + ENDS_WITHIN_NANOS;
    while (process.isAlive()
        || parent.isAlive()
        || !started.stream().allMatch(ServerProcess::isGone)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("process " + pid() + " or one that it started cannot be killed");
      }
      if (!process.isAlive()) {
        started.forEach(ProcessHandle::destroyForcibly);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /**
   * Sends a signal, such as TERM, and waits.
   *
   * @return whether it has ended
   */
  boolean end(String signal, Path folder) {
    String kill = "kill -" + signal + " " + pid() + " || ! kill -0 " + pid();
    Programs.run(folder, Map.of(), List.of("/bin/sh", "-c", kill));
    try {
      boolean hasEnded = process.waitFor(ENDS_WITHIN_NANOS, TimeUnit.NANOSECONDS);
      if (hasEnded) {
        parent.join();
      }
      return hasEnded;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while process " + pid() + " ends", e);
    }
  }

  /** Also one that has ended and whose new parent, which is not ours, does not ask how. */
  static boolean isGone(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return status.startsWith("Z", status.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return !process.isAlive(); // it ended while we looked
    }
  }

  /** A short wait for what another process does: nobody tells when it has. */
  static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a server was waited for", e);
    }
  }
}
