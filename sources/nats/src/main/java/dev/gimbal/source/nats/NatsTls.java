package dev.gimbal.source.nats;

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
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates to trust and to show. */
final class NatsTls {

  private static final String PEM = "-----BEGIN CERTIFICATE-----";

  private NatsTls() {}

  /**
   * @throws ConfigException GIM-012 when a store cannot be read
   */
  static SSLContext context(
      String source,
      @Nullable Path trustStore,
      @Nullable String trustPassword,
      @Nullable Path keyStore,
      @Nullable String keyPassword) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyStore == null ? null : keys(source, keyStore, keyPassword),
          trustStore == null ? null : trust(source, trustStore, trustPassword),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw failure(source, "its certificates", String.valueOf(e.getMessage()), e);
    }
  }

  private static TrustManager[] trust(String source, Path file, @Nullable String password)
      throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(source, file, password));
    return trust.getTrustManagers();
  }

  private static KeyManager[] keys(String source, Path file, @Nullable String password)
      throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(source, file, password), password == null ? null : password.toCharArray());
    return keys.getKeyManagers();
  }

  private static KeyStore load(String source, Path file, @Nullable String password)
      throws GeneralSecurityException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM)
          ? pem(bytes)
          : KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
    } catch (NoSuchFileException e) {
      throw failure(source, file.toString(), "there is no such file", e);
    } catch (KeyStoreException e) {
      throw failure(source, file.toString(), "it is no key store of PKCS12 or JKS", e);
    } catch (CertificateException e) {
      throw failure(source, file.toString(), "it is no list of certificates in PEM", e);
    } catch (IOException e) {
      throw failure(source, file.toString(), String.valueOf(e.getMessage()), e);
    }
  }

  private static KeyStore pem(byte[] bytes) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    for (Certificate found : certificates.generateCertificates(new ByteArrayInputStream(bytes))) {
      store.setCertificateEntry(Integer.toString(store.size()), found);
    }
    return store;
  }

  private static ConfigException failure(
      String source, String what, String reason, Exception cause) {
    Problem problem =
        Problem.at(
            ErrorCode.SOURCE_FAILED,
            new Origin(source, what, 0, 0),
            "the certificates cannot be read: " + reason);
    return new ConfigException(List.of(problem), cause);
  }
}
