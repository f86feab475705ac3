package dev.gimbal.source.jdbc;

import dev.gimbal.source.Source;
import dev.gimbal.testing.SourceCompatibilityKit;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.MariaDbServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every source keeps, with MariaDB and its own client as the other one. */
class JdbcKitTest extends SourceCompatibilityKit {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER =
      BackendExtension.shared("mariadb", MariaDbServer::open);

  @BeforeEach
  void makeTable() {
    new MariaDb(SERVER.server()).fresh().run("ALTER TABLE config MODIFY value longblob NOT NULL");
  }

  @Override
  protected void hold(Map<String, String> values) {
    StringBuilder sql = new StringBuilder("START TRANSACTION; DELETE FROM config;");
    values.forEach(
        (key, value) ->
            sql.append("INSERT INTO config (`key`, value) VALUES ('" + key + "', '" + value)
                .append("');"));
    SERVER.server().sql(sql.append("COMMIT").toString());
  }

  @Override
  protected void damage() {
    SERVER.server().sql("UPDATE config SET value = CONCAT(value, X'FF')");
  }

  @Override
  protected void remove() {
    SERVER.server().sql("DELETE FROM config");
  }

  @Override
  protected Source source() {
    return new MariaDb(SERVER.server()).source().table(Table.of("config").versionColumn("version"));
  }

  @Override
  protected String uri() {
    MariaDbServer server = SERVER.server();
    return server.jdbcUrl()
        + "?driver.user="
        + server.user()
        + "&driver.password="
        + server.password()
        + "&driver.sslMode=disable&poll=50ms";
  }

  @Override
  protected List<String> secrets() {
    return List.of("password=" + SERVER.server().password());
  }

  /** The driver's own thread for timeouts, and those of the JDK. */
  @Override
  protected boolean isForeign(Thread thread) {
    return thread.getName().startsWith("MariaDb-");
  }
}
