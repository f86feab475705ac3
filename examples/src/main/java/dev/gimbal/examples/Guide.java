package dev.gimbal.examples;

import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.DataSize;
import dev.gimbal.History;
import dev.gimbal.KeyReport;
import dev.gimbal.Live;
import dev.gimbal.Problem;
import dev.gimbal.Resource;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.TypeRef;
import dev.gimbal.UnknownKeys;
import dev.gimbal.Value;
import dev.gimbal.Verdict;
import dev.gimbal.VetoException;
import dev.gimbal.Watcher;
import dev.gimbal.bind.Converter;
import dev.gimbal.bind.Default;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.source.FileEdit;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the guide for Java shows. */
final class Guide {

  private final System.Logger log = System.getLogger("guide");

  Config build(Path file, MemorySource overrides) {
    Config config =
        Config.builder()
            .source(Sources.classpath("defaults.yaml")) // the lowest layer
            .source(Sources.file(file))
            .source("file:local.yaml?optional=true") // the same as a text
            .source(Sources.environment("APP_"))
            .source(overrides) // the highest
            .startTimeout(Duration.ofSeconds(5)) // for the first answers; 30 s by default
            .build();
    return config;
  }

  String problems(Path file) {
    StringBuilder report = new StringBuilder();
    try {
      Config.builder().source(Sources.file(file)).watching(false).build().close();
    } catch (ConfigException e) {
      for (Problem problem : e.problems()) {
        report.append(problem.code().id()).append(": ").append(problem.message()).append('\n');
      }
    }
    return report.toString();
  }

  void read(Config config) {
    int port = config.get("server.port").asInt(8080); // absent: 8080
    String name = config.get("server.name").asString(); // absent: ConfigException, GIM-002
    Duration timeout = config.get("server.timeout").asDuration(Duration.ofSeconds(2));
    List<String> hosts = config.get("hosts").asList(List.of());
    Value plan = config.get("plans", "a.b", "price"); // keys as they are: nothing is parsed
    log.log(System.Logger.Level.INFO, port + name + timeout + hosts + plan);
  }

  String readTyped(Config config) {
    List<Duration> waits = config.get("retry.waits").as(new TypeRef<List<Duration>>() {});
    DataSize limit = config.get("upload.limit").as(DataSize.class, DataSize.parse("10MiB"));
    return waits + " " + limit;
  }

  record Colour(int rgb) {}

  Config convert(Source source) {
    Converter<Colour> colours =
        new Converter<>() {
          @Override
          public Class<Colour> type() {
            return Colour.class;
          }

          @Override
          public String expected() {
            return "a colour such as #a0b1c2"; // what messages say
          }

          @Override
          public Colour convert(String text) {
            return new Colour(Integer.parseInt(text.substring(1), 16));
          }
        };
    Config config = Config.builder().source(source).converter(colours).build();
    return config;
  }

  String consistent(Config config) {
    Snapshot now = config.snapshot(); // one version, however long you hold it
    return now.get("user").asString("") + "@" + now.get("host").asString("");
  }

  Live<Duration> live(Config config) {
    Live<Duration> delay = config.live("work.delay", Duration.class, Duration.ZERO);
    return delay; // delay.get() answers from the present snapshot
  }

  void follow(Config config) throws InterruptedException {
    try (Watcher watcher = config.watch("pool")) {
      while (true) {
        Value pool = watcher.next(); // blocks until it differs from what it gave last
        resize(pool.get("size").asInt(1));
      }
    }
  }

  Subscription listen(Config config) {
    Subscription pool =
        config.onChange(
            List.of("pool.size", "pool.wait"), // one call for both
            change -> resize(change.after().get("size").asInt(1)));
    return pool; // pool.close(): no call begins after it returned
  }

  void startWithoutGap(Config config, AtomicReference<String> level) throws InterruptedException {
    Value read = config.get("log.level");
    level.set(read.asString("info"));
    try (Watcher watcher = config.watch(read)) { // starts from what was read: nothing is missed
      level.set(watcher.next().asString("info"));
    }
  }

  Subscription report(Config config) {
    return config.onStatus(
        source -> {
          ConfigException reason = source.reason();
          if (reason != null) { // what is wrong; readers keep the last good state
            log.log(System.Logger.Level.WARNING, source.name() + ": " + reason.getMessage());
          }
        });
  }

  void write(Config config, MemorySource overrides) throws InterruptedException, TimeoutException {
    long version = overrides.patch(p -> p.set("pool.size", 8).set("pool.wait", "2s")); // one step
    config.awaitDelivered(version, Duration.ofSeconds(5)); // every listener was called for it
  }

  Config check(Source source) {
    Config config =
        Config.builder()
            .source(source)
            .validator(
                "limits",
                candidate ->
                    candidate.get("pool.size").asInt(1) <= candidate.get("pool.max").asInt(100)
                        ? Verdict.accept()
                        : Verdict.reject("pool.size", "it is above pool.max"))
            .guard(
                "no downgrade",
                (before, candidate) ->
                    candidate.get("schema").asInt(0) >= before.get("schema").asInt(0)
                        ? Verdict.accept()
                        : Verdict.reject("schema", "the data has been migrated already"))
            .checkTimeout(Duration.ofSeconds(2)) // for all checks of one change; 5 s by default
            .build();
    return config;
  }

  /** The socket of a server; it moves when the port does. */
  static final class Listening implements Resource<Integer> {
    private volatile @Nullable ServerSocket socket;

    @Override
    public Prepared prepare(Integer port) throws IOException, VetoException {
      ServerSocket opened = new ServerSocket();
      try {
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException | IllegalArgumentException e) {
        opened.close();
        throw new VetoException("port " + port + " cannot be opened"); // all keep what there is
      }
      return new Prepared() {
        @Override
        public void commit() { // all others have prepared, too
          ServerSocket before = socket;
          socket = opened;
          close(before);
        }

        @Override
        public void abort() { // one of them has vetoed
          close(opened);
        }
      };
    }
  }

  static Config serve(Source source, Listening listening) {
    Config config =
        Config.builder()
            .source(source)
            .resource("server.port", Integer.class, listening) // has committed when build returns
            .build();
    return config;
  }

  static ServerSocket socket(Listening listening) {
    return Objects.requireNonNull(listening.socket);
  }

  private static void close(@Nullable ServerSocket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      System.getLogger("guide").log(System.Logger.Level.WARNING, "a socket stays open", e);
    }
  }

  /** What reads {@code server}. */
  public record Server(String host, @Default("8080") int port) {}

  static Config knowing(Source source) {
    Config config =
        Config.builder()
            .declare("server", Server.class) // a record: its keys are known
            .declare("log.level", String.class)
            .unknownKeys("", UnknownKeys.ERROR) // WARN: logged, and in config.warnings()
            .unknownKeys("plugins", UnknownKeys.IGNORE)
            .source(source)
            .build();
    return config;
  }

  static String keys(Config config) {
    StringBuilder report = new StringBuilder();
    KeyReport keys = config.keys();
    for (KeyReport.Unread unread : keys.unread()) {
      report.append(unread.path()).append(" is never read\n");
    }
    report.append(keys); // a table: server.port: int, at a.yaml:3:9, may be set by APP_SERVER_PORT
    return report.toString();
  }

  long goBack(Config config) {
    History history = config.history();
    long now = config.snapshot().version();
    for (Change.Entry entry : history.diff(now - 1, now).changes()) {
      log.log(System.Logger.Level.INFO, entry.path() + " was " + entry.before());
    }
    return history.rollback(now - 1); // the old tree under a new version, until release()
  }

  long editOf(Config config) {
    long version = config.snapshot().version();
    return config.edit("app.yaml", e -> e.set("db.pool.max", 20, version)); // else GIM-029
  }

  boolean edit(Path file) {
    Edit.Builder edit = Edit.builder();
    edit.onlyIf("server.port", 80); // else GIM-029
    edit.set("server.port", 8080);
    edit.unset("old");
    return new FileEdit(Formats.installed(List.of()), file).apply(edit.build());
  }

  private void resize(int size) {
    log.log(System.Logger.Level.INFO, size);
  }
}
