package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EtcdSourceTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @BeforeEach
  void removeAll() {
    ctl("del", "", "--prefix");
  }

  private static void ctl(String... arguments) {
    ETCD.server().ctl(arguments);
  }

  private static String endpoint() {
    return "127.0.0.1:" + ETCD.server().address().getPort();
  }

  private static EtcdSource tree(String prefix) {
    return EtcdSource.tree(prefix, endpoint());
  }

  @Test
  void tree_isReadAndWatched() throws TimeoutException, InterruptedException {
    ctl("put", "/app/port", "80");
    ctl("put", "/application/port", "81");
    try (Config config = Config.builder().source(tree("/app")).build()) {
      assertEquals(Map.of("port", "80"), config.asMap());
      ctl("put", "/app/port", "8080");
      config.awaitVersion(2, PATIENCE);
      assertEquals(Map.of("port", "8080"), config.asMap());
    }
  }
}
