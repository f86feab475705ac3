package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import dev.gimbal.format.Limits;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions and values that are larger than the 4 MiB that a message commonly takes. */
class EtcdLargeTest {

  private static final int KEYS = 150;
  private static final String LARGE = "v".repeat(40_000);

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD =
      BackendExtension.of(
          () -> EtcdServer.single().withFlags("--max-request-bytes=10000000", "--max-txn-ops=150"));

  private static Map<String, String> transaction(int number) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      values.put("/app/keys/k%03d".formatted(i), number + LARGE);
    }
    return values;
  }

  private static EtcdSource source(EtcdServer server) {
    return EtcdSource.tree("/app", "127.0.0.1:" + server.address().getPort())
        .name("etcd")
        .keys(keys -> keys.reading(read -> read.withLimits(new Limits(50 << 20, 8, 1000))));
  }

  private static Config config(EtcdServer server) {
    return Config.builder().source(source(server)).build();
  }

  /** The number of the transaction that all keys are of; 0 when they are of several. */
  private static int number(Value keys) {
    String first = keys.get("k000").asString();
    boolean whole = keys.asMap().values().stream().allMatch(first::equals);
    return whole && keys.asMap().size() == KEYS ? first.charAt(0) - '0' : 0;
  }

  @Test
  @Tag("G1")
  void transaction_ofMoreThanACommonMessage_isOneChange() throws Exception {
    AtomicInteger torn = new AtomicInteger();
    try (OtherClient client = OtherClient.of(ETCD.server())) {
      client.putTogether(transaction(1));
      try (Config config = config(ETCD.server());
          Subscription subscription =
              config.onChange(
                  "keys", change -> torn.addAndGet(number(change.after()) == 0 ? 1 : 0))) {
        for (int i = 2; i <= 4; i++) {
          int expected = i;
          client.putTogether(transaction(i));
          Waiting.until(true, () -> number(config.get("keys")) == expected);
        }
        assertEquals(4, config.snapshot().version());
        config.awaitDelivered(4, Waiting.SAFETY);
      }
    }
    assertEquals(0, torn.get());
  }

  /**
   * The server makes fragments of what is half a MiB more than it takes as a request. A small
   * request has so large an effect where it removes many long keys.
   */
  @Test
  @Tag("G1")
  void transaction_thatComesInFragments_isOneChange() throws Exception {
    AtomicInteger torn = new AtomicInteger();
    try (EtcdServer server = EtcdServer.single().withFlags("--max-request-bytes=100000")) {
      server.start();
      try (OtherClient client = OtherClient.of(server)) {
        for (int i = 0; i < KEYS; i += 10) {
          Map<String, String> some = new HashMap<>();
          for (int j = i; j < i + 10; j++) {
            some.put("/app/keys/" + "k".repeat(9000) + j, "v");
          }
          client.putTogether(some);
        }
        try (Config config = config(server);
            Subscription subscription =
                config.onChange("keys", change -> torn.addAndGet(size(change.after())))) {
          assertEquals(KEYS, size(config.get("keys")));
          client.clear("/app/keys/");
          Waiting.until(0, () -> size(config.get("keys")));
          assertEquals(2, config.snapshot().version());
          config.awaitDelivered(2, Waiting.SAFETY);
        }
      }
    }
    assertEquals(0, torn.get());
  }

  private static int size(Value keys) {
    return keys.exists() ? keys.asMap().size() : 0;
  }

  @Test
  void value_ofMoreThanACommonMessage_isReadAndFollowed() throws InterruptedException {
    byte[] large = new byte[5 << 20];
    Arrays.fill(large, (byte) 'x');
    try (OtherClient client = OtherClient.of(ETCD.server())) {
      client.put("/app/large", "small");
      try (Config followed = config(ETCD.server())) {
        client.put("/app/large", large);
        Waiting.until(large.length, () -> followed.get("large").asString().length());
        try (Config read = config(ETCD.server())) {
          assertEquals(large.length, read.get("large").asString().length());
        }
      }
      client.delete("/app/large");
    }
  }

  /** It is told why, and that value in the history does not stand in the way of those after it. */
  @Test
  @Tag("G7")
  void value_thatNoMessageTakes_isTold_andFollowedByTheNext() throws InterruptedException {
    EtcdOptions options =
        EtcdSource.tree("/one", "127.0.0.1:" + ETCD.server().address().getPort())
            .name("etcd")
            .options();
    assertEquals(64 << 20, options.maxMessage());
    EtcdSource taking = new EtcdSource(options.withMaxMessage(1 << 20)); // to be faster
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 'x');
    try (OtherClient client = OtherClient.of(ETCD.server())) {
      client.put("/one/a", "1");
      try (Config config = Config.builder().source(taking).build()) {
        client.put("/one/a", large);
        Waiting.until(true, () -> reason(config).contains("gRPC message exceeds maximum size"));
        assertEquals("1", config.get("a").asString());
        client.put("/one/a", "2");
        Waiting.until("2", () -> config.get("a").asString());
        client.put("/one/a", "3");
        Waiting.until("3", () -> config.get("a").asString());
      }
      client.delete("/one/a");
    }
  }

  private static String reason(Config config) {
    ConfigException why = config.status().source("etcd").reason();
    return why == null ? "" : why.problems().get(0).message();
  }
}
