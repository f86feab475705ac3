package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.PostgresServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command with real servers, all of which it carries the sources for. */
@Tag("slow") // three servers and 30 starts of a command
@Timeout(300)
final class StoresProcessTest {

  private static final Run DONE = new Run(0, "", "");

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  @RegisterExtension
  static final BackendExtension<PostgresServer> POSTGRES =
      BackendExtension.of(PostgresServer::open);

  /**
   * Sets, gets, watches and takes away a value.
   *
   * @param name what the source is called
   */
  private static void use(String spec, String name) throws IOException, InterruptedException {
    assertEquals(DONE, Run.gimbal("set", "-s", spec, "db.port", "1"));
    assertEquals(DONE, Run.gimbal("set", "-s", spec, "db.port", "2", "--if-is", "1"));
    assertEquals(new Run(0, "2\n", ""), Run.gimbal("get", "db.port", "-s", spec));
    assertEquals(3, Run.gimbal("set", "-s", spec, "db.port", "3", "--if-is", "1").exit());
    assertEquals(DONE, Run.gimbal("set", "-s", spec, "name", "x"));
    String line = "\"path\":\"db.port\",\"old\":%s,\"new\":%s,\"source\":\"" + name + "\"}";
    try (GimbalProcess watch = GimbalProcess.start("watch", "-s", spec)) {
      assertEquals("watching 1 source", watch.message());
      assertEquals(DONE, Run.gimbal("set", "-s", spec, "db.port", "4"));
      assertEquals("{\"version\":2," + String.format(line, "\"2\"", "\"4\""), watch.line());
      assertEquals(DONE, Run.gimbal("unset", "-s", spec, "db.port"));
      assertEquals("{\"version\":3," + String.format(line, "\"4\"", "null"), watch.line());
    }
    assertEquals(1, Run.gimbal("unset", "-s", spec, "db.port").exit());
  }

  @Test
  void etcd_isSetReadAndWatched() throws Exception {
    String spec = ETCD.server().endpoint().replace("http:", "etcd:") + "/app";
    use(spec, spec + "/");
  }

  @Test
  void nats_isSetReadAndWatched() throws Exception {
    String url = NATS.server().url();
    try (Connection connection = Nats.connect(url)) {
      connection.keyValueManagement().create(KeyValueConfiguration.builder("settings").build());
    }
    use(url + "/settings", url + "/settings/");
  }

  @Test
  void postgres_isSetReadAndWatched() throws Exception {
    try (InputStream script =
        Class.forName("dev.gimbal.source.postgres.PostgresSource")
            .getResourceAsStream("config.sql")) {
      POSTGRES.server().sql(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    PostgresServer server = POSTGRES.server();
    String place = server.address().getHostString() + ":" + server.address().getPort() + "/";
    String login = server.user() + ":" + server.password() + "@";
    use(
        "postgres://" + login + place + server.database(),
        "postgres://" + place + server.database() + "?table=config");
  }
}
