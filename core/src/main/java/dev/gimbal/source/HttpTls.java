package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates from key stores in files. */
final class HttpTls {

  private static final String PEM = "-----BEGIN CERTIFICATE-----";

  private HttpTls() {}

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
      TrustManagerFactory trust = null;
      if (trustStore != null) {
        trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = pem(source, trustStore);
        trust.init(certificates == null ? load(source, trustStore, trustPassword) : certificates);
      }
      KeyManagerFactory keys = null;
      if (keyStore != null) {
        keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = keyPassword == null ? null : keyPassword.toCharArray();
        keys.init(load(source, keyStore, keyPassword), password);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? null : keys.getKeyManagers(),
          trust == null ? null : trust.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw failure(source, "its certificates", e);
    }
  }

  private static KeyStore load(String source, Path file, @Nullable String password)
      throws GeneralSecurityException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class); // says what is wrong with it
      return KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
    } catch (IOException e) {
      throw failure(source, file.toString(), e);
    } catch (KeyStoreException e) {
      throw failure(
          source, file.toString(), new IOException("it is no key store of PKCS12 or JKS", e));
    }
  }

  /** The certificates in a file that holds them as text; null if it is something else. */
  private static @Nullable KeyStore pem(String source, Path file) throws GeneralSecurityException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM)) {
        return null;
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      for (Certificate found : certificates.generateCertificates(new ByteArrayInputStream(bytes))) {
        store.setCertificateEntry(Integer.toString(store.size()), found);
      }
      return store;
    } catch (IOException e) {
      throw failure(source, file.toString(), e);
    } catch (CertificateException e) {
      throw failure(
          source, file.toString(), new IOException("it is no list of certificates in PEM", e));
    }
  }

  private static ConfigException failure(String source, String what, Exception e) {
    String reason = e instanceof IOException io ? SourceErrors.reason(io) : e.getMessage();
    Problem problem =
        Problem.at(
            ErrorCode.SOURCE_FAILED,
            new Origin(source, what, 0, 0),
            "the certificates cannot be read: " + reason);
    return new ConfigException(List.of(problem), e);
  }
}
