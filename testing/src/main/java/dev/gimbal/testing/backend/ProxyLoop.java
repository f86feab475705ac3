package dev.gimbal.testing.backend;

import dev.gimbal.testing.backend.TcpProxy.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a proxy. It alone touches connections, so that nothing is locked: what others want
 * is put in a queue, and they wait until it is done.
 */
final class ProxyLoop {

  /** What another thread wants to be done. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  private record Call(Task task, CompletableFuture<@Nullable Void> done) {}

  private static final int BUFFER = 1 << 16;
  private static final int BACKLOG = 128;

  /** More than that many unlucky choices of ports are no bad luck. */
  private static final int CHOICES_OF_PORTS = 10;

  private final ProxyState state;
  private final Selector selector;
  private final InetSocketAddress address;
  private final Thread thread;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  // Used by the thread only.
  private List<ProxyPair> pairs = new ArrayList<>();
  private @Nullable ServerSocketChannel listener;

  /** Written by who closes it. */
  private volatile boolean isEnding;

  /** Written by the thread as the last: nobody looks at the calls any more. */
  private volatile boolean hasEnded;

  /** What ended the thread before it was closed; written before {@link #hasEnded}. */
  private @Nullable Throwable failure;

  private ProxyLoop(ProxyState state, Selector selector, ServerSocketChannel listener)
      throws IOException {
    this.state = state;
    this.selector = selector;
    this.listener = listener;
    address = (InetSocketAddress) listener.getLocalAddress();
    thread = new Thread(this::run, "gimbal-proxy-" + address.getPort());
    thread.setDaemon(true);
  }

  static ProxyLoop start(ProxyState state) throws IOException {
    Selector selector = Selector.open();
    ProxyLoop loop = new ProxyLoop(state, selector, listenAnywhere(selector));
    loop.thread.start();
    return loop;
  }

  private static ServerSocketChannel listenAnywhere(Selector selector) throws IOException {
    for (int choice = 1; ; choice++) {
      try {
        return listen(FreePorts.choose(1)[0], selector);
      } catch (BindException e) {
        if (choice == CHOICES_OF_PORTS) {
          throw e;
        }
        // Another process was faster; the next choice is another port.
      }
    }
  }

  private static ServerSocketChannel listen(int port, Selector selector) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    boolean isListening = false;
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(FreePorts.loopback(), port), BACKLOG);
      channel.register(selector, SelectionKey.OP_ACCEPT);
      isListening = true;
      return channel;
    } finally {
      if (!isListening) {
        channel.close();
      }
    }
  }

  InetSocketAddress address() {
    return address;
  }

  // ---- other threads

  /** Lets the thread do something, and what is due by then, and waits until it is done. */
  void call(Task task) {
    Call call = put(task);
    try {
      call.done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw new UncheckedIOException(failed);
      }
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IllegalStateException(cause.getMessage(), cause);
    }
  }

  /** Lets the thread do what is due, if it has not ended, and waits until that is done. */
  void awaitTurn() {
    Call call = put(() -> {});
    call.done.exceptionally(ended -> null).join();
  }

  private Call put(Task task) {
    Call call = new Call(task, new CompletableFuture<>());
    calls.add(call);
    selector.wakeup();
    if (hasEnded) {
      refuseCalls();
    }
    return call;
  }

  /** Ends the thread and waits for its end, interrupted or not. */
  void close() {
    isEnding = true;
    selector.wakeup();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuseCalls() {
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      refuse(call);
    }
  }

  private void refuse(Call call) {
    call.done.completeExceptionally(
        new IllegalStateException("the proxy at " + address + " is closed", failure));
  }

  // ---- the thread

  private void run() {
    try {
      while (!isEnding) {
        select(passAll());
        runCalls();
      }
      cut();
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      hasEnded = true;
      closeAll();
      refuseCalls();
    }
  }

  private void closeAll() {
    pairs.forEach(ProxyPair::reset);
    state.open = 0;
    try (selector) {
      closeListener();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }

  /** Passes on what is due, and says in how many nanoseconds there will be more. */
  private long passAll() {
    long now = state.nanoTime.getAsLong();
    long due = ProxyFlow.NEVER;
    for (ProxyPair pair : pairs) {
      due = Math.min(due, pair.pass(now));
    }
    pairs.removeIf(ProxyPair::isClosed);
    state.open = pairs.size();
    return due;
  }

  private void select(long dueNanos) throws IOException {
    if (dueNanos == ProxyFlow.NEVER) {
      selector.select();
    } else {
      selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(dueNanos) + 1));
    }
    takeReady();
  }

  private void takeReady() throws IOException {
    long now = state.nanoTime.getAsLong();
    for (SelectionKey key : selector.selectedKeys()) {
      if (!key.isValid()) {
        continue; // closed by what came before
      }
      if (key.attachment() instanceof ProxyPair pair) {
        pair.ready(key, buffer, now);
      } else {
        accept();
      }
    }
    selector.selectedKeys().clear();
  }

  private void accept() throws IOException {
    ServerSocketChannel current = Objects.requireNonNull(listener);
    SocketChannel client = current.accept();
    if (client != null) {
      state.connected();
      pairs.add(ProxyPair.open(client, selector, state));
    }
  }

  private void runCalls() throws IOException {
    List<Call> ran = new ArrayList<>();
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      try {
        call.task.run();
        ran.add(call);
      } catch (IOException | RuntimeException e) {
        call.done.completeExceptionally(e);
      }
    }
    if (ran.isEmpty()) {
      return;
    }
    try {
      passAll();
      flushClosed();
      ran.forEach(call -> call.done.complete(null));
    } finally {
      ran.forEach(this::refuse); // those that are not complete yet
    }
  }

  /** A selector closes what it watched not before it looks again. */
  private void flushClosed() throws IOException {
    selector.selectNow();
    takeReady();
  }

  void cut() throws IOException {
    pairs.forEach(ProxyPair::reset);
    flushClosed();
  }

  void refuse() throws IOException {
    closeListener();
    cut();
  }

  private void closeListener() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  void heal() throws IOException {
    for (Direction each : Direction.values()) {
      state.rules(each).heal();
    }
    if (listener == null) {
      listener = listen(address.getPort(), selector);
    }
  }
}
