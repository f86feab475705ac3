package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates from key stores in files. */
final class HttpTls {

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
        trust.init(load(source, trustStore, trustPassword));
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
