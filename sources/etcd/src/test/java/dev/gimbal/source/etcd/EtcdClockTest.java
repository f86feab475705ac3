package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private static void put(String value) {
    ETCD.server().ctl("put", "/clock/a", value);
  }

  @Test
  void clockThatJumps_losesNoChange() throws InterruptedException {
    put("1");
    try (TcpProxy proxy = TcpProxy.to(ETCD.server().address());
        ClockedConfig config =
            ClockedConfig.start("etcd://127.0.0.1:" + proxy.port() + "/clock", "a")) {
      assertEquals("1", config.next());
      long connections = proxy.connections();
      long asked = proxy.bytes(TcpProxy.Direction.TO_SERVER);
      config.setClock(Duration.ofDays(3652));
      Waiting.until(true, () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > asked);
      put("2");
      assertEquals("2", config.next());
      assertEquals(connections, proxy.connections()); // it is not taken for silent
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
