package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.ClockedConfig;
import dev.gimbal.testing.backend.PostgresServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall clock of the process jumps; the monotonic one does not. */
@Tag("slow") // a JVM of its own
class PostgresClockTest {

  /** A machine that stands still for seconds ends a connection too, but not each time. */
  private static final int MOST_JUMPS = 5;

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER = BackendExtension.of(PostgresServer::open);

  /**
   * The clock jumps on and on, so that whatever was heard is long ago by it, until each timer has
   * looked. Every 3 s a quiet server is asked whether it is there.
   */
  private static void jumpUntilAsked(TcpProxy proxy, ClockedConfig config, Duration first)
      throws InterruptedException {
    Duration[] ahead = {first};
    for (int i = 0; i < 3; i++) {
      long before = proxy.bytes(TcpProxy.Direction.TO_SERVER);
      Await.that(
          () -> "not asked",
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
  private static boolean isKept(Db db, TcpProxy proxy, ClockedConfig config, int jump)
      throws InterruptedException {
    long connections = proxy.connections();
    jumpUntilAsked(proxy, config, Duration.ofDays(3652L * jump));
    db.put("a", "2." + jump);
    assertEquals("2." + jump, config.next());
    return connections == proxy.connections();
  }

  @Test
  void clockThatJumps_losesNoChange() throws InterruptedException {
    Db db = new Db(SERVER.server()).fresh();
    db.put("a", "1");
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address());
        ClockedConfig config = ClockedConfig.start(db.uri(proxy.address()), "a")) {
      assertEquals("1", config.next());
      boolean kept = false;
      for (int jump = 1; !kept && jump <= MOST_JUMPS; jump++) {
        kept = isKept(db, proxy, config, jump);
      }
      assertTrue(kept);
      config.setClock(Duration.ofDays(-3652));
      db.put("a", "3");
      assertEquals("3", config.next());
      SERVER.server().kill();
      config.setClock(Duration.ofDays(7305));
      SERVER.server().start();
      db.put("a", "4");
      assertEquals("4", config.next());
      config.setClock(Duration.ZERO);
      db.put("a", "5");
      assertEquals("5", config.next());
    }
  }
}
