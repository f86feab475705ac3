package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.testing.backend.TcpProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  /** Only so that a test that hangs fails. */
  private static final int PATIENCE_MILLIS = 60_000;

  private final AtomicLong clock = new AtomicLong(1000);
  private ServerSocket listener;
  private TcpProxy proxy;

  /** Both ends of a connection through the proxy. */
  private record Ends(Socket client, Socket server) implements AutoCloseable {

    static void send(Socket from, String text) throws IOException {
      from.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String receive(Socket to, int length) throws IOException {
      return new String(to.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    void requireOpenBothWays() throws IOException {
      send(client, "ping");
      assertEquals("ping", receive(server, 4));
      send(server, "pong!");
      assertEquals("pong!", receive(client, 5));
    }

    static void requireReset(Socket end) {
      assertThrows(SocketException.class, () -> end.getInputStream().read());
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    listener = new ServerSocket(0, 50, FreePorts.loopback());
    listener.setSoTimeout(PATIENCE_MILLIS);
    proxy = TcpProxy.to(at(listener), clock::get);
  }

  private static InetSocketAddress at(ServerSocket listener) {
    return new InetSocketAddress(FreePorts.loopback(), listener.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    listener.close();
  }

  private Socket connect() throws IOException {
    Socket client = new Socket();
    client.connect(proxy.address(), PATIENCE_MILLIS);
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private Ends connected() throws IOException {
    return connected(listener);
  }

  private Ends connected(ServerSocket at) throws IOException {
    Socket client = connect();
    Socket server = at.accept();
    server.setSoTimeout(PATIENCE_MILLIS);
    return new Ends(client, server);
  }

  private static void await(BooleanSupplier wanted) {
    long deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it never came");
      Thread.onSpinWait();
    }
  }

  private void advance(Duration by) {
    clock.addAndGet(by.toNanos());
    proxy.lookAtClock();
  }

  // ---- without a fault

  @Test
  void bytes_bothWays_comeThroughAndAreCounted() throws IOException {
    try (Ends ends = connected();
        Ends others = connected()) {
      ends.requireOpenBothWays();
      others.requireOpenBothWays();
      assertEquals(2, proxy.connections());
      assertEquals(2, proxy.open());
      assertEquals(8, proxy.bytes(Direction.TO_SERVER));
      assertEquals(10, proxy.bytes(Direction.TO_CLIENT));
    }
    await(() -> proxy.open() == 0);
    assertEquals(2, proxy.connections());
  }

  @Test
  void manyBytes_bothWaysAtOnce_comeThroughUnchanged() throws Exception {
    byte[] sent = new byte[8 << 20];
    new Random(1).nextBytes(sent);
    try (Ends ends = connected()) {
      CompletableFuture<byte[]> echoed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  ends.server.getInputStream().transferTo(ends.server.getOutputStream());
                  ends.server.shutdownOutput();
                  return new byte[0];
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ends.client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      ends.client.getOutputStream().write(sent);
      ends.client.shutdownOutput();
      assertTrue(Arrays.equals(sent, received.get()));
      echoed.get();
    }
    assertEquals(sent.length, proxy.bytes(Direction.TO_SERVER));
    assertEquals(sent.length, proxy.bytes(Direction.TO_CLIENT));
  }

  @Test
  void end_ofOneDirection_isPassedOnAlone() throws IOException {
    try (Ends ends = connected()) {
      ends.client.shutdownOutput();
      assertEquals(-1, ends.server.getInputStream().read());
      Ends.send(ends.server, "still");
      assertEquals("still", Ends.receive(ends.client, 5));
      ends.server.close();
      assertEquals(-1, ends.client.getInputStream().read());
    }
  }

  @Test
  void reset_ofOneEnd_isPassedOn() throws IOException {
    try (Ends ends = connected()) {
      ends.server.setSoLinger(true, 0);
      ends.server.close();
      Ends.requireReset(ends.client);
    }
    try (Ends ends = connected()) {
      ends.client.setSoLinger(true, 0);
      ends.client.close();
      Ends.requireReset(ends.server);
    }
  }

  @Test
  void serverThatIsDown_clientIsReset_andGetsThroughLater() throws IOException {
    InetSocketAddress address = at(listener);
    listener.close();
    assertThrows(
        SocketException.class,
        () -> {
          try (Socket client = connect()) {
            client.getInputStream().read();
          }
        });
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(address);
    try (Ends ends = connected()) {
      ends.requireOpenBothWays();
    }
  }

  // ---- faults

  @Test
  void cut_resetsBothEnds_andTakesNewOnes() throws IOException {
    try (Ends ends = connected()) {
      ends.requireOpenBothWays();
      proxy.cut();
      assertEquals(0, proxy.open());
      Ends.requireReset(ends.client);
      Ends.requireReset(ends.server);
    }
    try (Ends ends = connected()) {
      ends.requireOpenBothWays();
    }
  }

  @Test
  void refuse_resetsAndRefuses_healTakesThemOnTheSamePort() throws IOException {
    int port = proxy.port();
    for (int round = 0; round < 3; round++) {
      try (Ends ends = connected()) {
        ends.requireOpenBothWays();
        proxy.refuse();
        Ends.requireReset(ends.client);
        Ends.requireReset(ends.server);
        assertThrows(ConnectException.class, this::connect);
        proxy.refuse();
        proxy.heal();
      }
    }
    assertEquals(port, proxy.port());
    try (Ends ends = connected()) {
      ends.requireOpenBothWays();
    }
    assertEquals(4, proxy.connections());
  }

  @Test
  void halfOpen_nothingComesThrough_healLetsItThrough() throws IOException {
    try (Ends ends = connected()) {
      ends.requireOpenBothWays();
      proxy.halfOpen();
      Ends.send(ends.client, "abc");
      Ends.send(ends.server, "defg");
      await(() -> proxy.held(Direction.TO_SERVER) == 3 && proxy.held(Direction.TO_CLIENT) == 4);
      advance(Duration.ofDays(1));
      assertEquals(4, proxy.bytes(Direction.TO_SERVER));
      assertEquals(5, proxy.bytes(Direction.TO_CLIENT));
      assertEquals(0, ends.client.getInputStream().available());
      assertEquals(0, ends.server.getInputStream().available());
      assertEquals(1, proxy.open());
      proxy.heal();
      assertEquals("abc", Ends.receive(ends.server, 3));
      assertEquals("defg", Ends.receive(ends.client, 4));
      ends.requireOpenBothWays();
      assertEquals(0, proxy.held(Direction.TO_SERVER));
    }
  }

  @Test
  void halfOpen_endAndReset_areNotToldBeforeHeal() throws IOException {
    try (Ends ends = connected();
        Ends others = connected()) {
      proxy.halfOpen();
      Ends.send(ends.server, "last");
      ends.server.close();
      others.server.setSoLinger(true, 0);
      others.server.close();
      await(() -> proxy.held(Direction.TO_CLIENT) == 4);
      advance(Duration.ofDays(1));
      assertEquals(2, proxy.open());
      assertEquals(0, ends.client.getInputStream().available());
      proxy.heal();
      assertEquals("last", Ends.receive(ends.client, 4));
      assertEquals(-1, ends.client.getInputStream().read());
      Ends.requireReset(others.client);
    }
  }

  @Test
  void halfOpen_inOneDirection_theOtherOneGoesOn() throws IOException {
    for (Direction shut : Direction.values()) {
      try (Ends ends = connected()) {
        Socket from = shut == Direction.TO_SERVER ? ends.client : ends.server;
        Socket to = shut == Direction.TO_SERVER ? ends.server : ends.client;
        proxy.halfOpen(shut);
        Ends.send(from, "held");
        await(() -> proxy.held(shut) == 4);
        Ends.send(to, "free");
        assertEquals("free", Ends.receive(from, 4));
        assertEquals(4, proxy.held(shut));
        assertEquals(0, to.getInputStream().available());
        proxy.heal();
        assertEquals("held", Ends.receive(to, 4));
      }
    }
  }

  @Test
  void halfOpen_serverThatIsDown_clientIsNotReset() throws IOException {
    listener.close();
    proxy.halfOpen();
    try (Socket client = connect()) {
      await(() -> proxy.open() == 1);
      advance(Duration.ofDays(1));
      assertEquals(1, proxy.open());
      proxy.heal();
      Ends.requireReset(client);
    }
  }

  @Test
  void delay_eachByteAndEnd_comesThatMuchLater() throws IOException {
    try (Ends ends = connected()) {
      proxy.delay(Duration.ofSeconds(3));
      Ends.send(ends.client, "abc");
      await(() -> proxy.held(Direction.TO_SERVER) == 3);
      advance(Duration.ofNanos(2_999_999_999L));
      assertEquals(0, proxy.bytes(Direction.TO_SERVER));
      advance(Duration.ofNanos(1));
      assertEquals("abc", Ends.receive(ends.server, 3));
      Ends.send(ends.server, "de");
      await(() -> proxy.held(Direction.TO_CLIENT) == 2);
      assertEquals(0, proxy.bytes(Direction.TO_CLIENT));
      proxy.delay(Duration.ofSeconds(1)); // also for what is on its way
      advance(Duration.ofSeconds(1));
      assertEquals("de", Ends.receive(ends.client, 2));
    }
  }

  @Test
  void delay_inOneDirection_theOtherOneIsAtOnce() throws IOException {
    try (Ends ends = connected()) {
      proxy.delay(Direction.TO_CLIENT, Duration.ofDays(1_000_000));
      Ends.send(ends.server, "late");
      await(() -> proxy.held(Direction.TO_CLIENT) == 4);
      Ends.send(ends.client, "now");
      assertEquals("now", Ends.receive(ends.server, 3));
      assertEquals(4, proxy.held(Direction.TO_CLIENT));
      proxy.heal();
      assertEquals("late", Ends.receive(ends.client, 4));
    }
  }

  /** The first portion passes at once, and each of the others when the one before was paid for. */
  @Test
  void throttle_letsSoManyBytesASecondThrough() throws IOException {
    try (Ends ends = connected()) {
      proxy.throttle(100);
      Ends.send(ends.client, "x".repeat(20));
      await(() -> proxy.bytes(Direction.TO_SERVER) + proxy.held(Direction.TO_SERVER) == 20);
      for (int portions = 1; portions <= 4; portions++) {
        assertEquals(portions * 5, proxy.bytes(Direction.TO_SERVER));
        advance(Duration.ofMillis(50).minusNanos(1));
        assertEquals(portions * 5, proxy.bytes(Direction.TO_SERVER));
        advance(Duration.ofNanos(1));
      }
      assertEquals("x".repeat(20), Ends.receive(ends.server, 20));
      Ends.send(ends.server, "y".repeat(20));
      await(() -> proxy.held(Direction.TO_CLIENT) == 15);
      proxy.heal();
      assertEquals("y".repeat(20), Ends.receive(ends.client, 20));
    }
  }

  @Test
  void retarget_newConnectionsGoThere_oldOnesStay() throws IOException {
    try (ServerSocket elsewhere = new ServerSocket(0, 50, FreePorts.loopback());
        Ends old = connected()) {
      elsewhere.setSoTimeout(PATIENCE_MILLIS);
      proxy.retarget(at(elsewhere));
      try (Ends ends = connected(elsewhere)) {
        ends.requireOpenBothWays();
        old.requireOpenBothWays();
        proxy.heal();
      }
      try (Ends ends = connected(elsewhere)) {
        ends.requireOpenBothWays();
      }
    }
  }

  @Test
  void arguments_thatAreWrong_areRefused() {
    assertEquals(
        "delay: PT-1S (expected: >= 0s)",
        assertThrows(
                IllegalArgumentException.class, () -> proxy.delay(Duration.ofSeconds(1).negated()))
            .getMessage());
    assertEquals(
        "bytesPerSecond: 0 (expected: >= 1)",
        assertThrows(IllegalArgumentException.class, () -> proxy.throttle(0)).getMessage());
  }

  // ---- the end

  @Test
  void close_resetsEndsItsThread_andRefuses() throws IOException {
    String name = "gimbal-proxy-" + proxy.port();
    assertTrue(isAlive(name));
    try (Ends ends = connected()) {
      proxy.close();
      Ends.requireReset(ends.client);
      Ends.requireReset(ends.server);
    }
    assertFalse(isAlive(name));
    proxy.close();
    assertThrows(ConnectException.class, this::connect);
    assertEquals(
        "the proxy at " + proxy.address() + " is closed",
        assertThrows(IllegalStateException.class, proxy::cut).getMessage());
    assertEquals(0, proxy.open());
  }

  private static boolean isAlive(String name) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(name));
  }

  /** Who calls while it is closed gets an answer or an error, and does not wait for ever. */
  @Test
  void close_whileOthersCall_letsNobodyWait() throws Exception {
    for (int round = 0; round < 50; round++) {
      TcpProxy other = TcpProxy.to(at(listener));
      CountDownLatch begun = new CountDownLatch(2);
      CompletableFuture<Void> callers =
          CompletableFuture.allOf(callUntilClosed(other, begun), callUntilClosed(other, begun));
      begun.await();
      other.close();
      callers.join();
    }
  }

  private static CompletableFuture<Void> callUntilClosed(TcpProxy other, CountDownLatch begun) {
    return CompletableFuture.runAsync(
        () -> {
          begun.countDown();
          assertThrows(
              IllegalStateException.class,
              () -> {
                while (true) {
                  other.cut();
                }
              });
        },
        task -> new Thread(task).start());
  }
}
