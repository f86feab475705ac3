package dev.gimbal.source.postgres;

import dev.gimbal.source.Source;
import dev.gimbal.testing.SourceCompatibilityKit;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every source keeps, with psql as the other client. */
class PostgresKitTest extends SourceCompatibilityKit {

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER =
      BackendExtension.shared("postgres", PostgresServer::open);

  @BeforeEach
  void makeTable() {
    PostgresServer server = SERVER.server();
    server.sql("DROP TABLE IF EXISTS config CASCADE");
    server.sql(Db.script());
    // Bytes, so that a value can be something else than UTF-8.
    server.sql("ALTER TABLE config ALTER COLUMN value TYPE bytea USING value::bytea");
  }

  @Override
  protected void hold(Map<String, String> values) {
    StringBuilder sql = new StringBuilder("DELETE FROM config;");
    values.forEach(
        (key, value) ->
            sql.append("INSERT INTO config VALUES ('" + key + "', '" + value + "'::bytea);"));
    SERVER.server().sql(sql.toString());
  }

  @Override
  protected void damage() {
    SERVER.server().sql("UPDATE config SET value = value || '\\xff'::bytea");
  }

  @Override
  protected void remove() {
    SERVER.server().sql("DELETE FROM config");
  }

  @Override
  protected Source source() {
    return new PostgresSource(uri());
  }

  @Override
  protected String uri() {
    return new Db(SERVER.server()).uri();
  }

  @Override
  protected List<String> secrets() {
    return List.of(SERVER.server().user() + ":" + SERVER.server().password());
  }
}
