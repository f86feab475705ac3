package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.Verdict;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import dev.gimbal.testing.backend.TestCertificates;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthUserChangePasswordRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins, permissions and certificates, on a server that asks for all of them. */
class EtcdAccessTest {

  private static final String PASSWORD = "hunter3hunter3";

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD =
      BackendExtension.of(() -> EtcdServer.single().withTls().withRootPassword(PASSWORD));

  private static String ctl(String... arguments) {
    return ETCD.server().ctl(arguments);
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
  @Tag("D58")
  void server_thatIsNotTrusted_orAsksForACertificate_orForTls_isNotRead()
      throws InterruptedException {
    reason("certification path", withoutTls().tls().login("root", PASSWORD));
    TestCertificates own = certificates();
    reason("certificate", withoutTls().tls(own.authority(), null, null).login("root", PASSWORD));
    reason("Network closed|reset", withoutTls().login("root", PASSWORD));
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

  private static String reason(EtcdSource source) throws InterruptedException {
    return reason(".", source);
  }

  /**
   * Why a source is down; everything that is said of it shows no password.
   *
   * @param part what it says at last: a connection that the server ends may be gone before what it
   *     said was read
   */
  private static String reason(String part, EtcdSource source) throws InterruptedException {
    Pattern pattern = Pattern.compile(part);
    try (Config config = Config.builder().source(source.optional()).build()) {
      AtomicReference<ConfigException> why = new AtomicReference<>();
      Waiting.until(
          part,
          () -> {
            why.set(config.status().source("etcd").reason());
            String message = why.get() == null ? "" : why.get().problems().get(0).message();
            return pattern.matcher(message).find() ? part : message;
          });
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
  @Tag("D55")
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

  /** The server refuses the transaction, and is gone before it is told anew who writes. */
  @Test
  void edit_whoseLoginIsForgotten_andNotMadeAgain_leavesNoDoubt() throws Exception {
    ctl("put", "/app/port", "80");
    ctl("user", "add", "editor:hunter8");
    ctl("user", "grant-role", "editor", "root");
    AtomicBoolean forgotten = new AtomicBoolean();
    try (TcpProxy proxy = TcpProxy.to(ETCD.server().address())) {
      EtcdSource source =
          sourceAt(
              "127.0.0.1:" + proxy.port(),
              "editor",
              () -> {
                if (forgotten.get()) {
                  proxy.refuse();
                }
                return "hunter8";
              });
      Config.Builder builder =
          Config.builder()
              .source(source)
              .validator(
                  "forgets",
                  candidate -> {
                    if (candidate.get("mine").exists()) {
                      forgetLogins("editor", "hunter8");
                      forgotten.set(true);
                    }
                    return Verdict.accept();
                  });
      try (Config config = builder.build()) {
        ConfigException failed =
            assertThrows(
                ConfigException.class, () -> config.edit("etcd", edit -> edit.set("mine", "1")));
        String why = failed.problems().get(0).message();
        assertTrue(why.startsWith("it cannot be reached: 127.0.0.1:"), why);
        assertFalse(why.contains("may be written"), why);
        assertEquals("", ctl("get", "/app/mine"));
      }
    }
  }

  /** A source that gives up when it is refused is found: at the first time that it is right. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "GIVES_UP"})
  @Tag("G7")
  void password_wrongThenRight_andBothAgain_isToldEachTime_andTheLayerStays(BuggySource.Bug bug)
      throws Exception {
    ctl("put", "/app/port", "80");
    String user = "rotated-" + bug;
    ctl("user", "add", user + ":hunter6");
    ctl("user", "grant-role", user, "root");
    try (TcpProxy proxy = TcpProxy.to(ETCD.server().address())) {
      Source source = new BuggySource(sourceAt("127.0.0.1:" + proxy.port(), user, "hunter7"), bug);
      try (Config config = Config.builder().source(source.optional()).build()) {
        awaitRefused(SourceStatus.State.DOWN, config);
        assertFalse(config.get("port").exists());
        changePassword(user, "hunter7");
        if (bug != BuggySource.Bug.NONE) {
          assertThrows(AssertionError.class, () -> awaitCurrent("80", config));
          return;
        }
        awaitCurrent("80", config);
        changePassword(user, "hunter6");
        proxy.cut(); // for a watch that stands goes on
        awaitRefused(SourceStatus.State.DEGRADED, config);
        ctl("put", "/app/port", "81");
        assertEquals("80", config.get("port").asString());
        changePassword(user, "hunter7");
        awaitCurrent("81", config);
      }
    }
  }

  private static EtcdSource sourceAt(String place, String user, String password) {
    return sourceAt(place, user, () -> password);
  }

  private static EtcdSource sourceAt(String place, String user, Supplier<String> password) {
    TestCertificates own = certificates();
    return EtcdSource.tree("/app", place)
        .name("etcd")
        .tls(own.authority(), own.clientCertificate(), own.clientKey())
        .login(user, password);
  }

  private static void awaitRefused(SourceStatus.State state, Config config)
      throws InterruptedException {
    Waiting.until(
        true,
        () -> {
          ConfigException why = config.status().source("etcd").reason();
          return why != null
              && why.problems().get(0).message().contains("invalid user ID or password");
        });
    assertEquals(state, config.status().source("etcd").state());
  }

  /** In no more than the time that is promised: five seconds, of which the wait takes two. */
  private static void awaitCurrent(String port, Config config) throws InterruptedException {
    Duration promised = Duration.ofSeconds(5);
    Waiting.until(port, () -> config.get("port").asString(""), promised);
    Waiting.until(SourceStatus.State.OK, () -> config.status().source("etcd").state());
  }

  /** Nothing is asked in between, so the login is stale when the lease is given back. */
  @Test
  void lease_isGivenBack_alsoWhereTheServerForgotTheLogin() throws Exception {
    ctl("user", "add", "tenant:hunter5");
    EtcdSource source = source().login("tenant", "hunter5");
    EtcdOptions options = source.options();
    EtcdThreads threads = new EtcdThreads("etcd", PlainSink.TASKS);
    try (EtcdConnection connection =
        EtcdConnection.open(options, options.endpoints().get(0), threads)) {
      connection.login(options.times().connect());
      EtcdLease lease = new EtcdLease(options, Duration.ofMinutes(5), PlainSink.TASKS);
      assertTrue(lease.id(connection) != 0);
      forgetLogins("tenant", "hunter5");
      lease.close();
      assertEquals("found 0 leases\n", ETCD.server().ctl("lease", "list"));
    } finally {
      threads.close();
    }
  }

  private static void forgetLogins(String user, String password) {
    try {
      changePassword(user, password); // to the same
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void changePassword(String user, String password) throws Exception {
    EtcdOptions options = source().login("root", PASSWORD).options();
    EtcdThreads threads = new EtcdThreads("etcd", PlainSink.TASKS);
    try (EtcdConnection connection =
        EtcdConnection.open(options, options.endpoints().get(0), threads)) {
      connection.login(options.times().connect());
      connection.call(
          AuthGrpc.getUserChangePasswordMethod(),
          AuthUserChangePasswordRequest.newBuilder().setName(user).setPassword(password).build(),
          options.times().whole());
    } finally {
      threads.close();
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
