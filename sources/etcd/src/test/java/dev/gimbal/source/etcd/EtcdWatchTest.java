package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.gimbal.Config;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.store.StoreChange;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches that tell what cannot be relied on. */
class EtcdWatchTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private OtherClient client;

  @BeforeEach
  void begin() {
    client = OtherClient.of(ETCD.server());
    client.clear("/app/");
    client.putTogether(Map.of("/app/x", "0", "/app/y", "0"));
  }

  @AfterEach
  void end() {
    client.close();
  }

  private static EtcdOptions options() {
    return EtcdSource.tree("/app", "127.0.0.1:" + ETCD.server().address().getPort()).options();
  }

  private final class Noting implements EtcdWatch.Listener {

    @Override
    public void changed(long revision, List<StoreChange> changes) {
      heard.add("changed");
    }

    @Override
    public void doubted() {
      heard.add("doubted");
    }

    @Override
    public void lost(IOException why) {
      heard.add("lost");
    }
  }

  /** What a test does with a watch of this listener. */
  @FunctionalInterface
  private interface Use {
    void of(EtcdWatch watch) throws InterruptedException;
  }

  private void watching(long from, Use use) throws IOException, InterruptedException {
    EtcdOptions options = options();
    EtcdThreads threads = new EtcdThreads("etcd", PlainSink.TASKS);
    try (EtcdConnection connection =
        EtcdConnection.open(options, options.endpoints().get(0), threads)) {
      EtcdWatch watch =
          EtcdWatch.begin(
              connection,
              EtcdRange.of(options.keys()),
              from,
              options,
              Deadline.after(Duration.ofSeconds(30), PlainSink.TASKS),
              PlainSink.TASKS,
              new Noting());
      use.of(watch);
      watch.close();
    } finally {
      threads.close();
    }
  }

  private static WatchResponse at(long revision) {
    KeyValue entry =
        KeyValue.newBuilder()
            .setKey(ByteString.copyFromUtf8("/app/x"))
            .setModRevision(revision)
            .build();
    return WatchResponse.newBuilder().addEvents(Event.newBuilder().setKv(entry)).build();
  }

  @Test
  void revision_thatDoesNotRise_isDoubted() throws Exception {
    watching(
        0,
        watch -> {
          watch.onNext(at(7));
          watch.onNext(at(7));
        });
    assertEquals(List.of("changed", "doubted", "lost"), heard);
  }

  @Test
  void watch_thatTheServerCancels_isDoubted() throws Exception {
    client.compact(client.put("/app/x", "1"));
    watching(1, watch -> Waiting.until(List.of("doubted", "lost"), () -> heard));
  }

  /** The twin that must fail: a watch that is lost, and not doubted, is gone on with. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("G6")
  void watch_thatIsDoubted_isFollowedByAReading(boolean doubted) throws InterruptedException {
    Leaving source = new Leaving(doubted);
    try (Config config = Config.builder().source(source).build()) {
      client.put("/app/x", "left out");
      client.put("/app/y", "1");
      Waiting.until("1", () -> config.get("y").asString());
      client.put("/app/z", "2"); // ends the connection, and comes over the next one
      Waiting.until("2", () -> config.get("z").asString(""));
      if (doubted) {
        Waiting.until("left out", () -> config.get("x").asString());
      } else {
        assertEquals("0", config.get("x").asString());
      }
    }
  }

  /** Leaves out the first change, tells the next, and loses its connection at the third. */
  private static final class Leaving implements Source {

    private final boolean doubts;
    private final AtomicInteger told = new AtomicInteger();

    Leaving(boolean doubts) {
      this.doubts = doubts;
    }

    @Override
    public String name() {
      return "etcd";
    }

    @Override
    public Session open(Sink sink) {
      EtcdRemote remote = new EtcdRemote(options(), sink, this::hearing);
      return EtcdSession.over(options().remote().open(remote, sink), remote);
    }

    private EtcdWatch.Listener hearing(EtcdWatch.Listener to) {
      return new EtcdWatch.Listener() {
        @Override
        public void changed(long revision, List<StoreChange> changes) {
          int before = told.getAndIncrement();
          if (before == 2) {
            if (doubts) {
              to.doubted();
            }
            to.lost(new IOException("lost"));
          } else if (before != 0) {
            to.changed(revision, changes);
          }
        }

        @Override
        public void doubted() {
          to.doubted();
        }

        @Override
        public void lost(IOException why) {
          to.lost(why);
        }
      };
    }
  }
}
