package dev.gimbal.source.etcd;

import dev.gimbal.Config;
import java.nio.file.Path;

/** The code of {@code docs/sources/etcd.md}. */
final class EtcdExample {

  private EtcdExample() {}

  static String greeting(Path authority, String password) {
    try (Config config =
        Config.builder()
            .source(
                EtcdSource.tree("/app/web", "etcd-1:2379", "etcd-2:2379", "etcd-3:2379")
                    .login("reader", password)
                    .tls(authority, null, null))
            .build()) {
      String greeting = config.get("greeting").asString("hello");
      return greeting;
    }
  }
}
