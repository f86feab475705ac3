package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A bucket as Go-Micro has it: the client library alone does here what Go-Micro's source does. It
 * makes the bucket {@code default} with nothing but its name where there is none, and puts one JSON
 * document into the key {@code micro_config}.
 */
class NatsGoMicroTest {

  private static final String BUCKET = "default";
  private static final String KEY = "micro_config";

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  /** Go-Micro's side. */
  private record GoMicro(Connection connection, KeyValue keys) implements AutoCloseable {

    static GoMicro connect() throws Exception {
      Connection connection = Nats.connect(Bucketful.options(NATS.server().address()).build());
      if (!connection.keyValueManagement().getBucketNames().contains(BUCKET)) {
        connection
            .keyValueManagement()
            .create(KeyValueConfiguration.builder().name(BUCKET).build());
      }
      return new GoMicro(connection, connection.keyValue(BUCKET));
    }

    void write(String document) throws IOException, JetStreamApiException {
      keys.put(KEY, document.getBytes(StandardCharsets.UTF_8));
    }

    String read() throws IOException, JetStreamApiException {
      return new String(keys.get(KEY).getValue(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
      connection.close();
    }
  }

  private static String uri() {
    return "nats://127.0.0.1:" + NATS.server().address().getPort() + "?as=document&name=nats";
  }

  private static SourceStatus.State state(Config config) {
    return config.status().source("nats").state();
  }

  @Test
  @Tag("D38")
  @Tag("D59")
  void document_thatGoMicroWrites_isRead_followed_andWrittenBack() throws Exception {
    try (Config config = Config.builder().source(uri() + "&optional=true").build()) {
      assertEquals(SourceStatus.State.DOWN, state(config));
      try (GoMicro micro = GoMicro.connect()) {
        micro.write("{\"database\":{\"address\":\"10.0.0.1\",\"port\":3306},\"hosts\":[\"a\"]}");
        Awaiting.value(config, "database.address", "10.0.0.1");
        assertEquals(3306, config.get("database.port").asInt());
        assertEquals("a", config.get("hosts[0]").asString());

        micro.write("{\"database\":{\"address\":\"10.0.0.2\",\"port\":3307}}");
        Awaiting.value(config, "database.address", "10.0.0.2");
        assertEquals(false, config.get("hosts").exists());

        config.edit("nats", edit -> edit.set("database.port", 3308));
        assertEquals("{\"database\":{\"address\":\"10.0.0.2\",\"port\":3308}}", micro.read());

        // With this marker Go-Micro has no values any more.
        micro.keys.delete(KEY);
        Awaiting.equal(SourceStatus.State.DEGRADED, () -> state(config));
        assertEquals(3308, config.get("database.port").asInt());
        micro.write("{\"database\":{\"port\":3309}}");
        Awaiting.value(config, "database.port", "3309");
        micro.write("{\"database\":");
        Awaiting.equal(SourceStatus.State.DEGRADED, () -> state(config));
        assertEquals(3309, config.get("database.port").asInt());
        micro.write("{\"database\":{\"port\":3310}}");
        Awaiting.value(config, "database.port", "3310");
        Awaiting.equal(SourceStatus.State.OK, () -> state(config));
      }
    }
  }

  /** Go-Micro is started again: the bucket is there. */
  @Test
  void document_thatIsThereBefore_isRead() throws Exception {
    try (GoMicro micro = GoMicro.connect()) {
      micro.write("{\"a\":{\"b\":\"c\"}}");
    }
    try (GoMicro again = GoMicro.connect();
        Config config = Config.builder().source(uri()).build()) {
      assertEquals("c", config.get("a.b").asString());
      assertEquals("{\"a\":{\"b\":\"c\"}}", again.read());
      again.connection.keyValueManagement().delete(BUCKET);
      Awaiting.equal(SourceStatus.State.DEGRADED, () -> state(config));
      assertEquals("c", config.get("a.b").asString());
    }
  }
}
