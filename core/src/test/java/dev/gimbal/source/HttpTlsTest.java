package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes with a server of TLS: whom the source trusts, and what it shows. */
@Timeout(120)
class HttpTlsTest {

  private static final String PASSWORD = TlsServer.PASSWORD;

  @TempDir static Path folder;

  private static Path server;
  private static Path client;
  private static Path trustsServer;
  private static Path trustsClient;

  private final RealTasks tasks = new RealTasks();
  private final RecordingSink sink = new RecordingSink(tasks);
  private Session session;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = folder.resolve("server.p12");
    client = folder.resolve("client.p12");
    TlsServer.identity(server, "server", "ip:127.0.0.1");
    TlsServer.identity(client, "client", "dns:client");
    trustsServer = trusting(server, "server");
    trustsClient = trusting(client, "client");
  }

  /** A store with the certificate of another one. */
  private static Path trusting(Path identity, String name)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, TlsServer.store(identity).getCertificate(name));
    Path file = folder.resolve("trusts-" + name + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  @AfterEach
  void end() {
    if (session != null) {
      session.close();
    }
    tasks.close();
  }

  private void open(Source source) {
    session = source.open(sink);
  }

  private static HttpSource source(URI uri) {
    return new HttpSource(uri).poll(Duration.ofMillis(50));
  }

  /**
   * @param problem what is told, as a regular expression, without the alert that newer JDKs name
   */
  private void assertRefused(String problem) throws InterruptedException {
    sink.await("failed GIM-012");
    String told = sink.problem().problems().get(0).message();
    assertTrue(told.replaceFirst(" \\([a-z_]+\\)", "").matches(problem), told);
    assertEquals(List.of(), sink.log().stream().filter(e -> e.startsWith("document")).toList());
  }

  @Test
  void serverThatTheTrustStoreHas_isRead() throws Exception {
    try (TlsServer of = new TlsServer(server, trustsClient, false)) {
      open(source(of.uri("127.0.0.1")).tls(trustsServer, PASSWORD, null, null));
      sink.await("document {a=1}");
    }
  }

  @Test
  void serverThatCertificatesInPemName_isRead() throws Exception {
    byte[] certificate = TlsServer.store(server).getCertificate("server").getEncoded();
    String lines = Base64.getMimeEncoder().encodeToString(certificate);
    Path pem = folder.resolve("server.pem");
    String one = "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    Files.writeString(pem, "The server\n" + one + one);
    try (TlsServer of = new TlsServer(server, trustsClient, false)) {
      open(source(of.uri("127.0.0.1")).tls(pem, null, null, null));
      sink.await("document {a=1}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-----BEGIN CERTIFICATE-----x, it is no list of certificates in PEM",
    "-----BEGIN PRIVATE KEY-----, it is no key store of PKCS12 or JKS"
  })
  void trustStoreThatIsNone_isNamed(String text, String reason) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.pem"), text);
    open(source(URI.create("https://127.0.0.1:9/")).tls(file, null, null, null));
    sink.await("failed GIM-012");
    Problem problem = sink.problem().problems().get(0);
    assertEquals("the certificates cannot be read: " + reason, problem.message());
    assertEquals(file.toString(), Objects.requireNonNull(problem.origin()).document());
  }

  @Test
  @Tag("D58")
  void serverThatNobodyTrusts_isRefused() throws Exception {
    try (TlsServer of = new TlsServer(server, trustsClient, false)) {
      open(source(of.uri("127.0.0.1")));
      assertRefused(
          "there is no TLS connection: nobody who is trusted has signed the server's certificate"
              + " \\(trustStore says whom to trust\\)");
      assertNotNull(of.refusals.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void certificateForAnotherHost_isRefused() throws Exception {
    try (TlsServer of = new TlsServer(server, trustsClient, false)) {
      open(source(of.uri("localhost")).tls(trustsServer, PASSWORD, null, null));
      assertRefused("there is no TLS connection: No name matching localhost found");
    }
  }

  @Test
  void serverThatAsksWhoConnects_isShownTheCertificate() throws Exception {
    try (TlsServer of = new TlsServer(server, trustsClient, true)) {
      open(source(of.uri("127.0.0.1")).tls(trustsServer, PASSWORD, client, PASSWORD));
      sink.await("document {a=1}");
    }
  }

  @Test
  void serverThatAsksWhoConnects_refusesWhoShowsNothing() throws Exception {
    try (TlsServer of = new TlsServer(server, trustsClient, true)) {
      open(source(of.uri("127.0.0.1")).tls(trustsServer, PASSWORD, null, null));
      assertRefused(
          "there is no TLS connection: Received fatal alert: (bad_certificate|certificate_required)");
      assertNotNull(of.refusals.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void storesInTheText_areUsed() throws Exception {
    try (TlsServer of = new TlsServer(server, trustsClient, true)) {
      String spec =
          of.uri("127.0.0.1")
              + ("?poll=50ms&trustStore=" + trustsServer + "&trustStorePassword=" + PASSWORD)
              + ("&keyStore=" + client + "&keyStorePassword=" + PASSWORD);
      open(SourceResolver.installed(List.of()).create(spec));
      sink.await("document {a=1}");
    }
  }

  @Test
  void passwordThatIsWrong_isToldInWords() throws Exception {
    open(source(URI.create("https://127.0.0.1:1/a")).tls(trustsServer, "wrong", null, null));
    assertRefused("the certificates cannot be read: keystore password was incorrect");
  }
}
