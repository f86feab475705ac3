package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import dev.gimbal.format.Document;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.DirectorySource;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted values whose key comes later than they do, or takes its time. */
@Timeout(60)
class LateKeysTest {

  private static final EncryptionKey KEY = EncryptionKey.generate("k1");

  @TempDir Path folder;

  /** A provider that has the key only from some time on. */
  private static final class Late implements KeyProvider {
    private volatile boolean there;

    @Override
    public Optional<EncryptionKey> find(String id) {
      return there ? Optional.of(KEY) : Optional.empty();
    }
  }

  private static String encrypted(String path, String text) {
    return EncryptedValue.encrypt(KEY, path, text).toString();
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("app.properties"), List.of(lines));
  }

  private static SourceStatus.State state(Config config) {
    return config.status().sources().get(0).state();
  }

  private static void assertRefused(Config config) {
    ConfigException refused = assertThrows(ConfigException.class, config::reload);
    assertEquals(ErrorCode.DECRYPTION, refused.code());
    assertEquals(SourceStatus.State.DEGRADED, state(config));
  }

  @Test
  @Tag("G2")
  void file_isReadAgainByAReload_whenTheKeyIsThere() throws IOException {
    Late keys = new Late();
    Path file = file("a=1");
    try (Config config = Config.builder().keys(keys).source(Sources.file(file)).build()) {
      file("a=2", "b=" + encrypted("b", "there"));
      assertRefused(config);
      assertRefused(config);
      assertEquals(1, config.get("a").asInt());
      keys.there = true;
      config.reload();
      assertEquals(2, config.get("a").asInt());
      assertEquals("there", config.get("b").asString());
      assertEquals(SourceStatus.State.OK, state(config));
    }
  }

  /** A server that answers 304 to who has its document. */
  private static final class Server implements AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile String body;

    Server(String body) throws IOException {
      this.body = body;
      server.createContext("/", this::answer);
      server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String tag = "\"" + body.hashCode() + "\"";
      exchange.getResponseHeaders().set("ETag", tag);
      boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
      exchange.sendResponseHeaders(same ? 304 : 200, same ? -1 : bytes.length);
      try (exchange) {
        if (!same) {
          exchange.getResponseBody().write(bytes);
        }
      }
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a.properties");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  @Tag("G2")
  void http_isReadAgain_althoughTheServerCallsItUnchanged() throws Exception {
    Late keys = new Late();
    try (Server server = new Server("a=1\n");
        Config config =
            Config.builder()
                .keys(keys)
                .source(Sources.http(server.uri()).poll(Duration.ofHours(1)))
                .build()) {
      server.body = "a=2\nb=" + encrypted("b", "there") + "\n";
      assertRefused(config);
      assertRefused(config);
      assertEquals(1, config.get("a").asInt());
      keys.there = true;
      config.reload();
      assertEquals(2, config.get("a").asInt());
      assertEquals("there", config.get("b").asString());
      assertEquals(SourceStatus.State.OK, state(config));
    }
  }

  @Test
  @Tag("G2")
  void http_isAskedAgainByItself_andTakenWhenTheKeyIsThere() throws Exception {
    Late keys = new Late();
    try (Server server = new Server("a=1\n");
        Config config =
            Config.builder()
                .keys(keys)
                .source(Sources.http(server.uri()).poll(Duration.ofMillis(5)))
                .build()) {
      server.body = "a=" + encrypted("a", "there") + "\n";
      Waiting.until(() -> state(config) == SourceStatus.State.DEGRADED);
      keys.there = true;
      Waiting.until(() -> config.get("a").asString().equals("there"));
      assertEquals(SourceStatus.State.OK, state(config));
    }
  }

  /** A store that tells its changes one by one, and calls what it has told unchanged. */
  private static final class Store implements Source {
    private ObjectNode tree = ObjectNode.of(java.util.Map.of("a", Scalar.string("1")));
    private long revision = 1;
    private boolean told;
    private Feed feed;

    @Override
    public String name() {
      return "store";
    }

    @Override
    public Session open(Sink sink) {
      return RemoteOptions.of("store", "memory")
          .open(
              to -> {
                feed = to;
                return new Link() {
                  @Override
                  public RemoteState read(Sink reader) {
                    return state();
                  }

                  @Override
                  public void close() {}
                };
              },
              sink);
    }

    private synchronized RemoteState state() {
      boolean before = told;
      told = true;
      return before
          ? RemoteState.unchanged()
          : RemoteState.of(Revision.of(revision), Document.of(tree));
    }

    void set(String key, String value) {
      long now;
      synchronized (this) {
        tree = tree.with(key, Scalar.string(value));
        now = ++revision;
        told = false;
      }
      feed.patch(Revision.of(now), Patch.builder().set(key, value).build());
    }
  }

  @Test
  @Tag("G1")
  @Tag("G2")
  void changeAfterOneThatWasRefused_isNotSeenWithoutIt() throws Exception {
    Late keys = new Late();
    Store store = new Store();
    try (Config config = Config.builder().keys(keys).source(store).build()) {
      store.set("b", encrypted("b", "there"));
      Waiting.until(() -> state(config) == SourceStatus.State.DEGRADED);
      store.set("c", "3");
      assertRefused(config);
      assertEquals(false, config.get("c").exists());
      keys.there = true;
      config.reload();
      assertEquals("there", config.get("b").asString());
      assertEquals("3", config.get("c").asString());
      store.set("c", "4");
      Waiting.until(() -> config.get("c").asString().equals("4"));
      assertEquals(SourceStatus.State.OK, state(config));
    }
  }

  @Test
  void providerThatTakesTooLong_refusesTheDocument() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Path file = file("a=" + encrypted("a", "x"));
    KeyProvider hangs =
        id -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return Optional.empty();
        };
    Config.Builder builder =
        Config.builder()
            .keys(hangs)
            .formatTimeout(Duration.ofMillis(50))
            .source(Sources.file(file));
    ConfigException late = assertThrows(ConfigException.class, builder::build);
    assertEquals(ErrorCode.DEADLINE, late.code());
    assertEquals("decrypting did not finish within 50ms", late.problems().get(0).message());
  }

  @Test
  void providerThatCallsBack_isRefused() throws IOException {
    Path file = file("a=1");
    Config[] built = new Config[1];
    KeyProvider callsBack =
        id -> {
          built[0].reload();
          return Optional.of(KEY);
        };
    try (Config config = Config.builder().keys(callsBack).source(Sources.file(file)).build()) {
      built[0] = config;
      file("a=" + encrypted("a", "x"));
      ConfigException refused = assertThrows(ConfigException.class, config::reload);
      assertEquals("java.lang.IllegalStateException", refused.problems().get(0).message());
      assertEquals(1, config.get("a").asInt());
    }
  }

  @Test
  void memorySource_writtenBeforeItOpens_whileItsKeyIsFetched_losesNoWrite() throws Exception {
    MemorySource memory = Sources.memory("memory");
    memory.put("a", encrypted("a", "x"));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    KeyProvider slow =
        id -> {
          asked.countDown();
          Waiting.await(written);
          return Optional.of(KEY);
        };
    Waiting.Running writer =
        Waiting.start(
            () -> {
              asked.await();
              memory.put("b", 2);
              written.countDown();
            });
    try (Config config = Config.builder().keys(slow).source(memory).build()) {
      writer.finish();
      assertEquals("x", config.get("a").asString());
      assertEquals(2, config.get("b").asInt());
    }
  }

  @Test
  void memorySource_thatDoesNotDecrypt_failsTheStart() {
    MemorySource memory = Sources.memory("memory");
    memory.put("a", encrypted("a", "x"));
    Config.Builder builder = Config.builder().source(memory);
    assertEquals(ErrorCode.DECRYPTION, assertThrows(ConfigException.class, builder::build).code());
  }

  @Test
  @Tag("G11")
  void secretSource_ofFilesThatAreValues_isDecrypted() throws IOException {
    Files.writeString(folder.resolve("pin"), encrypted("pin", "1234"));
    Files.writeString(folder.resolve("text"), "ENC[");
    try (Config config =
        Config.builder()
            .keys(KeyProvider.of(KEY))
            .source(Sources.directory(folder).as(DirectorySource.As.VALUES).secret())
            .build()) {
      assertEquals("1234", config.get("pin").asString());
      assertEquals("pin = ***", config.get("pin").toString());
      assertEquals("text = ***", config.get("text").toString());
    }
  }

  @Test
  void textThatLooksEncrypted_onceDecrypted_isLeftAsItIs() throws IOException {
    Path file = file("a=" + encrypted("a", "ENC[x]"));
    try (Config config =
        Config.builder().keys(KeyProvider.of(KEY)).source(Sources.file(file)).build()) {
      assertEquals("ENC[x]", config.get("a").asString());
    }
  }
}
