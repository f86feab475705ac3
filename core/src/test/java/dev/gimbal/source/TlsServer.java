package dev.gimbal.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Answers each request on loopback over TLS, one at a time, and closes the connection. */
final class TlsServer implements AutoCloseable {

  static final String PASSWORD = "changeit";

  private final SSLServerSocket socket;
  private final Thread thread;

  /** Handshakes that failed. */
  final BlockingQueue<SSLException> refusals = new LinkedBlockingQueue<>();

  /**
   * @param needsClient whether it asks who connects, and lets only those in whom {@code trusted}
   *     has
   */
  TlsServer(Path identity, Path trusted, boolean needsClient)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(identity), PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(needsClient);
    thread = new Thread(this::serve, "tls-server");
    thread.start();
  }

  static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  /** A key pair with a certificate of its own for an address, made by the JDK's keytool. */
  static void identity(Path store, String name, String address)
      throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + address,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new AssertionError("keytool failed: " + said);
    }
  }

  URI uri(String host) {
    return URI.create("https://" + host + ":" + socket.getLocalPort() + "/app.lines");
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket client = (SSLSocket) socket.accept()) {
        answer(client);
      } catch (SSLException refused) {
        refusals.add(refused); // whom it does not trust, or who does not trust it
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void answer(SSLSocket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      assert line.length() < 1_000;
    }
    client.getOutputStream().write(RawServer.answer("200 OK", "a=1"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    socket.close();
    thread.join(TimeUnit.SECONDS.toMillis(30));
  }
}
