package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.PostgresServer;
import dev.gimbal.testing.backend.TcpProxy;
import dev.gimbal.testing.backend.TestCertificates;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostgresTlsTest {

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER =
      BackendExtension.of(() -> PostgresServer.open().withTls());

  private Db db;
  private TestCertificates certificates;

  @BeforeEach
  void makeTable() {
    SERVER.server().sql("DROP TABLE IF EXISTS config CASCADE");
    SERVER.server().sql(Db.script());
    SERVER.server().sql("INSERT INTO config VALUES ('a', '1')");
    db = new Db(SERVER.server());
    certificates = SERVER.server().certificates();
  }

  private static void failsToStart(PostgresSource source) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(source)
                    .startTimeout(Duration.ofMillis(500))
                    .build()
                    .close());
    assertTrue(e.getMessage().contains("db"), e.getMessage());
  }

  @Test
  void server_thatTheAuthorityKnows_isTrusted_andFollowed() throws Exception {
    PostgresSource source =
        db.source().sslMode("verify-full").rootCertificate(certificates.authority());
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
    failsToStart(db.source().sslMode("disable"));
    TestCertificates others = TestCertificates.create(folder);
    failsToStart(db.source().sslMode("verify-ca").rootCertificate(others.authority()));
    failsToStart(db.source().sslMode("verify-full"));
  }

  /** The same address in a spelling that its certificate does not have. */
  @Test
  void server_whoseCertificateIsForAnotherName_isRefusedByVerifyFullOnly() {
    PostgresSource other =
        new PostgresSource(db.uri().replace("@127.0.0.1:", "@127.1:"))
            .name("db")
            .rootCertificate(certificates.authority());
    failsToStart(other.sslMode("verify-full"));
    try (Config config = Config.builder().source(other.sslMode("verify-ca")).build()) {
      assertEquals("1", config.get("a").asString());
    }
  }

  @Test
  void certificate_thatTheServerAsksFor_isShown(@TempDir Path folder) throws Exception {
    Path rules = SERVER.server().data().resolve("pg_hba.conf");
    String before = Files.readString(rules);
    Files.writeString(
        rules,
        before.replace("scram-sha-256", "scram-sha-256 clientcert=verify-ca"),
        StandardOpenOption.TRUNCATE_EXISTING);
    SERVER.server().restart();
    try {
      PostgresSource source =
          db.source().sslMode("verify-full").rootCertificate(certificates.authority());
      failsToStart(source);
      PostgresSource shown =
          source.clientCertificate(
              certificates.clientCertificate(), certificates.clientKey(), null);
      try (Config config = Config.builder().source(shown).build()) {
        assertEquals("1", config.get("a").asString());
      }
      PostgresSource stored =
          source.clientCertificate(null, storeOfTheDriver(folder), certificates.storePassword());
      try (Config config = Config.builder().source(stored).build()) {
        assertEquals("1", config.get("a").asString());
      }
    } finally {
      Files.writeString(rules, before);
      SERVER.server().restart();
    }
  }

  /** The driver looks for a key of the name {@code user}. */
  private Path storeOfTheDriver(Path folder) throws Exception {
    char[] password = certificates.storePassword().toCharArray();
    KeyStore made = KeyStore.getInstance(certificates.clientStore().toFile(), password);
    KeyStore named = KeyStore.getInstance("PKCS12");
    named.load(null, null);
    named.setKeyEntry(
        "user", made.getKey("client", password), password, made.getCertificateChain("client"));
    Path file = folder.resolve("user.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      named.store(out, password);
    }
    return file;
  }

  @Test
  void connection_thatLeadsNowhere_isClosedWithTlsToo() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address())) {
      PostgresSource source =
          db.source(proxy.address())
              .sslMode("verify-full")
              .rootCertificate(certificates.authority());
      try (Config config = Config.builder().source(source).build()) {
        assertEquals("1", config.get("a").asString());
        proxy.halfOpen();
      }
      proxy.heal();
      Await.that(() -> "open: " + proxy.open(), () -> proxy.open() == 0);
    }
  }
}
