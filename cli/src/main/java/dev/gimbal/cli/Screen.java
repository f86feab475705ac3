package dev.gimbal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which streams a person looks at. Immutable.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param environment the variables of the process
 */
record Screen(boolean out, boolean err, Map<String, String> environment) {

  /** Nobody looks. */
  static final Screen NONE = new Screen(false, false, Map.of());

  Screen {
    environment = Map.copyOf(environment);
  }

  /** That of this process; none where the system does not say what the streams are. */
  static Screen ofProcess() {
    return new Screen(isTerminal(1), isTerminal(2), System.getenv());
  }

  /** {@link System#console} does not tell one stream from the other. */
  private static boolean isTerminal(int descriptor) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Whether output has colours.
   *
   * @param when {@code always}, {@code never}, or {@code auto}: on a terminal that has some, unless
   *     {@code NO_COLOR} says no
   */
  boolean isColored(String when) {
    return switch (when) {
      case "always" -> true;
      case "never" -> false;
      case "auto" -> out && hasColors() && environment.getOrDefault("NO_COLOR", "").isEmpty();
      default ->
          throw new UsageException("--color: \"" + when + "\" (expected: auto, always or never)");
    };
  }

  /** Whether a terminal obeys escape sequences. */
  boolean hasColors() {
    String kind = environment.getOrDefault("TERM", "");
    return !kind.isEmpty() && !kind.equals("dumb");
  }
}
