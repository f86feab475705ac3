package dev.gimbal.fuzz;

import dev.gimbal.ConfigException;
import java.util.Arrays;

/** Where Jazzer enters, in a JVM of its own. */
public final class JazzerEntry {

  /** The argument that has each input made long. */
  static final String LONG = "long";

  /** How long it is made: far beyond what libFuzzer would try. */
  private static final int LENGTH = 100_000;

  private static Taking taking;
  private static boolean isLong;

  private JazzerEntry() {}

  /**
   * Called once.
   *
   * @param args the target's name, and perhaps {@link #LONG}
   */
  public static void fuzzerInitialize(String[] args) {
    taking = Taking.named(args[0]);
    isLong = Arrays.asList(args).contains(LONG);
    Corpus.of(taking).forEach(JazzerEntry::load);
  }

  /** Loads what an input needs, so that it costs none of those that are counted. */
  private static void load(byte[] input) {
    try {
      taking.take(input);
    } catch (ConfigException refused) {
      // loaded all the same
    }
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    taking.run(isLong ? lengthen(input) : input);
  }

  /** The long input that stands for a short one. */
  static byte[] lengthen(byte[] input) {
    return Repeated.of(input, LENGTH);
  }
}
