package dev.gimbal.footprint;

import dev.gimbal.Config;
import dev.gimbal.Sources;

/** The least that a program does: opens a file, prints one value. */
public final class StartProgram {

  private StartProgram() {}

  /**
   * Prints the value.
   *
   * @param args a file and a path
   */
  public static void main(String[] args) {
    try (Config config = Config.builder().source(Sources.file(args[0])).build()) {
      System.out.println(config.get(args[1]).asInt());
    }
  }
}
