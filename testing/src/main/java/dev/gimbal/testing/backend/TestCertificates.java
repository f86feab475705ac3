package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate authority of a test's own, and what it has signed: a certificate for a server, good
 * for 127.0.0.1, ::1 and localhost, and one for a client. All are files in one folder; they are
 * good for 30 days. They are made by {@code openssl}, from the Debian package of that name.
 *
 * <p>Safe for use by many threads: nothing changes once it is made.
 *
 * @since 0.1.0
 */
public final class TestCertificates {

  /** Of the stores and of the keys in them. */
  private static final String PASSWORD = "changeit";

  private static final String DAYS = "30";

  private static final List<String> NEW_KEY =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes all of them.
   *
   * @param folder an empty one
   * @throws AssertionError when openssl is missing or fails
   * @throws IOException when a file cannot be written
   */
  public static TestCertificates create(Path folder) throws IOException {
    TestCertificates made = new TestCertificates(folder.toAbsolutePath());
    made.makeAuthority();
    made.makeSigned("server", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1");
    made.makeSigned("client", "subjectAltName=DNS:client");
    try {
      made.makeStores();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("what openssl made cannot be read", e);
    }
    return made;
  }

  private void makeAuthority() {
    List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-days", DAYS));
    arguments.addAll(NEW_KEY);
    arguments.addAll(List.of("-subj", "/CN=gimbal-test-ca", "-keyout", "ca.key", "-out", "ca.pem"));
    openssl(arguments);
  }

  /** A server shows its certificate as a client too, where it is one of a cluster. */
  private void makeSigned(String name, String names) throws IOException {
    List<String> request = new ArrayList<>(List.of("req"));
    request.addAll(NEW_KEY);
    request.addAll(
        List.of("-subj", "/CN=" + name, "-keyout", name + ".key", "-out", name + ".csr"));
    openssl(request);
    Path extensions = folder.resolve(name + ".ext");
    Files.writeString(extensions, names + "\nextendedKeyUsage=serverAuth,clientAuth\n");
    List<String> signing = new ArrayList<>(List.of("x509", "-req", "-days", DAYS));
    signing.addAll(List.of("-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key"));
    signing.addAll(List.of("-CAcreateserial", "-extfile", name + ".ext", "-out", name + ".pem"));
    openssl(signing);
  }

  private void openssl(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Programs.find("openssl", "openssl")));
    command.addAll(arguments);
    Programs.run(folder, Map.of(), command);
  }

  private void makeStores() throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", certificate(authority()));
    store(trust, trustStore());
    KeyStore client = KeyStore.getInstance("PKCS12");
    client.load(null, null);
    Certificate[] chain = {certificate(clientCertificate()), certificate(authority())};
    client.setKeyEntry("client", key(clientKey()), PASSWORD.toCharArray(), chain);
    store(client, clientStore());
  }

  private static void store(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    byte[] encoded = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** The certificate of the authority, PEM. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** The server's certificate, PEM. */
  public Path serverCertificate() {
    return folder.resolve("server.pem");
  }

  /** The server's key, PKCS#8 as PEM, without a password. */
  public Path serverKey() {
    return folder.resolve("server.key");
  }

  /** The client's certificate, PEM. */
  public Path clientCertificate() {
    return folder.resolve("client.pem");
  }

  /** The client's key, PKCS#8 as PEM, without a password. */
  public Path clientKey() {
    return folder.resolve("client.key");
  }

  /** A PKCS12 store that trusts the authority. */
  public Path trustStore() {
    return folder.resolve("trust.p12");
  }

  /** A PKCS12 store with the client's key and certificate. */
  public Path clientStore() {
    return folder.resolve("client.p12");
  }

  /** The password of both stores, and of the key in one. */
  public String storePassword() {
    return PASSWORD;
  }
}
