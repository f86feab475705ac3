package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.testing.backend.NatsServer;
import io.nats.client.Options;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Three servers that share a bucket, and of which one is always missing. */
@Tag("slow") // the servers choose for some seconds who leads
class NatsClusterTest {

  private static final int SIZE = 3;

  /**
   * Of servers that go, each at least once. When the one that leads all others goes, they choose
   * for some seconds.
   */
  private static final long ROUNDS = Math.max(SIZE, Long.getLong("gimbal.faults.seconds", 20) / 20);

  private final List<NatsServer> servers = NatsServer.cluster(SIZE);

  @BeforeEach
  void start() {
    servers.forEach(NatsServer::start);
  }

  @AfterEach
  void end() {
    servers.forEach(NatsServer::close);
  }

  private String[] addresses() {
    return servers.stream()
        .map(server -> "127.0.0.1:" + server.address().getPort())
        .toArray(String[]::new);
  }

  private Bucketful bucket() throws Exception {
    String[] urls = addresses();
    for (int i = 0; i < urls.length; i++) {
      urls[i] = "nats://" + urls[i];
    }
    Options.Builder options = Bucketful.options(servers.get(0).address()).servers(urls);
    return Bucketful.ofCluster(options, "shared", SIZE);
  }

  @Test
  @Tag("G6")
  @Tag("G7")
  void eachServer_mayGoInTurn(TestReporter reporter) throws Exception {
    try (Bucketful bucket = bucket()) {
      for (int i = 0; i < 500; i++) {
        bucket.putSurely("k" + i, "first");
      }
      String at = String.join(",", addresses());
      NatsSource tree = NatsSource.tree(at, "shared", "");
      NatsSource document = NatsSource.document(at, "shared", "k0", "properties").name("doc");
      try (Config config = Config.builder().source(tree).build();
          Config documents = Config.builder().source(document).build()) {
        assertEquals(500, config.children().size());
        int round = 0;
        for (; round < ROUNDS; round++) {
          NatsServer server = servers.get(round % SIZE);
          server.kill();
          String number = Integer.toString(round);
          String value = "v=" + number;
          bucket.putSurely("k" + round, value);
          bucket.putSurely("k0", value);
          String key = "k" + round;
          reporter.publishEntry(
              "newest key without server " + round % SIZE,
              Awaiting.equal(value, () -> config.get(key).asString()) + " ms");
          Awaiting.value(config, "k0", value);
          Awaiting.value(documents, "v", number);
          server.start();
          bucket.putSurely("k499", value);
          Awaiting.value(config, "k499", value);
          assertEquals(500, config.children().size());
        }
        assertTrue(round >= SIZE, () -> "only some of the servers went");
      }
    }
  }
}
