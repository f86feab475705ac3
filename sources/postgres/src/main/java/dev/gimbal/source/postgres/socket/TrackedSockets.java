package dev.gimbal.source.postgres.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the driver's sockets and notes them, so that they can be closed from outside while the
 * driver waits for an answer to its greeting: an interrupt does not end that. The driver makes the
 * factory by its name, on the thread that connects; so that thread says who notes them.
 */
public final class TrackedSockets extends SocketFactory {

  /** What this thread makes sockets for; unset but for the time of a connect. */
  private static final ThreadLocal<Connect> CURRENT = new ThreadLocal<>();

  private final @Nullable Connect connect = CURRENT.get();

  /** Called by the driver. */
  public TrackedSockets() {}

  /** One connect. Its time begins with its first socket: a driver takes a while to be loaded. */
  private static final class Connect {

    private final Register register;
    private final Duration limit;

    /** By {@link System#nanoTime}. */
    @GuardedBy("this")
    private @Nullable Long begun;

    Connect(Register register, Duration limit) {
      this.register = register;
      this.limit = limit;
    }

    synchronized void add(Socket socket) throws IOException {
      long now = System.nanoTime();
      if (begun == null) {
        begun = now;
      } else if (now - begun >= limit.toNanos()) {
        throw new SocketTimeoutException("it does not answer");
      }
      register.add(socket);
    }
  }

  /** The sockets of one link. Safe for use by many threads. */
  public static final class Register implements AutoCloseable {

    @GuardedBy("this")
    private final Set<Socket> open = new HashSet<>();

    @GuardedBy("this")
    private boolean closed;

    /**
     * Makes something that makes sockets, on this thread.
     *
     * @param limit so long after its first socket no other one is begun: who said nothing to a
     *     greeting for TLS is not asked once more without it
     */
    public <T, E extends Exception> T noting(Duration limit, Maker<T, E> maker) throws E {
      CURRENT.set(new Connect(this, limit));
      try {
        return maker.make();
      } finally {
        CURRENT.remove();
      }
    }

    private synchronized void add(Socket socket) throws SocketException {
      if (closed) {
        throw new SocketException("closed");
      }
      open.removeIf(Socket::isClosed);
      open.add(socket);
    }

    @Override
    public void close() {
      List<Socket> all;
      synchronized (this) {
        closed = true;
        all = List.copyOf(open);
        open.clear();
      }
      for (Socket socket : all) {
        try {
          socket.close();
        } catch (IOException e) {
          // it is closed then too
        }
      }
    }
  }

  /** Makes something. */
  @FunctionalInterface
  public interface Maker<T, E extends Exception> {
    T make() throws E;
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    if (connect != null) {
      connect.add(socket);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetAddress.getByName(host), port, null, 0);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(InetAddress.getByName(host), port, from, fromPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(host, port, null, 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(host, port, from, fromPort);
  }

  private Socket connected(InetAddress host, int port, @Nullable InetAddress from, int fromPort)
      throws IOException {
    Socket socket = createSocket();
    if (from != null) {
      socket.bind(new java.net.InetSocketAddress(from, fromPort));
    }
    socket.connect(new java.net.InetSocketAddress(host, port));
    return socket;
  }
}
