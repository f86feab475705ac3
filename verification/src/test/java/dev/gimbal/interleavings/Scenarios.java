package dev.gimbal.interleavings;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The scenarios there are: nested classes of classes whose names end in {@code Interleavings}. */
public final class Scenarios {

  private Scenarios() {}

  /** Their names, as in {@code engine.MailboxInterleavings.TwoTake}. */
  public static List<String> names() {
    try {
      Path root =
          Path.of(Scenarios.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root.resolve("dev/gimbal"))) {
        return files
            .filter(
                file ->
                    file.getFileName().toString().matches("\\w+Interleavings\\$[A-Z]\\w*.class"))
            .filter(Scenarios::isScenario)
            .map(file -> root.resolve("dev/gimbal").relativize(file).toString())
            .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.').replace('$', '.'))
            .sorted()
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name of its class. */
  static String className(String name) {
    int nested = name.lastIndexOf('.');
    return "dev.gimbal." + name.substring(0, nested) + "$" + name.substring(nested + 1);
  }

  private static boolean isScenario(Path file) {
    try {
      return (new ClassReader(Files.readAllBytes(file)).getAccess() & Opcodes.ACC_ABSTRACT) == 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
