package dev.gimbal.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that once were neither taken nor refused: a file each, in a folder for each target. */
final class Findings {

  /** How many there are. */
  static final int STORED = 0;

  private Findings() {}

  private static Path folder(Taking taking) {
    return Path.of(
        System.getProperty("gimbal.root"),
        "verification/src/test/resources/dev/gimbal/fuzz",
        taking.name());
  }

  static List<Path> stored(Taking taking) throws IOException {
    if (!Files.exists(folder(taking))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder(taking))) {
      return files.sorted().toList();
    }
  }

  /** Keeps an input, so that it is tried from now on; answers where. */
  static Path store(Taking taking, byte[] input) throws IOException {
    Path folder = Files.createDirectories(folder(taking));
    return Files.write(folder.resolve(String.format("%08x", Arrays.hashCode(input))), input);
  }

  /** The text and, because it may hold anything, the bytes. */
  static String describe(Taking taking, byte[] input) {
    byte[] begin = Arrays.copyOf(input, Math.min(input.length, 300));
    String hex = HexFormat.of().formatHex(begin);
    String text = Taking.text(begin);
    return taking + ", " + input.length + " bytes \"" + text + "\" (" + hex + ")";
  }
}
