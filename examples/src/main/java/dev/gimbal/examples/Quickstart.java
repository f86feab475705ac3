package dev.gimbal.examples;

// The README shows what follows; a test compares them and runs it.
import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.time.Duration;

/** Reads, follows and explains the configuration of the example service. */
public final class Quickstart {
  public static void main(String... args) throws Exception {
    MemorySource overrides = Sources.memory("overrides");
    try (Config config =
        Config.builder() // later layers win
            .source(Sources.file("examples/live-service/application.yaml"))
            .source(Sources.environment("APP_"))
            .source(overrides)
            .build()) {
      int port = config.get("service.port").asInt(80); // absent: 80; malformed: ConfigException
      System.out.println(port + " at " + config.get("service.port").origin().orElseThrow());

      Live<Duration> delay = config.live("work.delay", Duration.class, Duration.ZERO);
      try (Watcher greetings = config.watch("service.greeting");
          Subscription pool =
              config.onChange("pool.size", c -> resize(c.before().asInt(), c.after().asInt()))) {
        // One step: nobody ever sees one of these without the other two.
        long version =
            overrides.patch(
                p -> p.set("pool.size", 8).set("work.delay", "2s").set("service.greeting", "Hi"));
        config.awaitDelivered(version, Duration.ofSeconds(5)); // the listener has been called
        System.out.println(greetings.next() + ", " + delay.get() + ", version " + version);
      } // no call begins after close
      System.out.print(config.explain("pool.size"));
    }
  }

  private static void resize(int before, int after) {
    System.out.println("pool: " + before + " -> " + after);
  }
}
