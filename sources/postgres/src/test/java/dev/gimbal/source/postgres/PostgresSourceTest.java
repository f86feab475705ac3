package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.source.jdbc.Table;
import dev.gimbal.source.store.StoreKeys;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSourceTest {

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER =
      BackendExtension.shared("postgres", PostgresServer::open);

  private Db db;

  @BeforeEach
  void makeTable() {
    db = new Db(SERVER.server()).fresh();
  }

  private static Config config(PostgresSource source) {
    return Config.builder().source(source).build();
  }

  private static String trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  // ---- what is read

  @Test
  void tree_ofKeysWithDots_followsPsql() throws Exception {
    db.run("INSERT INTO config VALUES ('db.host', 'a'), ('db.port', '1'), ('hosts.0', 'x')");
    try (Config config = config(db.source())) {
      assertEquals(
          Map.of("db", Map.of("host", "a", "port", "1"), "hosts", List.of("x")), config.asMap());
      SERVER.server().sql("UPDATE config SET value = '2' WHERE key = 'db.port'");
      Await.map(config, Map.of("db", Map.of("host", "a", "port", "2"), "hosts", List.of("x")));
      SERVER.server().sql("DELETE FROM config WHERE key LIKE 'db.%'");
      Await.map(config, Map.of("hosts", List.of("x")));
      SERVER.server().sql("TRUNCATE config");
      Await.map(config, Map.of());
      SERVER.server().sql("INSERT INTO config VALUES ('new', '3')");
      Await.map(config, Map.of("new", "3"));
    }
  }

  @Test
  void transaction_thatRollsBack_changesNothing() throws Exception {
    db.put("a", "1");
    try (Config config = config(db.source())) {
      SERVER.server().sql("BEGIN; UPDATE config SET value = 'no'; ROLLBACK");
      db.put("b", "2");
      Await.map(config, Map.of("a", "1", "b", "2"));
      assertEquals(2, config.snapshot().version());
    }
  }

  /** Each statement fires the trigger, each with the same notice. */
  @Test
  void transaction_ofAThousandRows_isOneChange() throws Exception {
    db.run("INSERT INTO config SELECT 'k' || i, '1' FROM generate_series(1, 1000) i");
    try (Config config = config(db.source());
        Connection writer = db.connect()) {
      writer.setAutoCommit(false);
      for (int i = 1; i <= 1000; i++) {
        Db.put(writer, "k" + i, "2");
      }
      writer.commit();
      Await.that(() -> "not 2", () -> config.get("k1000").asString().equals("2"));
      assertEquals(2, config.snapshot().version());
      assertEquals(Set.of("2"), Set.copyOf(config.asMap().values()));
    }
  }

  // ---- the table goes and comes

  @Test
  void table_thatIsMissingForAWhile_leavesTheLayer_andIsReadWhenItIsMadeAnew() throws Exception {
    db.put("a", "1");
    try (Config config = config(db.source().poll(Duration.ofMillis(50)))) {
      db.run("DROP TABLE config");
      Await.state(config, State.DEGRADED);
      String why = config.status().source("db").reason().getMessage();
      assertTrue(why.contains("relation \"config\" does not exist"), why);
      assertEquals(Map.of("a", "1"), config.asMap());
      db.run(Db.script(), "INSERT INTO config VALUES ('b', '2')");
      Await.map(config, Map.of("b", "2"));
      Await.state(config, State.OK);
    }
    db.put("a", "1");
    try (Config config = config(db.source())) { // without a poll its trigger tells
      db.run("DROP TABLE config", Db.script());
      db.put("c", "3");
      Await.map(config, Map.of("c", "3"));
    }
  }

  /** Its renaming fires no trigger. */
  @Test
  void table_thatTakesAnothersPlace_isReadInItsStead() throws Exception {
    db.put("a", "1");
    db.run(
        "DROP TABLE IF EXISTS fresh, stale",
        Db.script().replace(" config", " fresh"),
        "INSERT INTO fresh VALUES ('a', '2')");
    try (Config config = config(db.source())) {
      db.run(
          "ALTER TABLE config RENAME TO stale",
          "ALTER TABLE fresh RENAME TO config",
          "NOTIFY gimbal");
      Await.map(config, Map.of("a", "2"));
      assertEquals(2, config.snapshot().version());
      db.put("a", "3");
      Await.map(config, Map.of("a", "3"));
    }
    db.run("DROP TABLE stale");
  }

  /** As the page says: the table's name in three places, and the channel's in one. */
  @Test
  void script_forAnotherTableAndChannel_servesThem() throws Exception {
    String script = Db.script().replaceAll("(?m)^--.*", "");
    assertEquals(3, Pattern.compile("\\bconfig\\b").matcher(script).results().count());
    assertEquals(1, Pattern.compile("\\bgimbal\\b").matcher(script).results().count());
    String other =
        script.replaceAll("\\bconfig\\b", "app.settings").replaceAll("\\bgimbal\\b", "other");
    SERVER.server().sql("DROP SCHEMA IF EXISTS app CASCADE; CREATE SCHEMA app");
    SERVER.server().sql(other);
    SERVER.server().sql(other); // what is there stays
    SERVER.server().sql("INSERT INTO app.settings VALUES ('a', '1')");
    PostgresSource source = db.source().table(Table.of("app.settings")).channel("other");
    try (Config config = config(source)) {
      SERVER.server().sql("UPDATE app.settings SET value = '2'");
      Await.map(config, Map.of("a", "2"));
    }
  }

  @Test
  void namesColumnsScopeAndPrefix_areExact() {
    db.run(
        "CREATE SCHEMA IF NOT EXISTS \"my \"\"s\"",
        "DROP TABLE IF EXISTS \"my \"\"s\".\"T.1\"",
        "CREATE TABLE \"my \"\"s\".\"T.1\" (app text, \"K\" text, v jsonb)",
        "INSERT INTO \"my \"\"s\".\"T.1\" VALUES ('shop', 'web/a_b/port', '1'), ('bank',"
            + " 'web/a_b/port', '2'), ('shop', 'website/port', '3'), ('shop', 'web/n', NULL),"
            + " ('shop', 'web/axb/x.y', '4')");
    Table table = Table.of("\"my \"\"s\".\"T.1\"").columns("K", "v").scope("app", "shop");
    try (Config config = config(db.source().table(table.keys(StoreKeys.tree("web/a_b", '/'))))) {
      assertEquals(Map.of("port", "1"), config.asMap());
      config.edit("db", edit -> edit.set("port", "5").set("other", "6"));
      assertEquals(Map.of("port", "5", "other", "6"), config.asMap());
    }
    try (Config config = config(db.source().table(table.keys(StoreKeys.tree("web", '/'))))) {
      assertEquals(
          Map.of("a_b", Map.of("port", "5", "other", "6"), "axb", Map.of("x.y", "4")),
          config.asMap());
    }
    assertEquals(
        "bank|2\n",
        SERVER.server().sql("SELECT app, v FROM \"my \"\"s\".\"T.1\" WHERE app='bank'"));
  }

  @Test
  void document_inOneRow_isReadAndEdited_andStaysWhenItIsGone() throws Exception {
    db.put("app.properties", "# of all\na.b=1\n");
    db.put("other", "x");
    Table table = Table.of("config").keys(StoreKeys.document("app.properties", null));
    try (Config config = config(db.source().table(table))) {
      assertEquals(Map.of("a", Map.of("b", "1")), config.asMap());
      config.edit("db", edit -> edit.set("a.b", "2"));
      assertEquals(Map.of("a", Map.of("b", "2")), config.asMap());
      assertEquals(
          "# of all\na.b=2\n\n",
          SERVER.server().sql("SELECT value FROM config WHERE key = 'app.properties'"));
      db.run("DELETE FROM config");
      Await.state(config, State.DEGRADED);
      assertEquals(Map.of("a", Map.of("b", "2")), config.asMap());
      db.put("app.properties", "a.b=3");
      Await.map(config, Map.of("a", Map.of("b", "3")));
    }
  }

  @Test
  void channel_ofAnotherName_isListenedTo() throws Exception {
    db.run(
        "DROP TRIGGER gimbal_notify ON config",
        "CREATE TRIGGER gimbal_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON config"
            + " FOR EACH STATEMENT EXECUTE FUNCTION gimbal_notify('My \"channel\"')");
    db.put("a", "1");
    try (Config config = config(db.source().channel("My \"channel\""))) {
      db.put("a", "2");
      Await.map(config, Map.of("a", "2"));
    }
  }

  @Test
  void table_withoutATrigger_isPolled_andAVersionSparesTheRows() throws Exception {
    db.run("DROP TRIGGER gimbal_notify ON config", "ALTER TABLE config ADD version int DEFAULT 1");
    db.put("a", "1");
    PostgresSource often = db.source().poll(Duration.ofMillis(50));
    Table versioned = Table.of("config").versionColumn("version");
    try (Config plain = config(often.withoutNotices());
        Config config = config(often.table(versioned))) {
      db.run("UPDATE config SET value = '2'");
      Await.map(plain, Map.of("a", "2"));
      config.reload();
      assertEquals("1", config.get("a").asString());
      db.run("UPDATE config SET value = '3', version = 2");
      Await.map(config, Map.of("a", "3"));
      db.run("UPDATE config SET value = '4'", "NOTIFY gimbal"); // who gives notice is believed
      Await.map(config, Map.of("a", "4"));
    }
  }

  @Test
  void role_thatMayOnlyRead_suffices_andItsEditsAreRefused() throws Exception {
    db.put("a", "1");
    db.run(
        "DROP ROLE IF EXISTS reader",
        "CREATE ROLE reader LOGIN PASSWORD 'p:@/ %?ß'",
        "GRANT SELECT ON config TO reader");
    PostgresSource source = db.source().login("reader", "p:@/ %?ß");
    try (Config config = config(source)) {
      db.put("a", "2");
      Await.map(config, Map.of("a", "2"));
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> config.edit("db", edit -> edit.set("a", "hunter2")));
      assertEquals(ErrorCode.SOURCE_FAILED, e.code());
      assertTrue(e.getMessage().contains("permission denied for table config"), e.getMessage());
      assertFalse(trace(e).contains("hunter2"), trace(e));
      assertEquals(Map.of("a", "2"), config.asMap());
    }
    String uri = db.uri().replace("postgres:postgres@", "reader:p%3A%40%2F%20%25%3F%C3%9F@");
    try (Config config = config(new PostgresSource(uri).name("db"))) {
      assertEquals(Map.of("a", "2"), config.asMap());
    }
    db.run("DROP OWNED BY reader");
  }

  @Test
  void right_thatIsTakenAndGivenBack_leavesTheLayer() throws Exception {
    db.put("a", "1");
    db.run(
        "DROP ROLE IF EXISTS guest",
        "CREATE ROLE guest LOGIN PASSWORD 'p'",
        "GRANT SELECT ON config TO guest");
    try (Config config = config(db.source().login("guest", "p"))) {
      db.run("REVOKE SELECT ON config FROM guest", "UPDATE config SET value = '2'");
      Await.state(config, State.DEGRADED);
      String why = config.status().source("db").reason().getMessage();
      assertTrue(why.contains("permission denied for table config"), why);
      assertEquals(Map.of("a", "1"), config.asMap());
      db.run("GRANT SELECT ON config TO guest");
      Await.map(config, Map.of("a", "2"));
      Await.state(config, State.OK);
    }
    db.run("DROP OWNED BY guest");
  }

  @Test
  void credentials_thatAreWrongAndThenRight_letItJoin() throws Exception {
    db.put("a", "1");
    db.run("DROP ROLE IF EXISTS late", "CREATE ROLE late LOGIN PASSWORD 'other'");
    db.run("GRANT SELECT ON config TO late");
    PostgresSource source = db.source().login("late", "hunter2");
    try (Config config = Config.builder().source(source.optional()).build()) {
      ConfigException why = config.status().source("db").reason();
      assertTrue(why.getMessage().contains("password authentication failed"), why.getMessage());
      assertFalse(trace(why).contains("hunter2"), trace(why));
      db.run("ALTER ROLE late PASSWORD 'hunter2'");
      Await.map(config, Map.of("a", "1"));
    }
    db.run("DROP OWNED BY late");
  }

  // ---- edits

  @Test
  void edit_writesAllOrNothing_andIsInTheConfig() {
    db.run("INSERT INTO config VALUES ('a', '1'), ('b', '1')");
    try (Config config = config(db.source())) {
      config.edit("db", edit -> edit.set("a", 2).set("c.d", "new").unset("b"));
      assertEquals(Map.of("a", "2", "c", Map.of("d", "new")), config.asMap());
      assertEquals("a|2\nc.d|new\n", SERVER.server().sql("SELECT * FROM config ORDER BY key"));
      long version = config.snapshot().version();
      db.put("a", "3");
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> config.edit("db", edit -> edit.set("a", 4, version).set("x", 1)));
      assertEquals(ErrorCode.CONFLICT, e.code());
      assertEquals("0\n", SERVER.server().sql("SELECT count(*) FROM config WHERE key = 'x'"));
    }
  }

  /** Many count up at once, each on top of what it has seen. */
  @Test
  void edits_thatExpectWhatTheySaw_loseNone() throws Exception {
    assertEquals(40, countedUp(true));
  }

  /** The twin that must fail: it expects nothing, and writes over what others wrote. */
  @Test
  void edits_thatExpectNothing_loseSome() throws Exception {
    assertTrue(countedUp(false) < 40);
  }

  private int countedUp(boolean expecting) throws Exception {
    db.put("n", "0");
    try (Config one = config(db.source());
        Config other = config(db.source())) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Config config = i % 2 == 0 ? one : other;
        all.add(CompletableFuture.runAsync(() -> countUp(config, expecting)));
      }
      for (CompletableFuture<Void> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
      int counted = Integer.parseInt(SERVER.server().sql("SELECT value FROM config").strip());
      Await.map(other, Map.of("n", Integer.toString(counted)));
      return counted;
    }
  }

  private static void countUp(Config config, boolean expecting) {
    for (int done = 0; done < 10; ) {
      Snapshot seen = config.snapshot();
      int next = seen.get("n").asInt() + 1;
      try {
        config.edit(
            "db",
            edit -> {
              if (expecting) {
                edit.set("n", next, seen.version());
              } else {
                edit.set("n", next);
              }
            });
        done++;
      } catch (ConfigException e) {
        if (e.code() != ErrorCode.CONFLICT) {
          throw e;
        }
        config.reload(); // see what the others wrote
      }
    }
  }

  /** What a constraint says of a row shows its values. */
  @Test
  void edit_thatAConstraintRefuses_showsNoValue() {
    db.put("a", "1");
    for (String constraint :
        List.of(
            "ALTER TABLE config ADD CONSTRAINT short CHECK (length(value) < 5)",
            "ALTER TABLE config DROP CONSTRAINT short, ALTER value TYPE int USING value::int")) {
      db.run(constraint);
      try (Config config = config(db.source())) {
        ConfigException e =
            assertThrows(
                ConfigException.class, () -> config.edit("db", edit -> edit.set("a", "hunter2")));
        assertEquals(ErrorCode.SOURCE_FAILED, e.code());
        assertFalse(trace(e).contains("hunter2"), trace(e));
        assertEquals("1", config.get("a").asString());
      }
    }
  }

  /** It is refused when it is committed, and undone then. */
  @Test
  void edit_thatADeferredConstraintRefuses_isNotWritten() {
    db.put("a", "1");
    db.put("b", "hunter2");
    db.run("ALTER TABLE config ADD CONSTRAINT once UNIQUE (value) DEFERRABLE INITIALLY DEFERRED");
    try (Config config = config(db.source())) {
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> config.edit("db", edit -> edit.set("a", "hunter2")));
      assertEquals(ErrorCode.SOURCE_FAILED, e.code());
      assertEquals(
          "the database answers: it refuses a value (SQLSTATE 23505)",
          e.problems().get(0).message());
      assertEquals(Map.of("a", "1", "b", "hunter2"), config.asMap());
    }
  }

  // ---- texts

  @Test
  void uri_thatIsNone_isRefused_andShowsNobody() {
    for (String uri :
        List.of(
            "postgres://",
            "postgres://root:hunter2@",
            "postgres://root:hunter2@db",
            "postgres://root:hunter2@db/",
            "postgres://root:hunter2@/db",
            "postgres://root:hunter2@db:0/db",
            "postgres://root:hunter2@db:65536/db",
            "postgres://root:hunter2@db:x/db",
            "postgres://root:hunter2%2@db/db",
            "postgres://root:hunter2@db/a/b",
            "postgres://root:hunter2@db/a?b?",
            "postgres://root:hunter2@db/a#hunter2",
            "postgres://root:hunter2@a b/db",
            "postgres://root:hunter2@a,,b/db")) {
      ConfigException e = assertThrows(ConfigException.class, () -> new PostgresSource(uri), uri);
      assertEquals(ErrorCode.SOURCE_SPEC, e.code(), uri);
      assertFalse(trace(e).contains("hunter2"), trace(e));
      ConfigException again =
          assertThrows(ConfigException.class, () -> Config.builder().source(uri).build(), uri);
      assertEquals(ErrorCode.SOURCE_SPEC, again.code(), uri);
      assertFalse(trace(again).contains("hunter2"), trace(again));
    }
  }

  @Test
  void uri_withOptions_isForTheBuilder_notForTheConstructor() {
    String uri = "postgres://root:hunter2@db/shop?table=config";
    ConfigException e = assertThrows(ConfigException.class, () -> new PostgresSource(uri));
    assertEquals(ErrorCode.SOURCE_SPEC, e.code());
    assertFalse(trace(e).contains("hunter2"), trace(e));
  }

  @Test
  void uri_isUnderstood_andItsNameShowsNobody() {
    PostgresSource one = new PostgresSource("postgresql://u%40:p%3A@[::1],b.example:5433/my%20db");
    assertEquals("postgres://[::1]:5432,b.example:5433/my db?table=config", one.name());
    assertEquals("postgres " + one.name(), one.toString());
    assertEquals("u@", one.options().login().user());
    assertEquals("p:", one.options().login().password().get());
    assertEquals(List.of("[::1]:5432", "b.example:5433"), one.options().address().hosts());
  }

  @Test
  void options_thatAreWrong_areRefused() {
    for (String options :
        List.of(
            "tabel=config",
            "table=a..b",
            "sslMode=always",
            "sslmode=require",
            "sslCert=a.pem",
            "sslPassword=hunter2",
            "listen=off&channel=a",
            "listen=no",
            "channel=%20",
            "poll=0s",
            "connectTimeout=0s",
            "timeout=never",
            "as=document",
            "row=a.yaml")) {
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> Config.builder().source("postgres://h/d?" + options).build(),
              options);
      assertEquals(ErrorCode.SOURCE_SPEC, e.code(), options);
      assertFalse(trace(e).contains("hunter2"), trace(e));
    }
  }
}
