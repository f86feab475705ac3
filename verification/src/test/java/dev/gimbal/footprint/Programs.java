package dev.gimbal.footprint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Programs of the tests, copied to a folder where nothing else is: the tests' own has much. */
final class Programs {

  private Programs() {}

  /** Copies classes below a folder, which a class path then names. */
  static Path copied(Path folder, Class<?>... classes) throws IOException {
    for (Class<?> each : classes) {
      String name = each.getName().replace('.', '/') + ".class";
      Path copy = folder.resolve(name);
      Files.createDirectories(copy.getParent());
      try (InputStream in = each.getClassLoader().getResourceAsStream(name)) {
        Files.write(copy, Objects.requireNonNull(in).readAllBytes());
      }
    }
    return folder;
  }
}
