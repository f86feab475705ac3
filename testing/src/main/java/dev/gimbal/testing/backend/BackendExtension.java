package dev.gimbal.testing.backend;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A server for tests: in a static field one for the class, and its nested ones; in another field
 * one for each test. It runs when a test begins, also if the test before has left it down, and is
 * closed after the last. When a test fails, the end of the server's log is published as a report
 * entry.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);
 *
 * @Test
 * void value_isThereAfterARestart() {
 *   ETCD.server().ctl("put", "port", "80");
 *   ETCD.server().kill();
 *   ETCD.server().start();
 *   ...
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Tests that run at the same time share the server of their class.
 *
 * @param <B> the kind of server
 * @since 0.1.0
 */
public final class BackendExtension<B extends Backend>
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final int PUBLISHED_CHARS = 8192;
  private static final Namespace NAMESPACE = Namespace.create(BackendExtension.class);

  private final Supplier<? extends B> maker;

  /** The name under which classes share a server; null where each has its own. */
  private final @Nullable String shared;

  /** Classes and tests that began and have not ended, by their ids. Guarded by this. */
  private final Set<String> users = new HashSet<>();

  /** Null while nobody uses it. Guarded by this. */
  private @Nullable B server;

  private BackendExtension(Supplier<? extends B> maker, @Nullable String shared) {
    this.maker = Objects.requireNonNull(maker, "maker");
    this.shared = shared;
  }

  /**
   * An extension for a field with {@code @RegisterExtension}.
   *
   * @param maker makes a new server, such as {@code EtcdServer::single}
   */
  public static <B extends Backend> BackendExtension<B> of(Supplier<? extends B> maker) {
    return new BackendExtension<>(maker, null);
  }

  /**
   * An extension for a field with {@code @RegisterExtension}, whose server serves all classes of a
   * run that name it so. It keeps what a class left in it: for classes that make what they need
   * anew, and do not run at the same time. A class whose maker makes another kind of server under
   * this name fails with an {@link IllegalStateException}.
   *
   * <p>JUnit closes it when the run ends, from JUnit 5.13 on. With an older one it ends with the
   * JVM, and its folder stays. A run is what JUnit executes at once: each JVM that a build forks
   * has servers of its own, and where Maven forks several at a time, each class has.
   *
   * @param name such as {@code postgres}
   * @param maker makes a new server, which is started for the first class that wants one of this
   *     name, and else closed
   */
  public static <B extends Backend> BackendExtension<B> shared(
      String name, Supplier<? extends B> maker) {
    return new BackendExtension<>(maker, Objects.requireNonNull(name, "name"));
  }

  /**
   * The server.
   *
   * @throws IllegalStateException outside of a test and of its class
   */
  public synchronized B server() {
    if (server == null) {
      throw new IllegalStateException("no test runs that this extension is registered for");
    }
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    use(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    use(context);
  }

  private synchronized void use(ExtensionContext context) {
    users.add(context.getUniqueId());
    B current = server;
    if (current == null) {
      current = shared == null ? maker.get() : ofTheRun(context, shared);
      server = current;
    }
    if (!current.isRunning()) {
      current.start();
    }
  }

  /** JUnit, from 5.13 on, closes it after the run. */
  @SuppressWarnings("unchecked") // it is of the kind that the maker makes
  private B ofTheRun(ExtensionContext context, String name) {
    B made = maker.get();
    Backend one =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(name, key -> new OfTheRun(made), OfTheRun.class)
            .server;
    if (one != made) {
      made.close();
    }
    if (one.getClass() != made.getClass()) {
      throw new IllegalStateException(
          "the name " + name + " is that of " + kind(one) + " in this run, not of " + kind(made));
    }
    return (B) one;
  }

  private static String kind(Backend server) {
    return server.getClass().getName();
  }

  private record OfTheRun(Backend server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    leave(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    leave(context);
  }

  private synchronized void leave(ExtensionContext context) {
    users.remove(context.getUniqueId());
    B current = server;
    if (current == null) {
      return;
    }
    if (context.getExecutionException().isPresent()) {
      String log = current.log();
      int first = Math.max(0, log.length() - PUBLISHED_CHARS);
      context.publishReportEntry("log of " + current, log.substring(first));
    }
    if (users.isEmpty()) {
      server = null;
      if (shared == null) {
        current.close();
      }
    }
  }
}
