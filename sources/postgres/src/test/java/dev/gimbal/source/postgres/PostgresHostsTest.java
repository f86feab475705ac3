package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.PostgresServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A primary and its standby, in whatever order they are named. Nothing is polled. */
@Tag("slow") // servers of its own
class PostgresHostsTest {

  private static final Duration NEVER = Duration.ofDays(365);
  private static final int ROUNDS = Integer.getInteger("gimbal.hosts.rounds", 2);

  @RegisterExtension
  static final BackendExtension<PostgresServer> PRIMARY = BackendExtension.of(PostgresServer::open);

  @RegisterExtension
  static final BackendExtension<PostgresServer> STANDBY = BackendExtension.of(PostgresServer::open);

  private Db db;
  private TcpProxy primary;
  private TcpProxy standby;

  /** The second server continues what the first one has. */
  @BeforeAll
  static void replicate() throws Exception {
    Path from = PRIMARY.server().data();
    Path to = STANDBY.server().data();
    Files.writeString(
        from.resolve("pg_hba.conf"),
        "host replication all 127.0.0.1/32 scram-sha-256\n",
        StandardOpenOption.APPEND);
    PRIMARY.server().stop();
    STANDBY.server().stop();
    run("rm", "-r", to.toString());
    run("cp", "-a", from.toString(), to.toString());
    Files.createFile(to.resolve("standby.signal"));
    String source =
        "host=127.0.0.1 port=%d user=%s password=%s"
            .formatted(
                PRIMARY.server().address().getPort(),
                PRIMARY.server().user(),
                PRIMARY.server().password());
    Files.writeString(
        to.resolve("postgresql.auto.conf"),
        "primary_conninfo = '" + source + "'\n",
        StandardOpenOption.APPEND);
    PRIMARY.server().start();
    STANDBY.server().start();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }

  @BeforeEach
  void begin() throws Exception {
    db = new Db(PRIMARY.server()).fresh();
    db.put("a", "1");
    replayed();
    primary = TcpProxy.to(PRIMARY.server().address());
    standby = TcpProxy.to(STANDBY.server().address());
  }

  @AfterEach
  void end() throws Exception {
    STANDBY.server().sql("SELECT pg_wal_replay_resume()");
    for (TcpProxy each : List.of(primary, standby)) {
      each.heal();
      Await.that(() -> "open: " + each.open(), () -> each.open() == 0);
      each.close();
    }
  }

  /** Until the standby has what the primary has now. */
  private static void replayed() throws InterruptedException {
    String now = PRIMARY.server().sql("SELECT pg_current_wal_flush_lsn()").strip();
    String has = "SELECT pg_last_wal_replay_lsn() >= '" + now + "'";
    Await.that(() -> "not replicated", () -> STANDBY.server().sql(has).equals("t\n"));
  }

  private PostgresSource source(InetSocketAddress... hosts) {
    String uri = db.uri(hosts[0]);
    for (int i = 1; i < hosts.length; i++) {
      uri = uri.replaceFirst("/(?=[a-z]+$)", ",127.0.0.1:" + hosts[i].getPort() + "/");
    }
    return new PostgresSource(uri).name("db").poll(NEVER);
  }

  private static Config config(PostgresSource source) {
    return Config.builder().source(source).build();
  }

  private static String reason(Config config) {
    ConfigException why = config.status().source("db").reason();
    return why == null ? "" : why.getMessage();
  }

  private static void awaitReason(Config config, String part) throws InterruptedException {
    Await.that(() -> "not " + part + ": " + config.status(), () -> reason(config).contains(part));
  }

  /** Nothing comes to the standby any more: what is read there stays old. */
  @Test
  void primary_thatTakesOneConnection_isNotReadAtItsStandby() throws Exception {
    db.run(
        "DROP ROLE IF EXISTS single",
        "CREATE ROLE single LOGIN PASSWORD 'x' CONNECTION LIMIT 1",
        "GRANT SELECT ON config TO single");
    replayed();
    STANDBY.server().sql("SELECT pg_wal_replay_pause()");
    PostgresSource source = source(primary.address(), standby.address()).login("single", "x");
    try (Config config = Config.builder().source(source.optional()).build()) {
      awaitReason(config, "too many connections");
      db.run("ALTER ROLE single CONNECTION LIMIT 2");
      Await.map(config, Map.of("a", "1"));
      for (String value : List.of("2", "3")) {
        db.put("a", value);
        Await.map(config, Map.of("a", value));
      }
    }
    db.run("DROP OWNED BY single");
  }

  /** As behind a balancer that takes turns. */
  @Test
  void name_thatLeadsToSeveral_isReadWhereItIsListenedTo() throws Exception {
    STANDBY.server().sql("SELECT pg_wal_replay_pause()");
    AtomicInteger connects = new AtomicInteger();
    PostgresSource source =
        source(primary.address())
            .login(
                PRIMARY.server().user(),
                () -> {
                  boolean first = connects.getAndIncrement() % 2 == 0;
                  primary.retarget((first ? PRIMARY : STANDBY).server().address());
                  return PRIMARY.server().password();
                });
    try (Config config = config(source)) {
      db.put("a", "2");
      Await.map(config, Map.of("a", "2"));
    }
    assertEquals(3, connects.get());
  }

  @Test
  void standby_thatIsNamedFirst_isLeftOut_alsoByEdits() throws Exception {
    STANDBY.server().sql("SELECT pg_wal_replay_pause()");
    try (Config config = config(source(standby.address(), primary.address()))) {
      db.put("a", "2");
      Await.map(config, Map.of("a", "2"));
      config.edit("db", edit -> edit.set("a", "3"));
      assertEquals(Map.of("a", "3"), config.asMap());
    }
    try (Config config = config(source(standby.address(), primary.address()).withoutNotices())) {
      config.edit("db", edit -> edit.set("a", "4"));
      assertEquals(Map.of("a", "4"), config.asMap());
    }
  }

  /** Each attempt asks both: the driver would leave out for 10 s who was away. */
  @Test
  void primary_thatIsAway_isTriedEachTime_andNamed() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort());
    }
    try (Config config = config(source(primary.address(), standby.address()))) {
      primary.refuse();
      awaitReason(config, "it is a standby");
      String why = reason(config);
      assertTrue(why.contains(":" + primary.port() + " refused"), why);
      assertTrue(why.contains(":" + standby.port() + ": it is a standby (SQLSTATE 08001)"), why);
      primary.retarget(nobody);
      primary.heal();
      long before = primary.connections();
      long others = standby.connections();
      Await.that(() -> "not tried", () -> primary.connections() >= before + 4);
      long tried = standby.connections() - others;
      assertTrue(tried <= primary.connections() - before + 1, () -> "the standby alone: " + tried);
      db.put("a", "2");
      primary.retarget(PRIMARY.server().address());
      Await.map(config, Map.of("a", "2"));
      Await.state(config, State.OK);
    }
  }

  /** Time is without limit for a single one. */
  @Test
  void host_thatLeadsNowhere_doesNotKeepFromTheOthers() throws Exception {
    primary.halfOpen();
    standby.retarget(PRIMARY.server().address());
    PostgresSource source = source(primary.address(), standby.address());
    try (Config config = config(source.connectTimeout(Duration.ofHours(1)))) {
      db.put("a", "2");
      Await.map(config, Map.of("a", "2"));
    }
  }

  /** A host that is slow, and the only one that will do, has all the time there is. */
  @Test
  void host_thatIsSlow_isTriedAgainWhereNoOtherWillDo() throws Exception {
    primary.halfOpen();
    PostgresSource source =
        source(primary.address(), standby.address())
            .sslMode("disable") // else the driver connects once more without TLS
            .connectTimeout(Duration.ofHours(1));
    CompletableFuture<Config> starting = CompletableFuture.supplyAsync(() -> config(source));
    Await.that(() -> "not tried again", () -> primary.connections() == 2);
    assertEquals(1, standby.connections());
    primary.heal();
    starting.get(60, TimeUnit.SECONDS).close();
    assertEquals(1, standby.connections());
  }

  @Test
  void standby_thatIsReadWithoutNotices_isLeftForThePrimary_whenItIsEdited() throws Exception {
    primary.refuse();
    STANDBY.server().sql("SELECT pg_wal_replay_pause()");
    PostgresSource source = source(primary.address(), standby.address()).withoutNotices();
    try (Config config = config(source)) {
      assertEquals(Map.of("a", "1"), config.asMap());
      primary.heal();
      ConfigException e =
          assertThrows(ConfigException.class, () -> config.edit("db", to -> to.set("a", "2")));
      assertEquals(
          "the database answers: the host that is read is a standby; the others are tried anew"
              + " (SQLSTATE 25006)",
          e.problems().get(0).message());
      Await.that(() -> "not edited: " + config.status(), () -> isEdited(config));
      assertEquals(Map.of("a", "2"), config.asMap());
    }
  }

  /** Not as long as it is connected anew. */
  private static boolean isEdited(Config config) {
    try {
      config.edit("db", to -> to.set("a", "2"));
      return true;
    } catch (ConfigException e) {
      assertTrue(e.getMessage().contains("there is no connection"), e.getMessage());
      return false;
    }
  }

  // ---- how soon it is current; -Dgimbal.hosts.rounds says how often it is measured

  /** It is away until the waits between attempts are the longest. */
  @Test
  void primary_thatIsKilled_isFollowedWhenItIsBack() throws Exception {
    Rounds rounds = new Rounds();
    try (Config config = config(source(PRIMARY.server().address(), standby.address()))) {
      for (int round = 1; round <= ROUNDS; round++) {
        long before = standby.connections();
        PRIMARY.server().kill();
        Await.that(() -> "not tried", () -> standby.connections() >= before + 6);
        Await.state(config, State.DEGRADED);
        PRIMARY.server().start();
        rounds.begin();
        String value = "round " + round;
        db.put("a", value);
        Await.map(config, Map.of("a", value));
        rounds.end();
        Await.state(config, State.OK);
      }
    }
    rounds.print("killed and back");
  }

  /** And once: by default TLS is preferred only, and the driver would ask again without it. */
  @Test
  void host_thatLeadsNowhere_isLeftAtTheStart() throws Exception {
    primary.halfOpen();
    standby.retarget(PRIMARY.server().address());
    Rounds rounds = new Rounds();
    for (int round = 1; round <= ROUNDS; round++) {
      String value = "round " + round;
      db.put("a", value);
      long asked = primary.connections();
      rounds.begin();
      try (Config config = config(source(primary.address(), standby.address()))) {
        rounds.end();
        assertEquals(Map.of("a", value), config.asMap());
        assertEquals(asked + 1, primary.connections());
      }
    }
    rounds.print("half-open from the start");
  }

  @Test
  void host_thatComesToLeadNowhere_isLeftForTheOther() throws Exception {
    standby.retarget(PRIMARY.server().address());
    Rounds rounds = new Rounds();
    for (int round = 1; round <= ROUNDS; round++) {
      try (Config config = config(source(primary.address(), standby.address()))) {
        String value = "round " + round;
        db.put("a", value);
        Await.map(config, Map.of("a", value));
        Thread.sleep(2_000L * (round - 1) / ROUNDS); // at any time of its asking
        primary.halfOpen();
        rounds.begin();
        db.put("a", "after " + value);
        Await.map(config, Map.of("a", "after " + value));
        rounds.end();
        Await.state(config, State.OK);
      }
      primary.heal();
    }
    rounds.print("half-open while connected");
  }

  /** Beside a standby that answers all the time. */
  @Test
  void primary_thatLedNowhere_isFollowedWhenItIsBack() throws Exception {
    Rounds rounds = new Rounds();
    try (Config config = config(source(primary.address(), standby.address()))) {
      for (int round = 1; round <= ROUNDS; round++) {
        long before = standby.connections();
        primary.halfOpen();
        Await.that(() -> "not tried", () -> standby.connections() >= before + 2);
        Await.state(config, State.DEGRADED);
        Thread.sleep(7_000L * (round - 1) / ROUNDS); // at any time of an attempt
        String value = "round " + round;
        db.put("a", value);
        primary.heal();
        rounds.begin();
        Await.map(config, Map.of("a", value));
        rounds.end();
        Await.state(config, State.OK);
      }
    }
    rounds.print("half-open and back");
  }

  /** How long rounds took. Nothing is asserted about time. */
  private static final class Rounds {

    private final List<Long> millis = new ArrayList<>();
    private long begun;

    void begin() {
      begun = System.nanoTime();
    }

    void end() {
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    void print(String what) {
      List<Long> sorted = millis.stream().sorted().toList();
      System.out.printf(
          "%s: median %d ms, worst %d ms of %s%n",
          what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), millis);
    }
  }
}
