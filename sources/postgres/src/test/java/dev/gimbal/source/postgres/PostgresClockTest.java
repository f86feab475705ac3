package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER = BackendExtension.of(PostgresServer::open);

  /** A server that is quiet is asked whether it is there. */
  private static void awaitAsked(TcpProxy proxy) throws InterruptedException {
    long before = proxy.bytes(TcpProxy.Direction.TO_SERVER);
    Await.that(() -> "not asked", () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > before);
  }

  @Test
  void clockThatJumps_losesNoChange() throws InterruptedException {
    Db db = new Db(SERVER.server()).fresh();
    db.put("a", "1");
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address());
        ClockedConfig config = ClockedConfig.start(db.uri(proxy.address()), "a")) {
      assertEquals("1", config.next());
      long connections = proxy.connections();
      awaitAsked(proxy);
      config.setClock(Duration.ofDays(3652));
      awaitAsked(proxy); // a timer has looked since
      db.put("a", "2");
      assertEquals("2", config.next());
      assertEquals(connections, proxy.connections()); // it is not taken for silent
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
