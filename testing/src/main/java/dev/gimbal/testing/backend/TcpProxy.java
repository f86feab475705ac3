package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A proxy on 127.0.0.1 between a client and a server, that makes the network between them fail when
 * a test says so. Each fault can be set while connections are open, holds for those and for new
 * ones, and has begun when the call returns; {@link #heal()} ends all of them.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.to(etcd.address())) {
 *   connect(proxy.address());
 *   proxy.halfOpen(); // nothing comes through, and nobody is told
 *   ...
 *   proxy.heal(); // what was held comes through
 * }
 * }</pre>
 *
 * <p>A connection is taken before the server was asked: when the server is down, a client is
 * connected and reset at once. An end of one direction is passed on by itself, as is a reset.
 *
 * <p>It has one thread, a daemon, which ends with {@link #close()}. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class TcpProxy implements AutoCloseable {

  /** A way through the proxy. */
  public enum Direction {
    /** From clients to the server. */
    TO_SERVER,
    /** From the server to clients. */
    TO_CLIENT
  }

  private static final Direction[] BOTH = Direction.values();

  private final InetSocketAddress address;
  private final ProxyState state;
  private final ProxyLoop loop;

  private TcpProxy(InetSocketAddress target, LongSupplier nanoTime) throws IOException {
    state = new ProxyState(target, nanoTime);
    loop = ProxyLoop.start(state);
    address = loop.address();
  }

  /**
   * A proxy on a free port, which passes everything on.
   *
   * @param target the server; it need not run
   * @throws UncheckedIOException when there is no free port
   */
  public static TcpProxy to(InetSocketAddress target) {
    return to(target, System::nanoTime);
  }

  /** As {@link #to(InetSocketAddress)}; the name is looked up once, now. */
  public static TcpProxy to(String host, int port) {
    return to(new InetSocketAddress(host, port));
  }

  /** With a clock of a test, which calls {@link #lookAtClock} when it has moved it. */
  static TcpProxy to(InetSocketAddress target, LongSupplier nanoTime) {
    try {
      return new TcpProxy(resolved(target), nanoTime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress resolved(InetSocketAddress target) {
    if (target.isUnresolved()) {
      throw new IllegalArgumentException("target: " + target + " (expected: a known host)");
    }
    return target;
  }

  /** Where clients connect: 127.0.0.1 and a port that stays the same. */
  public InetSocketAddress address() {
    return address;
  }

  /** The port of {@link #address()}. */
  public int port() {
    return address.getPort();
  }

  // ---- faults

  /**
   * Resets all connections, at both ends, once. What was on its way is lost. New connections are
   * taken.
   */
  public void cut() {
    loop.call(loop::cut);
  }

  /** Resets all connections, and refuses new ones until {@link #heal()}: nothing listens. */
  public void refuse() {
    loop.call(loop::refuse);
  }

  /**
   * Connections stay open, new ones are taken, and nothing comes through in either direction: no
   * bytes, no end, no reset. What is sent meanwhile is held, up to 1 MiB for each connection and
   * direction, and comes through after {@link #heal()}.
   */
  public void halfOpen() {
    loop.call(
        () -> {
          for (Direction each : BOTH) {
            state.rules(each).isShut = true;
          }
        });
  }

  /** As {@link #halfOpen()}, in one direction; the other one is not changed. */
  public void halfOpen(Direction direction) {
    Objects.requireNonNull(direction, "direction");
    loop.call(() -> state.rules(direction).isShut = true);
  }

  /**
   * Each byte, end and reset comes through that much later, in each of both directions: an answer
   * takes twice that long. It holds for what is on its way, too.
   *
   * @param delay zero or more
   * @throws IllegalArgumentException when it is negative
   */
  public void delay(Duration delay) {
    long nanos = nanos(delay);
    loop.call(
        () -> {
          for (Direction each : BOTH) {
            state.rules(each).delayNanos = nanos;
          }
        });
  }

  /** As {@link #delay(Duration)}, in one direction; the other one is not changed. */
  public void delay(Direction direction, Duration delay) {
    Objects.requireNonNull(direction, "direction");
    long nanos = nanos(delay);
    loop.call(() -> state.rules(direction).delayNanos = nanos);
  }

  private static long nanos(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay: " + delay + " (expected: >= 0s)");
    }
    return delay.compareTo(ProxyState.LONGEST_DELAY) > 0
        ? ProxyState.LONGEST_DELAY.toNanos()
        : delay.toNanos();
  }

  /**
   * Lets no more than so many bytes a second through, for each connection and direction, in
   * portions of a twentieth of it.
   *
   * @throws IllegalArgumentException when it is less than 1
   */
  public void throttle(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytesPerSecond: " + bytesPerSecond + " (expected: >= 1)");
    }
    loop.call(
        () -> {
          for (Direction each : BOTH) {
            state.rules(each).bytesPerSecond = bytesPerSecond;
          }
        });
  }

  /**
   * Ends all faults. What was held comes through; what was cut stays cut.
   *
   * @throws UncheckedIOException when another process took the port while connections were refused
   */
  public void heal() {
    loop.call(loop::heal);
  }

  /**
   * From now on new connections go to another server. Those that are open stay; {@link #cut()} ends
   * them. {@link #heal()} does not go back to the old one.
   */
  public void retarget(InetSocketAddress target) {
    InetSocketAddress resolved = resolved(target);
    loop.call(() -> state.target = resolved);
  }

  // ---- what it has seen; who has received something finds it counted

  /** How many connections were taken so far. */
  public long connections() {
    loop.awaitTurn();
    return state.connections;
  }

  /** How many connections are open now, on the side of clients. */
  public int open() {
    loop.awaitTurn();
    return state.open;
  }

  /** How many bytes have come through so far, in that direction. */
  public long bytes(Direction direction) {
    loop.awaitTurn();
    return state.rules(direction).passed;
  }

  /**
   * How many bytes were taken and have not come through, in that direction, of open connections.
   */
  public long held(Direction direction) {
    loop.awaitTurn();
    return state.rules(direction).held;
  }

  /** Lets it do what is due now. */
  void lookAtClock() {
    loop.awaitTurn();
  }

  /** Resets all connections and ends the thread; later calls do nothing. */
  @Override
  public void close() {
    loop.close();
  }

  @Override
  public String toString() {
    return "proxy 127.0.0.1:" + port() + " to " + state.target;
  }
}
