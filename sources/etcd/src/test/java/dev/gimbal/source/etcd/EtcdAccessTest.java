package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Logins, permissions and certificates, on a server that asks for all of them. */
class EtcdAccessTest {

  private static final String PASSWORD = "hunter3hunter3";

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD =
      BackendExtension.of(() -> EtcdServer.single().withTls().withRootPassword(PASSWORD));

  private static void ctl(String... arguments) {
    ETCD.server().ctl(arguments);
  }

  private static TestCertificates certificates() {
    return ETCD.server().certificates();
  }

  private static String endpoint() {
    return "127.0.0.1:" + ETCD.server().address().getPort();
  }

  private static EtcdSource withoutTls() {
    return EtcdSource.tree("/app", endpoint()).name("etcd");
  }

  private static EtcdSource source() {
    TestCertificates own = certificates();
    return withoutTls().tls(own.authority(), own.clientCertificate(), own.clientKey());
  }

  private static void reads(EtcdSource source) {
    ctl("put", "/app/port", "80");
    try (Config config = Config.builder().source(source).build()) {
      assertEquals("80", config.get("port").asString());
    }
  }

  @Test
  void certificates_ofPemAndOfKeyStores_areTaken() {
    TestCertificates own = certificates();
    reads(source().login("root", PASSWORD));
    String password = own.storePassword();
    reads(
        withoutTls()
            .tls(own.trustStore(), password, own.clientStore(), password)
            .login("root", PASSWORD));
    reads(
        withoutTls()
            .tls(own.authority(), null, own.clientStore(), password)
            .login("root", PASSWORD));
  }

  @Test
  void uri_namesCertificatesToo() {
    TestCertificates own = certificates();
    String uri =
        "etcd://root:%s@%s/app?caCert=%s&clientCert=%s&clientKey=%s"
            .formatted(
                PASSWORD, endpoint(), own.authority(), own.clientCertificate(), own.clientKey());
    ctl("put", "/app/port", "80");
    try (Config config = Config.builder().source(uri).build()) {
      assertEquals("80", config.get("port").asString());
    }
  }

  @Test
  void server_thatIsNotTrusted_orAsksForACertificate_orForTls_isNotRead()
      throws InterruptedException {
    String certificate = reason(withoutTls().tls().login("root", PASSWORD));
    assertTrue(certificate.contains("certification path"), certificate);
    TestCertificates own = certificates();
    reason(withoutTls().tls(own.authority(), null, null).login("root", PASSWORD));
    reason(withoutTls().login("root", PASSWORD));
  }

  @Test
  void clientKey_thatIsNotPkcs8_isNamed(@TempDir Path folder)
      throws IOException, InterruptedException {
    TestCertificates own = certificates();
    Path key = folder.resolve("client.key");
    Files.writeString(
        key,
        Files.readString(own.clientKey())
            .replace("BEGIN PRIVATE KEY", "BEGIN EC PRIVATE KEY")
            .replace("END PRIVATE KEY", "END EC PRIVATE KEY"));
    assertEquals(
        "the certificates cannot be read: it is a key, but not of PKCS#8"
            + " (openssl pkcs8 -topk8 -nocrypt makes one)",
        reason(withoutTls().tls(own.authority(), own.clientCertificate(), key)));
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAAA\n-----END PRIVATE KEY-----\n");
    assertEquals(
        "the certificates cannot be read: it is no whole key",
        reason(withoutTls().tls(own.authority(), own.clientCertificate(), key)));
    assertEquals(
        "the certificates cannot be read: there is no such file",
        reason(withoutTls().tls(folder.resolve("none.pem"), null, null)));
  }

  /** Why a source is down; everything that is said of it shows no password. */
  private static String reason(EtcdSource source) throws InterruptedException {
    try (Config config = Config.builder().source(source.optional()).build()) {
      Supplier<ConfigException> why = () -> config.status().source("etcd").reason();
      Waiting.until(true, () -> why.get() != null);
      ConfigException found = Objects.requireNonNull(why.get());
      assertEquals(ErrorCode.SOURCE_FAILED, found.code());
      StringWriter trace = new StringWriter();
      found.printStackTrace(new PrintWriter(trace));
      assertFalse(trace.toString().contains("hunter"), trace::toString);
      return found.problems().get(0).message();
    }
  }

  @Test
  void login_thatIsWrong_isToldByStatus_andServesOnceItIsRight() throws InterruptedException {
    ctl("put", "/app/port", "80");
    AtomicReference<String> password = new AtomicReference<>("hunter2");
    EtcdSource source = source().login("root", password::get);
    try (Config config = Config.builder().source(source.optional()).build()) {
      Supplier<ConfigException> why = () -> config.status().source("etcd").reason();
      Waiting.until(true, () -> why.get() != null);
      String message = Objects.requireNonNull(why.get()).problems().get(0).message();
      assertEquals(
          endpoint()
              + " refuses it: etcdserver: authentication failed, invalid user ID or password",
          message);
      password.set(PASSWORD);
      Waiting.until("80", () -> config.get("port").asString(""));
      assertEquals(SourceStatus.State.OK, config.status().source("etcd").state());
    }
  }

  @Test
  void login_thatTheServerForgot_isMadeAgain() throws InterruptedException {
    ctl("put", "/app/port", "80");
    EtcdSource source = source().login("root", PASSWORD);
    try (Config config = Config.builder().source(source).build()) {
      ETCD.server().kill();
      ETCD.server().start(); // which knows no token of before
      Waiting.until(SourceStatus.State.OK, () -> config.status().source("etcd").state());
      config.edit("etcd", edit -> edit.set("port", "81"));
      ctl("put", "/app/host", "here");
      Waiting.until("here", () -> config.get("host").asString(""));
      assertEquals("81", config.get("port").asString());
    }
  }

  @Test
  @Tag("G7")
  void role_thatMayReadThePrefixOnly_isEnough_andWhatIsTakenAwayIsTold()
      throws InterruptedException {
    ctl("put", "/app/port", "80");
    ctl("user", "add", "reader:hunter4");
    ctl("role", "add", "reader");
    ctl("role", "grant-permission", "reader", "read", "/app/", "--prefix");
    ctl("user", "grant-role", "reader", "reader");
    EtcdSource source = source().login("reader", "hunter4");
    try (Config config = Config.builder().source(source).build()) {
      ctl("put", "/app/port", "81");
      Waiting.until("81", () -> config.get("port").asString());
      ConfigException refused =
          assertThrows(
              ConfigException.class, () -> config.edit("etcd", edit -> edit.set("port", "82")));
      assertEquals(ErrorCode.SOURCE_FAILED, refused.code());
      assertTrue(
          String.valueOf(refused.getMessage()).contains("permission denied"), refused::getMessage);
      ctl("user", "revoke-role", "reader", "reader");
      assertThrows(ConfigException.class, config::reload);
      assertEquals("81", config.get("port").asString());
      ctl("user", "grant-role", "reader", "reader");
      ctl("put", "/app/port", "83");
      Waiting.until("83", () -> config.get("port").asString());
    }
  }
}
