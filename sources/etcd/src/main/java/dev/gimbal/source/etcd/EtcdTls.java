package dev.gimbal.source.etcd;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys from files, which are read at each connecting, so that new ones count.
 *
 * @param source whose they are, for messages
 */
record EtcdTls(String source) {

  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String HOW = " (openssl pkcs8 -topk8 -nocrypt makes one)";
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  /** The work on one file. */
  @FunctionalInterface
  private interface Reading<T extends @Nullable Object> {
    T read() throws IOException, GeneralSecurityException;
  }

  /**
   * From key stores of PKCS12 or JKS.
   *
   * @param trust whom to trust, also PEM; null for whom the JVM trusts
   * @param keys what to show, or null for nothing
   * @throws ConfigException GIM-012 when one cannot be read
   */
  SSLContext stores(
      @Nullable Path trust,
      @Nullable String trustPassword,
      @Nullable Path keys,
      @Nullable String keyPassword) {
    KeyStore trusted = trust == null ? null : of(trust, () -> trusted(trust, trustPassword));
    char[] password = keyPassword == null ? null : keyPassword.toCharArray();
    KeyStore shown = keys == null ? null : of(keys, () -> load(keys, keyPassword));
    return of(keys == null ? trust : keys, () -> context(trusted, shown, password));
  }

  /**
   * From PEM.
   *
   * @param authority whom to trust; null for whom the JVM trusts
   * @param certificate what to show, with its chain, or null for nothing
   * @param key of that certificate, PKCS#8 without a password
   * @throws ConfigException GIM-012 when one cannot be read
   */
  SSLContext pem(@Nullable Path authority, @Nullable Path certificate, @Nullable Path key) {
    KeyStore trusted = authority == null ? null : of(authority, () -> trusted(authority, null));
    char[] none = new char[0];
    KeyStore shown = null;
    if (certificate != null && key != null) {
      Collection<? extends Certificate> chain = of(certificate, () -> certificates(certificate));
      PrivateKey secret = of(key, () -> key(key));
      shown =
          of(
              certificate,
              () -> {
                KeyStore store = empty();
                store.setKeyEntry("client", secret, none, chain.toArray(new Certificate[0]));
                return store;
              });
    }
    KeyStore found = shown;
    return of(authority, () -> context(trusted, found, none));
  }

  private <T> T of(@Nullable Path file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (NoSuchFileException e) {
      throw failure(file, "there is no such file", e);
    } catch (IOException | GeneralSecurityException e) {
      String message = e.getMessage();
      throw failure(file, message == null ? e.getClass().getSimpleName() : message, e);
    }
  }

  private ConfigException failure(@Nullable Path file, String reason, Exception cause) {
    Origin origin = new Origin(source, file == null ? "TLS" : file.toString(), 0, 0);
    String message = "the certificates cannot be read: " + reason;
    return new ConfigException(
        List.of(Problem.at(ErrorCode.SOURCE_FAILED, origin, message)), cause);
  }

  private static SSLContext context(
      @Nullable KeyStore trusted, @Nullable KeyStore shown, char @Nullable [] password)
      throws GeneralSecurityException {
    TrustManager[] trust = null;
    if (trusted != null) {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      trust = factory.getTrustManagers();
    }
    KeyManager[] keys = null;
    if (shown != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(shown, password);
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static KeyStore load(Path file, @Nullable String password)
      throws IOException, GeneralSecurityException {
    try {
      Files.size(file); // says what is wrong with it
      return KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
    } catch (KeyStoreException e) {
      throw new IOException("it is no key store of PKCS12 or JKS", e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static KeyStore trusted(Path file, @Nullable String password)
      throws IOException, GeneralSecurityException {
    if (password != null || !text(file).contains(CERTIFICATE)) {
      return load(file, password);
    }
    KeyStore store = empty();
    for (Certificate found : certificates(file)) {
      store.setCertificateEntry(Integer.toString(store.size()), found);
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(file);
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes));
    if (found.isEmpty()) {
      throw new IOException("it holds no certificate in PEM");
    }
    return found;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = text(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      boolean encrypted = text.contains("ENCRYPTED");
      boolean other = text.contains("PRIVATE KEY-----");
      String what = other ? "it is a key, but not of PKCS#8" : "it is no key of PKCS#8 in PEM";
      throw new IOException((encrypted ? "it is a key with a password" : what) + HOW);
    }
    byte[] encoded = decoded(text.substring(begin + BEGIN.length(), end));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // perhaps of the next algorithm
      }
    }
    throw new IOException("it is a key of none of " + String.join(", ", ALGORITHMS));
  }

  private static byte[] decoded(String base64) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no whole key", e);
    }
  }
}
