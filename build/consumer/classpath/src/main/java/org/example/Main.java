package org.example;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import java.util.Map;

/** Reads a map, a YAML file, a JSON file and a source of its own; the files' folder is given. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    boolean named = Main.class.getModule().isNamed();
    try (Config config = Config.of(Map.of("server.port", "8080"))) {
      expect(8080, config.get("server.port").asInt(0));
    }
    for (String file : new String[] {"application.yaml", "application.json"}) {
      try (Config config =
          Config.builder().source(Sources.file(args[0] + "/" + file)).build()) {
        expect(9090, config.get("server.port").asInt(0));
      }
    }
    try (Config config = Config.builder().source("greeting:you").build()) {
      expect("hello you", config.get("server.greeting").asString(""));
    }
    System.out.println("gimbal works from the " + (named ? "module path" : "class path"));
  }

  private static void expect(Object expected, Object actual) {
    if (!actual.equals(expected)) {
      throw new AssertionError("expected " + expected + ", found " + actual);
    }
  }
}
