package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Access control lists as Linux has them, by its commands. */
final class Acl {

  private Acl() {}

  /** What it lets users and groups do by itself, a line each, and the mask. */
  static String of(Path path) throws Exception {
    return run("getfacl", path, "-cnpE").stripTrailing() + "\n";
  }

  /** Fails, and says what is missing, where a file cannot have one. */
  static void set(Path path, String... change) throws Exception {
    assertEquals(
        "",
        run("setfacl", path, change),
        () -> "a file system with access control lists is needed for java.io.tmpdir: " + path);
  }

  private static String run(String name, Path path, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(options));
    command.add(path.toString());
    Process process = start(command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError("there is no " + command.get(0) + "; install the package acl", e);
    }
  }
}
