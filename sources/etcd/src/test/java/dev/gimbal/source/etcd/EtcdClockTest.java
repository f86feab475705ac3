package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.ClockedConfig;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall clock of the process jumps; the monotonic one does not. */
@Tag("slow") // a JVM of its own
class EtcdClockTest {

  /** A machine that stands still for seconds ends a connection too, but not each time. */
  private static final int MOST_JUMPS = 5;

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private static void put(String value) {
    ETCD.server().ctl("put", "/clock/a", value);
  }

  /** A server that is quiet is asked whether it is there. */
  private static void awaitAsked(TcpProxy proxy) throws InterruptedException {
    long before = proxy.bytes(TcpProxy.Direction.TO_SERVER);
    Waiting.until(true, () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > before);
  }

  /**
   * The clock jumps by ten years more, and a change comes after a timer has looked.
   *
   * @return whether the server was not taken for silent
   */
  private static boolean isKept(TcpProxy proxy, ClockedConfig config, int jump)
      throws InterruptedException {
    awaitAsked(proxy);
    long connections = proxy.connections();
    config.setClock(Duration.ofDays(3652L * jump));
    awaitAsked(proxy);
    put("2." + jump);
    assertEquals("2." + jump, config.next());
    return connections == proxy.connections();
  }

  @Test
  void clockThatJumps_losesNoChange() throws InterruptedException {
    put("1");
    try (TcpProxy proxy = TcpProxy.to(ETCD.server().address());
        ClockedConfig config =
            ClockedConfig.start("etcd://127.0.0.1:" + proxy.port() + "/clock", "a")) {
      assertEquals("1", config.next());
      boolean kept = false;
      for (int jump = 1; !kept && jump <= MOST_JUMPS; jump++) {
        kept = isKept(proxy, config, jump);
      }
      assertTrue(kept);
      config.setClock(Duration.ofDays(-3652));
      put("3");
      assertEquals("3", config.next());
      ETCD.server().kill();
      config.setClock(Duration.ofDays(7305));
      ETCD.server().start();
      put("4");
      assertEquals("4", config.next());
      config.setClock(Duration.ZERO);
      put("5");
      assertEquals("5", config.next());
    }
  }
}
