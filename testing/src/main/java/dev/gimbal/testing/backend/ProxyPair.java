package dev.gimbal.testing.backend;

import dev.gimbal.testing.backend.TcpProxy.Direction;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connection through a proxy: that of the client and that to the server. Only the thread of the
 * loop uses it.
 */
final class ProxyPair {

  private final SocketChannel client;
  private final SocketChannel server;
  private final SelectionKey clientKey;
  private final SelectionKey serverKey;
  private final ProxyFlow toServer;
  private final ProxyFlow toClient;

  /** The server was reached, or it is known that it cannot be. */
  private boolean isSettled;

  private boolean isClosed;

  private ProxyPair(SocketChannel client, SocketChannel server, Selector selector, ProxyState state)
      throws IOException {
    this.client = client;
    this.server = server;
    toServer = new ProxyFlow(client, server, state.rules(Direction.TO_SERVER));
    toClient = new ProxyFlow(server, client, state.rules(Direction.TO_CLIENT));
    client.configureBlocking(false);
    server.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    clientKey = client.register(selector, 0, this);
    serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /** For a client that has connected; begins to connect to the server. */
  static ProxyPair open(SocketChannel client, Selector selector, ProxyState state)
      throws IOException {
    SocketChannel server = SocketChannel.open();
    ProxyPair pair = new ProxyPair(client, server, selector, state);
    try {
      pair.isSettled = server.connect(state.target);
    } catch (IOException e) {
      pair.serverIsAway(state.nanoTime.getAsLong());
    }
    return pair;
  }

  /** The client learns it in the way, and at the time, of what comes from the server. */
  private void serverIsAway(long now) {
    isSettled = true;
    toServer.drop();
    toClient.resetByWriting(now);
  }

  /** Does what one of both ends is ready for. */
  void ready(SelectionKey key, ByteBuffer buffer, long now) {
    if (isClosed) {
      return;
    }
    if (key.isConnectable()) {
      try {
        isSettled = server.finishConnect();
        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
      } catch (IOException e) {
        serverIsAway(now);
      }
      return;
    }
    boolean isClient = key == clientKey;
    if (key.isReadable()) {
      (isClient ? toServer : toClient).read(buffer, now);
    }
    if (key.isWritable()) {
      (isClient ? toClient : toServer).writable();
    }
  }

  /** Passes on what is due, and says in how many nanoseconds there will be more. */
  long pass(long now) {
    if (isSettled) {
      pass(toServer, toClient, now);
      pass(toClient, toServer, now);
    }
    if (toServer.isDone() && toClient.isDone()) {
      close();
    }
    if (isClosed) {
      return ProxyFlow.NEVER;
    }
    clientKey.interestOps(interest(toServer, toClient));
    if (!isSettled) {
      return ProxyFlow.NEVER;
    }
    if (serverKey.isValid()) {
      serverKey.interestOps(interest(toClient, toServer));
    }
    return Math.min(toServer.dueIn(now), toClient.dueIn(now));
  }

  private void pass(ProxyFlow flow, ProxyFlow back, long now) {
    if (isClosed) {
      return;
    }
    switch (flow.pass(now)) {
      case GOES_ON -> {}
      case RESET_CAME -> reset();
      case WRITE_FAILED -> {
        flow.drop();
        back.resetByWriting(now);
      }
    }
  }

  private static int interest(ProxyFlow reads, ProxyFlow writes) {
    return (reads.wantsToRead() ? SelectionKey.OP_READ : 0)
        | (writes.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Resets both ends. */
  void reset() {
    resetsOnClose(client);
    resetsOnClose(server);
    close();
  }

  private static void resetsOnClose(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    toServer.drop();
    toClient.drop();
    try (client) {
      server.close();
    } catch (IOException e) {
      // What closing says about bytes that nobody will get; it is closed.
    }
  }
}
