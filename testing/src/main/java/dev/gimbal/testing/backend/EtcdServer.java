package dev.gimbal.testing.backend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An etcd of one node, or a node of an {@link EtcdCluster}. It needs the Debian packages {@code
 * etcd-server} and {@code etcd-client}.
 *
 * @since 0.1.0
 */
public final class EtcdServer extends LocalServer {

  /** What a server is like; several nodes share it. */
  record Options(boolean tls, @Nullable String rootPassword, List<String> flags) {

    Options {
      flags = List.copyOf(flags);
    }

    Options(boolean tls, @Nullable String rootPassword) {
      this(tls, rootPassword, List.of());
    }
  }

  /** Its place among the nodes of a cluster. */
  record Node(EtcdCluster cluster, int index) {}

  private static final int CLIENT = 0;
  private static final int PEER = 1;
  private static final int METRICS = 2;
  static final int PORTS = 3;

  private final Options options;
  private final @Nullable Node node;

  /** Written by prepare(); null without TLS, before the first start, and for a node. */
  private volatile @Nullable TestCertificates certificates;

  EtcdServer(Options options, @Nullable Node node) {
    this.options = options;
    this.node = node;
  }

  /** A new one that anyone may use, without TLS. */
  public static EtcdServer single() {
    return new EtcdServer(new Options(false, null), null);
  }

  /** Another one, new, that also asks for TLS and for the client's certificate. */
  public EtcdServer withTls() {
    requireSingle();
    return new EtcdServer(new Options(true, options.rootPassword, options.flags), null);
  }

  /** Another one, new, that lets nobody in but the user {@code root} with this password. */
  public EtcdServer withRootPassword(String password) {
    requireSingle();
    return new EtcdServer(
        new Options(options.tls, Objects.requireNonNull(password, "password"), options.flags),
        null);
  }

  /** Another one, new, that is started with these flags too, such as {@code --max-txn-ops=1000}. */
  public EtcdServer withFlags(String... flags) {
    requireSingle();
    List<String> all = new ArrayList<>(options.flags);
    all.addAll(List.of(flags));
    return new EtcdServer(new Options(options.tls, options.rootPassword, all), null);
  }

  private void requireSingle() {
    if (node != null) {
      throw new IllegalStateException("a node of a cluster is as the cluster is");
    }
  }

  @Override
  String name() {
    return node == null ? "etcd" : "etcd-" + node.index;
  }

  @Override
  int portCount() {
    return PORTS;
  }

  @Override
  void prepare() throws IOException {
    if (options.tls && node == null) {
      certificates = TestCertificates.create(Files.createDirectory(folder().resolve("tls")));
    }
  }

  @Override
  Path newFolder() throws IOException {
    return node == null
        ? super.newFolder()
        : Files.createDirectory(node.cluster.data().resolve(name()));
  }

  @Override
  synchronized void requireMayStart() {
    super.requireMayStart();
    if (node != null && !hasPorts()) {
      throw new IllegalStateException("the cluster is started first, by its start()");
    }
  }

  /** Null without TLS and before the first start. */
  private @Nullable TestCertificates found() {
    return node == null ? certificates : node.cluster.found();
  }

  private String scheme() {
    return options.tls ? "https" : "http";
  }

  private String url(int port) {
    return scheme() + "://127.0.0.1:" + port(port);
  }

  /** How it is named to other nodes. */
  String member() {
    return name() + "=" + url(PEER);
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.find("etcd", "etcd-server"), "--name", name()));
    command.addAll(List.of("--data-dir", data().toString()));
    command.addAll(List.of("--listen-client-urls", url(CLIENT)));
    command.addAll(List.of("--advertise-client-urls", url(CLIENT)));
    command.addAll(List.of("--listen-peer-urls", url(PEER)));
    command.addAll(List.of("--initial-advertise-peer-urls", url(PEER)));
    // Here health is told to anyone, without TLS.
    command.addAll(List.of("--listen-metrics-urls", "http://127.0.0.1:" + port(METRICS)));
    String members = node == null ? member() : node.cluster.members();
    command.addAll(List.of("--initial-cluster", members));
    TestCertificates made = found();
    if (made != null) {
      command.add("--client-cert-auth");
      command.addAll(List.of("--cert-file", made.serverCertificate().toString()));
      command.addAll(List.of("--key-file", made.serverKey().toString()));
      command.addAll(List.of("--trusted-ca-file", made.authority().toString()));
      command.add("--peer-client-cert-auth");
      command.addAll(List.of("--peer-cert-file", made.serverCertificate().toString()));
      command.addAll(List.of("--peer-key-file", made.serverKey().toString()));
      command.addAll(List.of("--peer-trusted-ca-file", made.authority().toString()));
    }
    command.addAll(options.flags);
    return command;
  }

  @Override
  boolean answers() throws IOException {
    InetSocketAddress metrics = new InetSocketAddress(FreePorts.loopback(), port(METRICS));
    return Probe.ask(metrics, "GET /health HTTP/1.0\r\n\r\n").contains("\"health\":\"true\"");
  }

  @Override
  void firstAnswered() {
    if (node == null && options.rootPassword != null) {
      askForPassword(options.rootPassword);
    }
  }

  /** From now on only root comes in. */
  void askForPassword(String password) {
    List<String> own = List.of(endpoint());
    run(own, List.of("user", "add", "root:" + password), null);
    run(own, List.of("user", "grant-role", "root", "root"), null);
    run(own, List.of("auth", "enable"), null);
  }

  /** The URL for clients, such as {@code http://127.0.0.1:12345}. */
  public String endpoint() {
    return url(CLIENT);
  }

  /**
   * What clients need for TLS.
   *
   * @throws IllegalStateException without TLS, or before the first start
   */
  public TestCertificates certificates() {
    TestCertificates made = found();
    if (made == null) {
      throw new IllegalStateException(name() + " has no TLS or was never started");
    }
    return made;
  }

  /**
   * Runs {@code etcdctl}, API 3, on this server, with the client's certificate and as root where
   * these are asked for.
   *
   * @param arguments such as {@code put, key, value}
   * @return what it wrote to its output
   * @throws AssertionError when it does not end well, with what it wrote to its errors
   */
  public String ctl(String... arguments) {
    return run(List.of(endpoint()), List.of(arguments), options.rootPassword);
  }

  /** Runs etcdctl on these endpoints, as root if there is a password. */
  String run(List<String> endpoints, List<String> arguments, @Nullable String rootPassword) {
    List<String> command = new ArrayList<>();
    command.add(Programs.find("etcdctl", "etcd-client"));
    command.addAll(List.of("--endpoints", String.join(",", endpoints)));
    TestCertificates made = found();
    if (made != null) {
      command.addAll(List.of("--cacert", made.authority().toString()));
      command.addAll(List.of("--cert", made.clientCertificate().toString()));
      command.addAll(List.of("--key", made.clientKey().toString()));
    }
    if (rootPassword != null) {
      command.addAll(List.of("--user", "root:" + rootPassword));
    }
    command.addAll(arguments);
    return Programs.run(folder(), Map.of("ETCDCTL_API", "3"), command);
  }
}
