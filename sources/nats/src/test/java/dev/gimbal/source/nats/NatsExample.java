package dev.gimbal.source.nats;

import dev.gimbal.Config;
import java.nio.file.Path;

/** The code of the page. */
final class NatsExample {

  private NatsExample() {}

  static String greeting(String password, Path authority) {
    try (Config config =
        Config.builder()
            .source(
                NatsSource.tree("nats-1:4222,nats-2:4222", "settings", "app.web")
                    .user("reader", password)
                    .tls(authority, null, null, null))
            .build()) {
      String greeting = config.get("greeting").asString("hello");
      return greeting;
    }
  }
}
