package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** A machine that stands still for seconds ends a connection too, but not each time. */
  private static final int MOST_JUMPS = 5;

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  /**
   * The clock jumps on and on, so that whatever was heard is long ago by it, until each timer has
   * looked. Every 2 s the client asks a quiet server whether it is there, and so does the source.
   */
  private static void jumpUntilAsked(TcpProxy proxy, ClockedConfig config, Duration first)
      throws Exception {
    Duration[] ahead = {first};
    for (int i = 0; i < 3; i++) {
      long before = proxy.bytes(TcpProxy.Direction.TO_SERVER);
      Awaiting.equal(
          true,
          () -> {
            ahead[0] = ahead[0].plusMinutes(1);
            config.setClock(ahead[0]);
            return proxy.bytes(TcpProxy.Direction.TO_SERVER) > before;
          });
    }
  }

  /**
   * The clock jumps by ten years more, and a change comes after each timer has looked.
   *
   * @return whether the server was not taken for silent
   */
  private static boolean isKept(Bucketful bucket, TcpProxy proxy, ClockedConfig config, int jump)
      throws Exception {
    long connections = proxy.connections();
    jumpUntilAsked(proxy, config, Duration.ofDays(3652L * jump));
    bucket.put("clock.a", "2." + jump);
    assertEquals("2." + jump, config.next());
    return connections == proxy.connections();
  }

  @Test
  void clockThatJumps_losesNoChange() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(NATS.server().address());
        Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("clock.a", "1");
      String source = "nats://127.0.0.1:" + proxy.port() + "/" + bucket.name() + "/clock";
      try (ClockedConfig config = ClockedConfig.start(source, "a")) {
        assertEquals("1", config.next());
        boolean kept = false;
        for (int jump = 1; !kept && jump <= MOST_JUMPS; jump++) {
          kept = isKept(bucket, proxy, config, jump);
        }
        assertTrue(kept);
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
