package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.ClockedConfig;
import dev.gimbal.testing.backend.MariaDbServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall clocks of the process and of the server jump; the monotonic ones do not. */
@Tag("slow") // a JVM of its own
class JdbcClockTest {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER = BackendExtension.of(MariaDbServer::open);

  private final MariaDb db = new MariaDb(SERVER.server()).fresh();

  /** Puts by a transaction for which the server's clock is so far ahead. */
  private void put(String value, Duration ahead) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(ahead));
    db.run(
        "SET timestamp = " + micros + " / 1000000",
        "REPLACE INTO config (`key`, value) VALUES ('a', '" + value + "')");
  }

  @Test
  void clocksThatJump_loseNoChange() throws InterruptedException {
    put("1", Duration.ZERO);
    String source =
        SERVER.server().jdbcUrl()
            + "?sslMode=disable?table=config&versionColumn=version&poll=50ms"
            + "&driver.user=test&driver.password=test";
    try (ClockedConfig config = ClockedConfig.start(source, "a")) {
      assertEquals("1", config.next());
      config.setClock(Duration.ofDays(3652));
      put("2", Duration.ZERO);
      assertEquals("2", config.next());
      config.setClock(Duration.ofDays(-3652));
      put("3", Duration.ofDays(3652));
      assertEquals("3", config.next());
      put("4", Duration.ofDays(-3652));
      assertEquals("4", config.next());
      SERVER.server().kill();
      config.setClock(Duration.ofDays(7305));
      SERVER.server().start();
      put("5", Duration.ZERO);
      assertEquals("5", config.next());
      config.setClock(Duration.ZERO);
      put("6", Duration.ofDays(-7305));
      assertEquals("6", config.next());
    }
  }
}
