package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The programs of the machine: where they are, and calls that run to their end. */
final class Programs {

  private static final String ROOT = "root";

  /** User and group that own nothing, on each Linux. */
  static final String NOBODY = "65534";

  /** Where servers lie, which is not on the path of each user. */
  private static final List<String> MORE_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Programs() {}

  static boolean isRoot() {
    return ROOT.equals(System.getProperty("user.name"));
  }

  /** The whole path of a program; an error that names its Debian package if there is none. */
  static String find(String name, String debianPackage) {
    List<String> folders = new ArrayList<>();
    folders.addAll(List.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":")));
    folders.addAll(MORE_FOLDERS);
    for (String folder : folders) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isExecutable(file) && Files.isRegularFile(file)) {
        return file.toString();
      }
    }
    throw new AssertionError(
        name + " is not installed; it is in the Debian package " + debianPackage);
  }

  /** What comes in front of a command that must not outlive the thread that starts it. */
  static List<String> endingWithItsThread() {
    return List.of(find("setpriv", "util-linux"), "--pdeathsig", "KILL");
  }

  /**
   * What comes in front of a command that refuses to run as root; nothing for other users. A change
   * of the user makes the kernel forget with whom a process ends, so it is told again.
   */
  static List<String> notAsRoot() {
    if (!isRoot()) {
      return List.of();
    }
    List<String> command = new ArrayList<>(endingWithItsThread());
    command.addAll(List.of("--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    return command;
  }

  /**
   * Runs a command in a folder, up to 2 minutes.
   *
   * @return what it wrote to its output
   * @throws AssertionError when it does not end well, with what it wrote to its errors
   */
  static String run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile(folder, "out", "");
      Path err = Files.createTempFile(folder, "err", "");
      try {
        int code = code(folder, environment, command, out, err);
        String output = Files.readString(out, StandardCharsets.UTF_8);
        if (code != 0) {
          String errors = Files.readString(err, StandardCharsets.UTF_8);
          throw new AssertionError(
              String.join(" ", command) + " ended with " + code + "\n" + output + errors);
        }
        return output;
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int code(
      Path folder, Map<String, String> environment, List<String> command, Path out, Path err)
      throws IOException {
    List<String> whole = new ArrayList<>(endingWithItsThread());
    whole.addAll(command);
    Process process =
        builder(folder, environment, whole)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (process.waitFor(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        return process.exitValue();
      }
      throw new AssertionError(String.join(" ", command) + " did not end within " + PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while this ran: " + String.join(" ", command), e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** With messages in English and no input. */
  static ProcessBuilder builder(
      Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    return builder;
  }
}
