package org.example;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.Verdict;
import dev.gimbal.source.MemorySource;
import java.util.Map;

/**
 * Reads a map, a YAML file, a JSON file and a source of its own, binds a record, and goes back; the
 * files' folder is given.
 */
public final class Main {
  private Main() {}

  /** What is bound. */
  public record Server(int port, String name) {}

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
    bind(Sources.memory("memory"));
    System.out.println("gimbal works from the " + (named ? "module path" : "class path"));
  }

  private static void bind(MemorySource memory) {
    memory.patch(p -> p.set("server.port", 80).set("server.name", "a"));
    try (Config config =
        Config.builder()
            .source(memory)
            .guard(
                "low ports",
                (before, candidate) ->
                    candidate.get("server.port").asInt() < 1024
                        ? Verdict.accept()
                        : Verdict.reject("server.port", "it is not one"))
            .build()) {
      Live<Server> server = config.live("server", Server.class);
      expect(new Server(80, "a"), server.get());
      memory.put("server.port", 81);
      expect(new Server(81, "a"), server.get());
      try {
        memory.put("server.port", 8080);
        throw new AssertionError("the guard was not asked");
      } catch (ConfigException refused) {
        expect("GIM-024", refused.code().id());
      }
      expect(3L, config.history().rollback(1));
      expect(new Server(80, "a"), server.get());
    }
  }

  private static void expect(Object expected, Object actual) {
    if (!actual.equals(expected)) {
      throw new AssertionError("expected " + expected + ", found " + actual);
    }
  }
}
