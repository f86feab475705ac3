package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.ClockedConfig;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall clock of the process jumps; the monotonic one does not. */
@Tag("slow") // a JVM of its own
class NatsClockTest {

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  @Test
  void clockThatJumps_losesNoChange() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(NATS.server().address());
        Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("clock.a", "1");
      String source = "nats://127.0.0.1:" + proxy.port() + "/" + bucket.name() + "/clock";
      try (ClockedConfig config = ClockedConfig.start(source, "a")) {
        assertEquals("1", config.next());
        long connections = proxy.connections();
        long asked = proxy.bytes(TcpProxy.Direction.TO_SERVER);
        config.setClock(Duration.ofDays(3652));
        Awaiting.equal(true, () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > asked);
        bucket.put("clock.a", "2");
        assertEquals("2", config.next());
        assertEquals(connections, proxy.connections()); // it is not taken for silent
        config.setClock(Duration.ofDays(-3652));
        bucket.put("clock.a", "3");
        assertEquals("3", config.next());
        NATS.server().kill();
        config.setClock(Duration.ofDays(7305));
        NATS.server().start();
        bucket.putSurely("clock.a", "4");
        assertEquals("4", config.next());
        config.setClock(Duration.ZERO);
        bucket.put("clock.a", "5");
        assertEquals("5", config.next());
      }
    }
  }
}
