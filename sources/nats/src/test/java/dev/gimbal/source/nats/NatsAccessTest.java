package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import dev.gimbal.testing.backend.TestCertificates;
import io.nats.client.Options;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Who may come in, and what is shown of it. */
class NatsAccessTest {

  private static final String PASSWORD = "xyzzy4711";

  @TempDir private Path folder;

  private static NatsSource tree(NatsServer server, Bucketful bucket) {
    return NatsSource.tree(at(server), bucket.name(), "").name("nats");
  }

  private static String at(NatsServer server) {
    return "127.0.0.1:" + server.address().getPort();
  }

  private static Config config(Source source) {
    return Config.builder().source(source).build();
  }

  private static String reason(Config config) {
    ConfigException why = config.status().source("nats").reason();
    return why == null ? "" : why.problems().get(0).message();
  }

  /** Why there is nothing. */
  private static String refusal(NatsSource source) {
    try (Config config = config(source.name("nats").optional())) {
      assertEquals(SourceStatus.State.DOWN, config.status().source("nats").state());
      assertEquals(-1, config.status().toString().indexOf(PASSWORD));
      return reason(config);
    }
  }

  private static void assertSays(String expected, String found) {
    assertTrue(found.contains(expected), found);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("gimbal nats "))
        .toList();
  }

  private static Bucketful bucket(NatsServer server, String password) throws Exception {
    return Bucketful.create(Bucketful.options(server.address()).userInfo("app", password));
  }

  @Test
  @Tag("G7")
  @Tag("G11")
  void wrongPassword_thenRight_isLetIn(TestReporter reporter) throws Exception {
    try (NatsServer other = NatsServer.open().withUser("app", "another");
        NatsServer right = NatsServer.open().withUser("app", PASSWORD)) {
      other.start();
      right.start();
      try (Bucketful bucket = bucket(right, PASSWORD);
          TcpProxy proxy = TcpProxy.to(other.address())) {
        bucket.put("a", "1");
        NatsSource source =
            NatsSource.tree("127.0.0.1:" + proxy.port(), bucket.name(), "")
                .name("nats")
                .user("app", PASSWORD);
        try (Config config = config(source.optional())) {
          assertSays("the server does not let it in", reason(config));
          assertEquals(SourceStatus.State.DOWN, config.status().source("nats").state());
          assertEquals(-1, config.status().toString().indexOf(PASSWORD));
          proxy.retarget(right.address());
          Awaiting.value(config, "a", "1");
          bucket.put("a", "2");
          Awaiting.value(config, "a", "2");
          proxy.retarget(other.address());
          proxy.cut();
          Awaiting.equal(SourceStatus.State.DEGRADED, () -> config.status().source("nats").state());
          assertEquals("2", config.get("a").asString());
          bucket.put("a", "3");
          proxy.retarget(right.address());
          reporter.publishEntry(
              "newest key after it is let in again",
              Awaiting.equal("3", () -> config.get("a").asString()) + " ms");
          Awaiting.equal(SourceStatus.State.OK, () -> config.status().source("nats").state());
        }
        Awaiting.equal(0, proxy::open);
        Awaiting.equal(List.of(), NatsAccessTest::threads);
      }
    }
  }

  @Test
  void token_isShown() throws Exception {
    try (NatsServer server = NatsServer.open().withToken(PASSWORD)) {
      server.start();
      Options.Builder other = Bucketful.options(server.address()).token(PASSWORD.toCharArray());
      try (Bucketful bucket = Bucketful.create(other)) {
        bucket.put("a", "1");
        try (Config config = config(tree(server, bucket).token(PASSWORD))) {
          assertEquals("1", config.get("a").asString());
        }
        String uri = "nats://" + PASSWORD + "@" + at(server) + "/" + bucket.name();
        try (Config config = Config.builder().source(uri).build()) {
          assertEquals("1", config.get("a").asString());
        }
        assertSays("does not let it in", refusal(tree(server, bucket).token("wrong")));
        assertSays("does not let it in", refusal(tree(server, bucket)));
      }
    }
  }

  @Test
  void nkey_signs() throws Exception {
    String users = "authorization { users = [ {nkey: " + NkeyTest.ID + "} ] }";
    try (NatsServer server = NatsServer.open().withSettings(users)) {
      server.start();
      Path file = folder.resolve("user.nk");
      Files.writeString(file, NkeyTest.SEED + "\n");
      NatsCredentials credentials = new NatsCredentials("test", file);
      Options.Builder other = Bucketful.options(server.address()).authHandler(credentials);
      try (Bucketful bucket = Bucketful.create(other)) {
        bucket.put("a", "1");
        try (Config config = config(tree(server, bucket).credentials(file))) {
          assertEquals("1", config.get("a").asString());
        }
        Files.writeString(file, "nothing\n");
        assertSays(
            "the credentials cannot be read: there is no seed of a user in it",
            refusal(tree(server, bucket).credentials(file)));
        assertSays(
            "there is no such file",
            refusal(tree(server, bucket).credentials(folder.resolve("none"))));
      }
    }
  }

  @Test
  void credentials_ofAUserWithAJwt_areShown() throws Exception {
    Jwt operator = new Jwt();
    try (NatsServer server = NatsServer.open().withSettings(operator.settings())) {
      server.start();
      Path file = folder.resolve("user.creds");
      Files.writeString(file, operator.credentials(NkeyTest.ID, NkeyTest.SEED));
      NatsCredentials credentials = new NatsCredentials("test", file);
      Options.Builder other = Bucketful.options(server.address()).authHandler(credentials);
      try (Bucketful bucket = Bucketful.create(other)) {
        bucket.put("a", "1");
        try (Config config = config(tree(server, bucket).credentials(file))) {
          assertEquals("1", config.get("a").asString());
        }
        Files.writeString(file, new Jwt().credentials(NkeyTest.ID, NkeyTest.SEED));
        assertSays("does not let it in", refusal(tree(server, bucket).credentials(file)));
      }
    }
  }

  @Test
  void readerOfAPrefix_needsNoMoreThanThePageSays() throws Exception {
    String users =
        """
        authorization { users = [
          {user: app, password: %s}
          {user: reader, password: r, permissions: {
            publish: [
              "$JS.API.STREAM.INFO.KV_perm"
              "$JS.API.CONSUMER.CREATE.KV_perm.*.$KV.perm.app.>"
              "$JS.API.CONSUMER.CREATE.KV_perm.*.$KV.perm.doc"
              "$JS.API.STREAM.MSG.GET.KV_perm"
            ]
            subscribe: ["_INBOX.>"]
          }}
        ] }
        """
            .formatted(PASSWORD);
    try (NatsServer server = NatsServer.open().withSettings(users)) {
      server.start();
      Options.Builder other = Bucketful.options(server.address()).userInfo("app", PASSWORD);
      try (Bucketful bucket = Bucketful.named(other, "perm")) {
        bucket.put("app.a", "1");
        bucket.put("doc", "{\"b\":1}");
        NatsSource tree = NatsSource.tree(at(server), "perm", "app").user("reader", "r");
        NatsSource document =
            NatsSource.document(at(server), "perm", "doc", "json").user("reader", "r");
        try (Config config = Config.builder().source(tree).source(document).build()) {
          bucket.put("app.a", "2");
          bucket.put("doc", "{\"b\":2}");
          Awaiting.value(config, "a", "2");
          Awaiting.value(config, "b", "2");
          config.reload();
        }
        assertSays(
            "Permissions Violation for Publish to \"$JS.API.CONSUMER.CREATE.KV_perm",
            refusal(NatsSource.tree(at(server), "perm", "").user("reader", "r")));
      }
    }
  }

  @Test
  void editOfWhoMayOnlyRead_isRefused_andTheWatchStays() throws Exception {
    String users =
        """
        authorization { users = [
          {user: app, password: %s}
          {user: reader, password: r, permissions: {
            publish: ["$JS.API.STREAM.INFO.KV_ro", "$JS.API.CONSUMER.CREATE.KV_ro.>"]
            subscribe: ["_INBOX.>"]
          }}
          {user: asker, password: a, permissions: {publish: {deny: "$KV.>"}}}
        ] }
        """
            .formatted(PASSWORD);
    try (NatsServer server = NatsServer.open().withSettings(users)) {
      server.start();
      Options.Builder other = Bucketful.options(server.address()).userInfo("app", PASSWORD);
      try (Bucketful bucket = Bucketful.named(other, "ro")) {
        bucket.put("authorization", "1");
        assertEditIsRefused(
            "$JS.API.STREAM.MSG.GET.KV_ro", tree(server, bucket).user("reader", "r"), bucket);
        assertEditIsRefused(
            "$KV.ro.authorization", tree(server, bucket).user("asker", "a"), bucket);
      }
    }
  }

  private static void assertEditIsRefused(String subject, NatsSource source, Bucketful bucket)
      throws Exception {
    try (Config config = config(source)) {
      Queue<SourceStatus.State> states = new ConcurrentLinkedQueue<>();
      config.onStatus(status -> states.add(status.state()));
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () -> config.edit("nats", edit -> edit.set("authorization", "2")));
      assertSays(
          "the server says: Permissions Violation for Publish to \"" + subject + "\"",
          refused.getMessage());
      bucket.put("b", subject);
      Awaiting.value(config, "b", subject);
      states.removeIf(state -> state == SourceStatus.State.OK);
      assertEquals(List.of(), List.copyOf(states));
    }
  }

  @Test
  void tls_showsAndChecksCertificates() throws Exception {
    try (NatsServer server = NatsServer.open().withTls()) {
      server.start();
      TestCertificates made = server.certificates();
      String password = made.storePassword();
      SSLContext context =
          NatsTls.context("t", made.trustStore(), password, made.clientStore(), password);
      Options.Builder other = Bucketful.options(server.address()).sslContext(context);
      try (Bucketful bucket = Bucketful.create(other)) {
        bucket.put("a", "1");
        NatsSource source = tree(server, bucket);
        NatsSource right = source.tls(made.authority(), null, made.clientStore(), password);
        try (Config config = config(right)) {
          assertEquals("1", config.get("a").asString());
        }
        try (Config config = config(source.tls(context))) {
          assertEquals("1", config.get("a").asString());
        }
        String uri =
            "tls://%s/%s?trustStore=%s&trustStorePassword=%s&keyStore=%s&keyStorePassword=%s"
                .formatted(
                    at(server),
                    bucket.name(),
                    made.trustStore(),
                    password,
                    made.clientStore(),
                    password);
        try (Config config = Config.builder().source(uri).build()) {
          assertEquals("1", config.get("a").asString());
        }
        assertSays("SSL required by server", refusal(source));
        assertSays(
            "unable to find valid certification path",
            refusal(source.tls(null, null, made.clientStore(), password)));
        assertSays(
            "cannot be reached",
            refusal(
                source
                    .tls(made.trustStore(), password, null, null)
                    .connectTimeout(Duration.ofMillis(500)))); // as the server says nothing
        assertSays(
            "the certificates cannot be read: there is no such file",
            refusal(source.tls(folder.resolve("none"), null, null, null)));
      }
    }
  }

  /** Notes whose certificate is looked for, and trusts nobody. */
  private static final class Doorman extends X509ExtendedTrustManager {
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      SSLSocket secure = (SSLSocket) socket;
      String check = secure.getSSLParameters().getEndpointIdentificationAlgorithm();
      hosts.add(check + " " + secure.getHandshakeSession().getPeerHost());
      throw new CertificateException("nobody is trusted");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void tls_looksForTheNameThatWasGiven() throws Exception {
    try (NatsServer server = NatsServer.open().withTls()) {
      server.start();
      Doorman doorman = new Doorman();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {doorman}, null);
      String at = "localhost:" + server.address().getPort();
      assertSays("nobody is trusted", refusal(NatsSource.tree(at, "b", "").tls(context)));
      assertEquals("HTTPS localhost", doorman.hosts.peek());
    }
  }

  @Test
  void plainServer_isRefusedWithTls() throws Exception {
    try (NatsServer server = NatsServer.open()) {
      server.start();
      NatsSource source = NatsSource.tree(at(server), "b", "").tls(null, null, null, null);
      assertSays("SSL connection wanted by client", refusal(source));
    }
  }

  @Test
  void sockets_checkTheHost() throws IOException, NoSuchAlgorithmException {
    SSLContext context = HostCheckingTls.of(SSLContext.getDefault());
    try (ServerSocket server = new ServerSocket(0);
        Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
        SSLSocket secure =
            (SSLSocket)
                context
                    .getSocketFactory()
                    .createSocket(plain, "localhost", server.getLocalPort(), true)) {
      assertEquals("HTTPS", secure.getSSLParameters().getEndpointIdentificationAlgorithm());
    }
  }
}
