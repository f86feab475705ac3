package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What holds for each server, from its start to its end. */
class LocalServerTest {

  private static List<LocalServer> oneOfEachKind() {
    return List.of(
        EtcdServer.single(), NatsServer.open(), PostgresServer.open(), MariaDbServer.open());
  }

  private static boolean hasThread(String name) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(name));
  }

  private static ServerSocket taken(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(FreePorts.loopback(), port));
    return socket;
  }

  @Test
  void server_startedTwice_fails() {
    for (LocalServer server : oneOfEachKind()) {
      try (server) {
        server.start();
        IllegalStateException twice = assertThrows(IllegalStateException.class, server::start);
        assertEquals(server.name() + " runs already, at " + server.address(), twice.getMessage());
        assertTrue(server.isRunning());
        assertEquals(server.name() + " at 127.0.0.1:" + server.port(0), server.toString());
      }
    }
  }

  @Test
  void close_leavesNoProcessThreadOrFile_andEndsItForGood() {
    for (LocalServer server : oneOfEachKind()) {
      server.start();
      Path folder = server.folder();
      String thread = "gimbal-backend-" + server.name();
      ProcessHandle process = server.process().handle();
      List<ProcessHandle> started = process.descendants().toList();
      assertTrue(Files.isDirectory(server.data()));
      assertTrue(hasThread(thread));
      String log = server.log();
      assertFalse(log.isEmpty());
      server.close();
      assertTrue(ServerProcess.isGone(process));
      assertTrue(started.stream().allMatch(ServerProcess::isGone));
      assertFalse(Files.exists(folder));
      assertFalse(hasThread(thread));
      assertFalse(server.isRunning());
      assertFalse(server.log().isEmpty());
      server.close();
      server.kill();
      server.stop();
      assertEquals(
          server.name() + " is closed",
          assertThrows(IllegalStateException.class, server::start).getMessage());
      assertEquals(
          server.name() + " is closed",
          assertThrows(IllegalStateException.class, server::restart).getMessage());
    }
  }

  @Test
  void newServer_hasNoAddressDataOrLog() {
    for (LocalServer server : oneOfEachKind()) {
      try (server) {
        server.kill();
        server.stop();
        assertThrows(IllegalStateException.class, server::address);
        assertThrows(IllegalStateException.class, server::data);
        assertEquals(
            server.name() + " was never started",
            assertThrows(IllegalStateException.class, server::restart).getMessage());
        assertEquals("", server.log());
        assertEquals(server.name() + " (down)", server.toString());
      }
    }
  }

  /** Each says in its log that the port is taken; then the first start chooses others. */
  @Test
  void portThatIsTakenMeanwhile_isSeenAsSuch() throws IOException {
    for (LocalServer server : oneOfEachKind()) {
      int[] ports = FreePorts.choose(server.portCount());
      try (server;
          ServerSocket taken = taken(ports[0])) {
        server.makeNew(ports);
        server.launch();
        assertFalse(server.awaitAnswer(Long.MAX_VALUE));
        assertFalse(server.isRunning());
        server.start();
        assertTrue(server.port(0) != taken.getLocalPort());
      }
    }
  }

  @Test
  void portThatIsTakenForAWhile_restartWaitsForIt() throws Exception {
    try (NatsServer nats = NatsServer.open()) {
      nats.start();
      nats.kill();
      CompletableFuture<Void> started;
      try (ServerSocket taken = taken(nats.port(0))) {
        started = CompletableFuture.runAsync(nats::start);
        while (!nats.log().contains("address already in use")) {
          Thread.onSpinWait();
        }
        assertEquals(nats.port(0), taken.getLocalPort());
        assertFalse(started.isDone());
      }
      started.join();
      assertTrue(nats.isRunning());
    }
  }

  @Test
  void serverThatEndsAtItsStart_failsWithTheEndOfItsLog() throws IOException {
    try (NatsServer nats = NatsServer.open()) {
      nats.start();
      nats.stop();
      Path settings = nats.folder().resolve("nats.conf");
      Files.writeString(settings, "this is : {");
      AssertionError ended = assertThrows(AssertionError.class, nats::start);
      assertTrue(ended.getMessage().startsWith("nats ended with 1\n"), ended.getMessage());
      assertTrue(ended.getMessage().contains("Parse error on line 1"), ended.getMessage());
      assertFalse(nats.isRunning());
      Files.writeString(settings, "");
      nats.start();
      assertTrue(nats.isRunning());
    }
  }

  @Test
  void serverThatDoesNotAnswerInTime_failsAndIsDown() throws IOException {
    try (NatsServer nats = NatsServer.open()) {
      nats.makeNew(FreePorts.choose(1));
      nats.launch();
      AssertionError late =
          assertThrows(AssertionError.class, () -> nats.awaitAnswer(System.nanoTime() - 1));
      assertTrue(late.getMessage().startsWith("nats does not answer in time"), late.getMessage());
      assertFalse(nats.isRunning());
    }
  }

  @Test
  void programThatIsMissing_isNamedWithItsPackage() {
    assertEquals(
        "no-such-program is not installed; it is in the Debian package some-package",
        assertThrows(AssertionError.class, () -> Programs.find("no-such-program", "some-package"))
            .getMessage());
  }

  @Test
  void nodeOfACluster_isStartedByItsClusterFirst() {
    try (EtcdCluster etcd = EtcdCluster.of(2)) {
      assertEquals(
          "the cluster is started first, by its start()",
          assertThrows(IllegalStateException.class, () -> etcd.node(0).start()).getMessage());
      assertThrows(IllegalStateException.class, () -> etcd.node(0).withTls());
      assertThrows(IllegalStateException.class, etcd::restart);
      etcd.start();
      Path folder = etcd.data();
      assertEquals(
          "all nodes of etcd run already",
          assertThrows(IllegalStateException.class, etcd::start).getMessage());
      etcd.close();
      assertFalse(Files.exists(folder));
      assertThrows(IllegalStateException.class, etcd::start);
    }
  }
}
