package dev.gimbal.fuzz;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that takes input from outside. Whatever the input, it ends soon, costs what its length
 * allows, and ends well or with a {@link ConfigException}.
 */
interface Taking {

  /** How {@link #named} finds it. */
  String name();

  /** Takes an input, and may refuse it with a ConfigException. */
  void take(byte[] input);

  /** Whether the input is well formed. Throws for whatever {@link #take} must not do. */
  default boolean run(byte[] input) {
    Cost cost = Cost.begin();
    boolean good = takes(input);
    cost.requireWithin(input.length);
    return good;
  }

  private boolean takes(byte[] input) {
    try {
      take(input);
      return true;
    } catch (ConfigException refused) {
      requireGenuine(refused);
      return false;
    }
  }

  /** A format that fails by a bug of its own is refused too, in these words. */
  private static void requireGenuine(ConfigException refused) {
    Throwable cause = refused.getCause();
    for (Problem problem : refused.problems()) {
      if (cause != null && problem.message().endsWith(" format failed: " + cause.getMessage())) {
        throw new AssertionError("a format failed", cause);
      }
    }
  }

  /** All that are fuzzed, and those with a seeded bug. */
  static List<Taking> all() {
    List<Taking> all = new ArrayList<>(List.of(FuzzTarget.values()));
    all.addAll(List.of(SeededTarget.values()));
    return all;
  }

  static Taking named(String name) {
    return all().stream().filter(taking -> taking.name().equals(name)).findFirst().orElseThrow();
  }

  /** UTF-8; after a byte 0xFF, chars of two bytes, so that half a surrogate pair comes too. */
  static String text(byte[] input) {
    if (input.length == 0 || input[0] != (byte) 0xFF) {
      return new String(input, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i + 1 < input.length; i += 2) {
      text.append((char) ((input[i] & 0xFF) << 8 | (input[i + 1] & 0xFF)));
    }
    return text.toString();
  }
}
