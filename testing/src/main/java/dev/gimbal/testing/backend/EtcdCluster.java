package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes of etcd that keep the same data. {@link #node} gives each, to be killed and started
 * by itself: a node answers only where most of the nodes run, so that the first ones to come back
 * are started by {@link #start()}.
 *
 * @since 0.1.0
 */
public final class EtcdCluster implements Backend {

  private static final long ANSWERS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int CHOICES_OF_PORTS = 10;

  private final EtcdServer.Options options;
  private final List<EtcdServer> nodes;

  /** Written under the lock; null without TLS, and before the first start. */
  private volatile @Nullable TestCertificates certificates;

  /** Guarded by the lock of this object. */
  private boolean hasAnswered;

  /** Written under the lock; null before the first start and after the end. */
  private volatile @Nullable Path folder;

  private EtcdCluster(EtcdServer.Options options, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size + " (expected: >= 1)");
    }
    this.options = options;
    List<EtcdServer> made = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      made.add(new EtcdServer(options, new EtcdServer.Node(this, i)));
    }
    nodes = List.copyOf(made);
  }

  /** A new one of so many nodes that anyone may use, without TLS; 3 survive the loss of one. */
  public static EtcdCluster of(int size) {
    return new EtcdCluster(new EtcdServer.Options(false, null), size);
  }

  /** Another one, new, that also asks for TLS and for certificates, of clients and of nodes. */
  public EtcdCluster withTls() {
    return new EtcdCluster(new EtcdServer.Options(true, options.rootPassword()), nodes.size());
  }

  /** Another one, new, that lets nobody in but the user {@code root} with this password. */
  public EtcdCluster withRootPassword(String password) {
    Objects.requireNonNull(password, "password");
    return new EtcdCluster(new EtcdServer.Options(options.tls(), password), nodes.size());
  }

  /** The nodes; they are the same over all starts. */
  public List<EtcdServer> nodes() {
    return nodes;
  }

  /** One of them, from 0. */
  public EtcdServer node(int index) {
    return nodes.get(index);
  }

  /** The URLs of all nodes for clients. */
  public List<String> endpoints() {
    return nodes.stream().map(EtcdServer::endpoint).toList();
  }

  /**
   * What clients need for TLS.
   *
   * @throws IllegalStateException without TLS, or before the first start
   */
  public TestCertificates certificates() {
    return node(0).certificates();
  }

  /** What nodes use; null without TLS, and before the first start. */
  @Nullable TestCertificates found() {
    return certificates;
  }

  /** All nodes as they name one another. */
  String members() {
    return nodes.stream().map(EtcdServer::member).collect(Collectors.joining(","));
  }

  /** Starts all nodes that are down. */
  @Override
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException("all nodes of etcd run already");
    }
    long deadline = System.nanoTime() + ANSWERS_WITHIN_NANOS;
    boolean isUp = false;
    try {
      for (int choice = 0; !isUp && !hasAnswered && choice < CHOICES_OF_PORTS; choice++) {
        makeNew();
        deadline = System.nanoTime() + ANSWERS_WITHIN_NANOS;
        isUp = bringUp(deadline);
      }
      while (!isUp && hasAnswered) {
        isUp = bringUp(deadline);
      }
      if (!isUp) {
        throw new AssertionError("etcd found no free ports\n" + log());
      }
      if (!hasAnswered && options.rootPassword() != null) {
        node(0).askForPassword(options.rootPassword());
      }
      hasAnswered = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!hasAnswered || !isUp) {
        kill();
      }
    }
  }

  private void makeNew() throws IOException {
    deleteFolder();
    Path made = Files.createTempDirectory("gimbal-etcd-");
    folder = made;
    if (options.tls()) {
      certificates = TestCertificates.create(Files.createDirectory(made.resolve("tls")));
    }
    int[] ports = FreePorts.choose(nodes.size() * EtcdServer.PORTS);
    for (int i = 0; i < nodes.size(); i++) {
      int first = i * EtcdServer.PORTS;
      node(i).makeNew(Arrays.copyOfRange(ports, first, first + EtcdServer.PORTS));
    }
  }

  /** Starts those that are down; false when one of them ended because of something that passes. */
  private boolean bringUp(long deadline) throws IOException {
    List<EtcdServer> down = nodes.stream().filter(node -> !node.isRunning()).toList();
    for (EtcdServer node : down) {
      node.launch();
    }
    boolean isUp = true;
    for (EtcdServer node : down) {
      isUp = node.awaitAnswer(deadline) && isUp;
    }
    return isUp;
  }

  /** Kills all nodes. */
  @Override
  public synchronized void kill() {
    nodes.forEach(EtcdServer::kill);
  }

  /** Stops all nodes. */
  @Override
  public synchronized void stop() {
    nodes.forEach(EtcdServer::stop);
  }

  @Override
  public synchronized void restart() {
    if (!hasAnswered) {
      throw new IllegalStateException("etcd was never started");
    }
    stop();
    start();
  }

  /** Whether all nodes run. */
  @Override
  public boolean isRunning() {
    return nodes.stream().allMatch(EtcdServer::isRunning);
  }

  /** That of the first node. */
  @Override
  public InetSocketAddress address() {
    return node(0).address();
  }

  /** The logs of all nodes, one after the other. */
  @Override
  public String log() {
    return nodes.stream()
        .map(node -> "---- " + node + "\n" + node.log() + "\n")
        .collect(Collectors.joining());
  }

  /** The folder with a folder of each node. */
  @Override
  public Path data() {
    Path current = folder;
    if (current == null) {
      throw new IllegalStateException("etcd was never started or is closed");
    }
    return current;
  }

  /**
   * Runs {@code etcdctl} as {@link EtcdServer#ctl} does, with the endpoints of all nodes: it asks
   * those that run.
   */
  public String ctl(String... arguments) {
    return node(0).run(endpoints(), List.of(arguments), options.rootPassword());
  }

  @Override
  public synchronized void close() {
    nodes.forEach(EtcdServer::close);
    try {
      deleteFolder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteFolder() throws IOException {
    Path old = folder;
    folder = null;
    if (old != null) {
      Folders.delete(old);
    }
  }

  @Override
  public String toString() {
    return nodes.toString();
  }
}
