package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus;
import dev.gimbal.Verdict;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that say nothing, or not soon, and what is told of it. */
class EtcdConnectTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private TcpProxy proxy;
  private OtherClient client;

  @BeforeEach
  void begin() {
    proxy = TcpProxy.to(ETCD.server().address());
    client = OtherClient.of(ETCD.server());
    client.clear("/app/");
    client.put("/app/x", "0");
  }

  @AfterEach
  void end() {
    client.close();
    proxy.close();
  }

  private static Config config(Source source) {
    return Config.builder().source(source).build();
  }

  private static void awaitUp(Config config, String x) throws InterruptedException {
    Waiting.until(x, () -> config.get("x").asString(""));
    Waiting.until(SourceStatus.State.OK, () -> config.status().sources().get(0).state());
  }

  /** The time for connecting is longer than the test waits. */
  @Test
  @Tag("G7")
  void oneOfSeveral_thatIsSilent_doesNotKeepFromTheOthers() throws InterruptedException {
    try (TcpProxy silent = TcpProxy.to(ETCD.server().address());
        Config config =
            config(
                EtcdSource.tree("/app", "127.0.0.1:" + silent.port(), "127.0.0.1:" + proxy.port())
                    .connectTimeout(Duration.ofMinutes(5))
                    .timeout(Duration.ofSeconds(2)))) {
      for (int i = 1; i <= 2; i++) { // by turns, whichever was the first
        silent.halfOpen();
        proxy.cut();
        client.put("/app/x", Integer.toString(i));
        awaitUp(config, Integer.toString(i));
        silent.heal();
        silent.cut();
      }
    }
  }

  /** It has all the time there is once the others were tried. */
  @Test
  @Tag("G7")
  void oneOfSeveral_thatIsSlow_isWaitedFor() throws InterruptedException {
    try (TcpProxy refusing = TcpProxy.to(ETCD.server().address())) {
      refusing.refuse();
      proxy.delay(Duration.ofMillis(700));
      EtcdSource slow =
          EtcdSource.tree("/app", "127.0.0.1:" + refusing.port(), "127.0.0.1:" + proxy.port())
              .connectTimeout(Duration.ofMinutes(5));
      try (Config config = config(slow)) {
        awaitUp(config, "0");
      }
    }
  }

  /** A name may have another address, whose turn must come before the time is over. */
  @Test
  @Tag("G7")
  void address_thatIsSilent_isLeftBeforeTheTimeIsOver() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Crowd crowd = new Crowd(silent)) {
      EtcdSource source =
          EtcdSource.tree("/app", "127.0.0.1:" + silent.getLocalPort())
              .name("etcd")
              .connectTimeout(Duration.ofSeconds(3));
      try (Config config = config(source.optional())) {
        Waiting.until(true, () -> config.status().source("etcd").reason() != null);
        String why = config.status().source("etcd").reason().problems().get(0).message();
        assertTrue(why.contains("connection timed out after 1000 ms"), why);
      }
    }
  }

  /** So many connections that nobody takes that the next is not answered. */
  private static final class Crowd implements AutoCloseable {

    private static final int MOST = 20;
    private final List<Socket> sockets = new ArrayList<>();

    Crowd(ServerSocket silent) throws IOException {
      for (int i = 0; i < MOST; i++) {
        Socket next = new Socket();
        sockets.add(next);
        try {
          next.connect(silent.getLocalSocketAddress(), 300);
        } catch (SocketTimeoutException e) {
          return;
        }
      }
      throw new AssertionError("all were taken");
    }

    @Override
    public void close() throws IOException {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  /** The connection ends when the keys were read, before a lease is granted to write with. */
  @Test
  void edit_thatGetsNoLease_leavesNoDoubt() {
    EtcdSource source =
        EtcdSource.tree("/app", "127.0.0.1:" + proxy.port())
            .name("etcd")
            .lease(Duration.ofMinutes(5));
    Config.Builder builder =
        Config.builder()
            .source(source)
            .validator(
                "cuts",
                candidate -> {
                  if (candidate.get("mine").exists()) {
                    proxy.refuse();
                  }
                  return Verdict.accept();
                });
    try (Config config = builder.build()) {
      ConfigException failed =
          assertThrows(
              ConfigException.class, () -> config.edit("etcd", edit -> edit.set("mine", "1")));
      String why = failed.problems().get(0).message();
      assertTrue(why.startsWith("it cannot be reached: 127.0.0.1:"), why);
      assertFalse(why.contains("may be written"), why);
      assertEquals(Map.of("x", "0"), client.read("/app/"));
    }
  }
}
