package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.store.StoreEdit;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is changed by others between the reading and the writing of an edit. */
class NatsWriterTest {

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  /** What a server takes by default, of headers and value. */
  private static final int MOST_BYTES = 1 << 20;

  /** Happens between the two. */
  @FunctionalInterface
  private interface Others {
    void change(Bucketful bucket) throws Exception;
  }

  /** Puts the key {@code app.l} (or with another separator), which relies on what is below. */
  private static boolean isWritten(char separator, Bucketful bucket, Others others)
      throws Exception {
    String key = "app" + separator + "l";
    byte[] value = "x".getBytes(StandardCharsets.UTF_8);
    Set<String> below = Set.of(key + separator);
    StoreEdit edit = new StoreEdit(Map.of(key, value), Set.of(), Set.of(key), below, Set.of());
    return isWritten(separator, bucket, edit, others);
  }

  private static boolean isWritten(char separator, Bucketful bucket, StoreEdit edit, Others others)
      throws Exception {
    String servers = "127.0.0.1:" + NATS.server().address().getPort();
    NatsSource source = NatsSource.tree(servers, bucket.name(), "app", separator);
    try (Borrowed config = new Borrowed(source);
        NatsClient client = NatsClient.connect(source.options(), lost -> {})) {
      NatsWriter writer = new NatsWriter(new NatsRemote(source.options(), config.sink()), client);
      writer.read();
      others.change(bucket);
      return writer.write(edit);
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'.', '/'})
  void keyThatJoinsBelow_isNoticed(char separator) throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      String below = "app" + separator + "l" + separator;
      bucket.put(below + "0", "1");
      assertEquals(
          false, isWritten(separator, bucket, others -> others.put(below + "1", "joined")));
      assertEquals(
          false, isWritten(separator, bucket, others -> others.keys().delete(below + "0")));
      assertNull(bucket.keys().get("app" + separator + "l"));
      assertEquals(true, isWritten(separator, bucket, others -> {}));
    }
  }

  @Test
  void keysThatWentBelow_areNoticed() throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("app.l.0", "1");
      assertEquals(
          false, isWritten('.', bucket, others -> others.streams().purgeStream(others.stream())));
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'.', '/'})
  void keysThatJoinElsewhere_areNotMinded(char separator) throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("app" + separator + "l" + separator + "0", "1");
      assertEquals(true, isWritten(separator, bucket, NatsWriterTest::putManyElsewhere));
      assertEquals(
          false,
          isWritten(
              separator,
              bucket,
              others -> {
                putManyElsewhere(others);
                others.put("app" + separator + "l" + separator + "1", "joined");
                putManyElsewhere(others);
              }));
    }
  }

  /** So many that not each of them is looked at. */
  @ParameterizedTest
  @ValueSource(chars = {'.', '/'})
  void keyThatJoinsBelowAfterVeryManyOthers_isNoticed(char separator) throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      String below = "app" + separator + "l" + separator;
      bucket.put(below + "0", "1");
      assertEquals(
          false,
          isWritten(
              separator,
              bucket,
              others -> {
                putVeryMany(others);
                others.put(below + "1", "joined");
              }));
      assertNull(bucket.keys().get("app" + separator + "l"));
      assertEquals(
          false,
          isWritten(
              separator,
              bucket,
              others -> {
                putVeryMany(others);
                others.keys().delete(below + "0");
              }));
      assertNull(bucket.keys().get("app" + separator + "l"));
      assertEquals(true, isWritten(separator, bucket, NatsWriterTest::putVeryMany));
    }
  }

  /** Whether {@code app.l.k} is put, which relies on that {@code app.l.x} is there. */
  private static boolean isPutBeside(
      char separator, Bucketful bucket, Set<String> reliedBelow, Others others) throws Exception {
    String key = "app" + separator + "l" + separator + "k";
    String beside = "app" + separator + "l" + separator + "x";
    bucket.keys().purge(key);
    bucket.put(beside, "1");
    byte[] value = "2".getBytes(StandardCharsets.UTF_8);
    StoreEdit edit =
        new StoreEdit(Map.of(key, value), Set.of(), Set.of(key), reliedBelow, Set.of(beside));
    return isWritten(separator, bucket, edit, others);
  }

  @ParameterizedTest
  @ValueSource(chars = {'.', '/'})
  void keyThatMustBeThere_mayChange_butNotGo(char separator) throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      String beside = "app" + separator + "l" + separator + "x";
      Set<String> below = Set.of("app" + separator + "l" + separator + "k" + separator);
      for (Set<String> reliedBelow : List.of(below, Set.<String>of())) {
        Others change = others -> others.put(beside, "2");
        Others delete = others -> others.keys().delete(beside);
        Others purge = others -> others.keys().purge(beside);
        assertEquals(true, isPutBeside(separator, bucket, reliedBelow, change));
        assertEquals(false, isPutBeside(separator, bucket, reliedBelow, delete));
        assertEquals(false, isPutBeside(separator, bucket, reliedBelow, purge));
        Others veryMany = NatsWriterTest::putVeryMany;
        assertEquals(true, isPutBeside(separator, bucket, reliedBelow, both(veryMany, change)));
        assertEquals(false, isPutBeside(separator, bucket, reliedBelow, both(veryMany, delete)));
        assertEquals(false, isPutBeside(separator, bucket, reliedBelow, both(delete, veryMany)));
      }
    }
  }

  private static Others both(Others first, Others second) {
    return bucket -> {
      first.change(bucket);
      second.change(bucket);
    };
  }

  /** A server whose stream has replicas says so with a code of its own. */
  @ParameterizedTest
  @ValueSource(ints = {10_071, 10_164})
  void lostRace_ofAnyCode_isNoFailure(int code) throws Exception {
    InetSocketAddress server = NATS.server().address();
    byte[] answer =
        ("{\"error\":{\"code\":400,\"err_code\":"
                + code
                + ",\"description\":\"wrong last sequence\"}}")
            .getBytes(StandardCharsets.UTF_8);
    try (Bucketful bucket = Bucketful.create(server);
        Connection other = Nats.connect(Bucketful.options(server).build())) {
      String key = "app.l";
      bucket.put(key, "1");
      byte[] value = "2".getBytes(StandardCharsets.UTF_8);
      StoreEdit edit = new StoreEdit(Map.of(key, value), Set.of(), Set.of(key), Set.of(), Set.of());
      Others answers =
          others -> {
            StreamConfiguration before =
                others.streams().getStreamInfo(others.stream()).getConfiguration();
            others
                .streams()
                .updateStream(
                    StreamConfiguration.builder(before).subjects("elsewhere." + code).build());
            other
                .createDispatcher(asked -> other.publish(asked.getReplyTo(), answer))
                .subscribe("$KV." + bucket.name() + ".>");
            other.flush(Awaiting.PATIENCE);
          };
      assertEquals(false, isWritten('.', bucket, edit, answers));
    }
  }

  /** Alone it is not too large, or too long; with what goes before it, it is. */
  @Test
  void messageThatIsTooLarge_isRefused() throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("app.l", "1");
      Map<String, byte[]> tooLarge =
          Map.of("app.l", new byte[MOST_BYTES - 10], "app." + "k".repeat(5_000), new byte[1]);
      for (Map.Entry<String, byte[]> put : tooLarge.entrySet()) {
        Map<String, byte[]> puts = Map.of(put.getKey(), put.getValue());
        StoreEdit edit = new StoreEdit(puts, Set.of(), puts.keySet(), Set.of(), Set.of());
        ConfigException refused =
            assertThrows(ConfigException.class, () -> isWritten('.', bucket, edit, others -> {}));
        assertEquals(ErrorCode.NOT_EDITABLE, refused.problems().get(0).code());
      }
      assertEquals("1", bucket.keys().get("app.l").getValueAsString());
    }
  }

  private static void putVeryMany(Bucketful bucket) throws Exception {
    for (int i = 0; i < 600; i++) {
      bucket.putLater("app/other" + i, "2");
    }
    bucket.awaitPuts();
  }

  /** More than are looked at at once, some of them gone already. */
  private static void putManyElsewhere(Bucketful bucket) throws Exception {
    for (int i = 0; i < 50; i++) {
      bucket.put("app.la" + i % 40, "2");
      bucket.put("app/la" + i % 40, "2");
    }
  }
}
