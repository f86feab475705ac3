package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A NATS server with JetStream. It needs the Debian package {@code nats-server}.
 *
 * @since 0.1.0
 */
public final class NatsServer extends LocalServer {

  /** What a server is like. At most one way to come in is set. */
  private record Options(
      boolean tls,
      @Nullable String user,
      @Nullable String password,
      @Nullable String token,
      String settings) {}

  private static final int GREETING = 5;

  private final Options options;

  /** Written by prepare(); null without TLS, and before the first start. */
  private volatile @Nullable TestCertificates certificates;

  private NatsServer(Options options) {
    this.options = options;
  }

  /** A new one that anyone may use, without TLS. */
  public static NatsServer open() {
    return new NatsServer(new Options(false, null, null, null, ""));
  }

  /**
   * New ones of one cluster, without TLS, which know each other. Each is started and ended by
   * itself. The ports between them are chosen now, and not of those that the kernel gives to
   * clients.
   *
   * @throws UncheckedIOException when no ports can be chosen
   */
  public static List<NatsServer> cluster(int size) {
    int[] ports;
    try {
      ports = FreePorts.choose(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String routes =
        Arrays.stream(ports)
            .mapToObj(port -> "nats://127.0.0.1:" + port)
            .collect(Collectors.joining(", "));
    List<NatsServer> servers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      servers.add(
          open()
              .withSettings(
                  line("server_name", "n" + i)
                      + "cluster {\n"
                      + line("name", "c")
                      + line("listen", "127.0.0.1:" + ports[i])
                      + "routes: [ "
                      + routes
                      + " ]\n}\n"));
    }
    return List.copyOf(servers);
  }

  /** Another one, new, that also asks for TLS and for the client's certificate. */
  public NatsServer withTls() {
    return new NatsServer(
        new Options(true, options.user, options.password, options.token, options.settings));
  }

  /** Another one, new, that lets nobody in but this user with this password. */
  public NatsServer withUser(String user, String password) {
    return new NatsServer(
        new Options(
            options.tls,
            Objects.requireNonNull(user, "user"),
            Objects.requireNonNull(password, "password"),
            null,
            options.settings));
  }

  /** Another one, new, that lets nobody in but those with this token. */
  public NatsServer withToken(String token) {
    return new NatsServer(
        new Options(
            options.tls, null, null, Objects.requireNonNull(token, "token"), options.settings));
  }

  /** Another one, new, with these lines in its settings too, such as who may do what. */
  public NatsServer withSettings(String lines) {
    return new NatsServer(
        new Options(
            options.tls,
            options.user,
            options.password,
            options.token,
            Objects.requireNonNull(lines, "lines")));
  }

  @Override
  String name() {
    return "nats";
  }

  @Override
  int portCount() {
    return 1;
  }

  @Override
  void prepare() throws IOException {
    StringBuilder lines = new StringBuilder();
    if (options.tls) {
      TestCertificates made =
          TestCertificates.create(Files.createDirectory(folder().resolve("tls")));
      certificates = made;
      lines.append("tls {\n");
      lines.append(line("cert_file", made.serverCertificate().toString()));
      lines.append(line("key_file", made.serverKey().toString()));
      lines.append(line("ca_file", made.authority().toString()));
      lines.append("verify: true\n}\n");
    }
    if (options.user != null && options.password != null) {
      lines.append("authorization {\n");
      lines.append(line("user", options.user)).append(line("password", options.password));
      lines.append("}\n");
    }
    if (options.token != null) {
      lines.append("authorization {\n").append(line("token", options.token)).append("}\n");
    }
    lines.append(options.settings).append('\n');
    Files.writeString(settings(), lines, StandardCharsets.UTF_8);
  }

  private static String line(String key, String value) {
    return key + ": \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
  }

  private Path settings() {
    return folder().resolve("nats.conf");
  }

  @Override
  List<String> command() {
    return List.of(
        Programs.find("nats-server", "nats-server"),
        "--config",
        settings().toString(),
        "--addr",
        "127.0.0.1",
        "--port",
        Integer.toString(port(0)),
        "--jetstream",
        "--store_dir",
        data().toString());
  }

  /** It listens when JetStream has read its data, and begins with a line about itself. */
  @Override
  boolean answers() throws IOException {
    byte[] greeting = Probe.greeting(address(), GREETING);
    return new String(greeting, StandardCharsets.US_ASCII).equals("INFO ");
  }

  /** The URL for clients, such as {@code nats://127.0.0.1:12345}; {@code tls://} with TLS. */
  public String url() {
    return (options.tls ? "tls" : "nats") + "://127.0.0.1:" + port(0);
  }

  /**
   * What clients need for TLS.
   *
   * @throws IllegalStateException without TLS, or before the first start
   */
  public TestCertificates certificates() {
    TestCertificates made = certificates;
    if (made == null) {
      throw new IllegalStateException("nats has no TLS or was never started");
    }
    return made;
  }
}
