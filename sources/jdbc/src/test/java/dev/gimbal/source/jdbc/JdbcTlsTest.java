package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.MariaDbServer;
import dev.gimbal.testing.backend.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that lets nobody in without TLS. What is checked the driver is told. */
class JdbcTlsTest {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER =
      BackendExtension.of(() -> MariaDbServer.open().withTls());

  @BeforeEach
  void makeTable() {
    SERVER.server().sql("DROP TABLE IF EXISTS config; " + MariaDb.TABLE);
    SERVER.server().sql("INSERT INTO config (`key`, value) VALUES ('a', '1')");
  }

  private static JdbcSource source(String url, String mode, Path authority) {
    MariaDbServer server = SERVER.server();
    Map<String, String> properties =
        Map.of(
            "user",
            server.user(),
            "password",
            server.password(),
            "sslMode",
            mode,
            "serverSslCert",
            authority.toString());
    return new JdbcSource(url, properties).name("db").poll(Duration.ofMillis(50));
  }

  private static void isRefused(JdbcSource source) {
    try (Config config = Config.builder().source(source.optional()).build()) {
      assertEquals(State.DOWN, Await.state(config));
      ConfigException why = config.status().source("db").reason();
      assertEquals(ErrorCode.SOURCE_FAILED, why.code());
    }
  }

  @Test
  void server_thatTheAuthorityKnows_isTrusted_andFollowed() throws Exception {
    Path authority = SERVER.server().certificates().authority();
    JdbcSource source = source(SERVER.server().jdbcUrl(), "verify-full", authority);
    try (Config config = Config.builder().source(source).build()) {
      SERVER.server().sql("UPDATE config SET value = '2'");
      Await.map(config, Map.of("a", "2"));
      SERVER.server().restart();
      SERVER.server().sql("UPDATE config SET value = '3'");
      Await.map(config, Map.of("a", "3"));
    }
  }

  @Test
  void server_thatNobodyKnows_orThatIsAskedWithoutTls_isRefused(@TempDir Path folder)
      throws Exception {
    String url = SERVER.server().jdbcUrl();
    isRefused(source(url, "disable", SERVER.server().certificates().authority()));
    isRefused(source(url, "verify-ca", TestCertificates.create(folder).authority()));
  }
}
