package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permission loss as a user who has something to lose: root runs the program as nobody. */
class PermissionTest {

  @TempDir Path temp;

  @Test
  void permissionLostAndBack_keepsTheLayerAndHeals() throws Exception {
    open(temp, "rwxrwxrwx");
    Path classes = Files.createDirectory(temp.resolve("classes"));
    open(classes, "rwxr-xr-x");
    copyClasses(FileSource.class, classes);
    copyClasses(PermissionProbe.class, classes);

    List<String> command = new ArrayList<>();
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classes.toString()));
    command.addAll(List.of(PermissionProbe.class.getName(), temp.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());

    assertEquals(
        "[document {a=1}, failed GIM-012, document {a=1}, failed GIM-012, document {a=1}]\n"
            + "it cannot be read: permission denied\n"
            + "[document {a=1, b=1}, failed GIM-012]\n"
            + "b.conf\n",
        output);
    assertEquals(0, process.waitFor());
  }

  /** Copies the classes that stand beside a class, for a user who may not enter their folder. */
  private static void copyClasses(Class<?> beside, Path to) throws Exception {
    Path root = Path.of(beside.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> all = Files.walk(root.resolve("dev"))) {
      all.forEach(path -> copy(path, to.resolve(root.relativize(path).toString())));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
        open(to, "rwxr-xr-x");
      } else {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        open(to, "rw-r--r--");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }
}
