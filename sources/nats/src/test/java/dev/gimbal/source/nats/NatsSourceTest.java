package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsSourceTest {

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  private Bucketful bucket;

  @BeforeEach
  void create() throws Exception {
    bucket = Bucketful.create(NATS.server().address());
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
  }

  private String servers() {
    return "127.0.0.1:" + NATS.server().address().getPort();
  }

  private NatsSource tree(String prefix) {
    return NatsSource.tree(servers(), bucket.name(), prefix);
  }

  private static Config config(NatsSource source) {
    return Config.builder().source(source).build();
  }

  @Test
  void tree_isRead_andFollowed() throws Exception {
    bucket.put("app.db.url", "one");
    bucket.put("app.hosts.0", "a");
    bucket.put("application.db.url", "not this");
    bucket.put("app", "nor this");
    try (Config config = config(tree("app"))) {
      assertEquals("one", config.get("db.url").asString());
      assertEquals("a", config.get("hosts[0]").asString());
      assertEquals(List.of("db", "hosts"), config.children());
      bucket.put("app.db.url", "two");
      Awaiting.value(config, "db.url", "two");
      bucket.put("app.db.user", "me");
      Awaiting.value(config, "db.user", "me");
      bucket.keys().delete("app.db.url");
      Awaiting.value(config, "db.url", "none");
      bucket.keys().purge("app.db.user");
      Awaiting.value(config, "db.user", "none");
    }
  }
}
