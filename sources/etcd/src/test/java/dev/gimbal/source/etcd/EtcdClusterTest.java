package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdCluster;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TestCertificates;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes with TLS and a login, each of which is killed in turn while keys change. */
class EtcdClusterTest {

  private static final String PASSWORD = "hunter3hunter3";

  @RegisterExtension
  static final BackendExtension<EtcdCluster> ETCD =
      BackendExtension.of(() -> EtcdCluster.of(3).withTls().withRootPassword(PASSWORD));

  /** Writes by etcdctl until it is told to end; what was written last is known. */
  private static final class Load {

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run);

    Load(int begin) {
      written.set(begin);
    }

    void awaitMore() throws InterruptedException {
      int more = written.get() + 5;
      Waiting.until(true, () -> written.get() >= more);
    }

    private void run() {
      try {
        while (!ended.get()) {
          put(written.incrementAndGet());
        }
      } catch (InterruptedException | RuntimeException e) {
        failure.set(e);
      }
    }

    /** While there is no leader a put fails; it is made again. */
    private static void put(int value) throws InterruptedException {
      while (true) {
        try {
          ETCD.server().ctl("put", "/app/count", Integer.toString(value));
          return;
        } catch (AssertionError e) {
          Thread.sleep(100); // until the nodes that are left have a leader
        }
      }
    }

    int end() throws InterruptedException {
      ended.set(true);
      thread.join();
      assertEquals(null, failure.get());
      return written.get();
    }
  }

  private static EtcdSource source() {
    TestCertificates own = ETCD.server().certificates();
    List<String> nodes =
        ETCD.server().nodes().stream()
            .map(node -> "127.0.0.1:" + node.address().getPort())
            .toList();
    return EtcdSource.tree("/app", nodes.toArray(new String[0]))
        .name("etcd")
        .tls(own.authority(), own.clientCertificate(), own.clientKey())
        .login("root", PASSWORD)
        .timeout(Duration.ofSeconds(5));
  }

  @Test
  @Tag("G6")
  @Tag("G7")
  void eachNodeKilledInTurn_underLoad_losesNoFinalValue() throws InterruptedException {
    ETCD.server().ctl("put", "/app/count", "0");
    try (Config config = Config.builder().source(source()).build()) {
      AtomicInteger wentBack = new AtomicInteger();
      config.onChange(
          "count",
          change -> {
            int before = Integer.parseInt(change.before().asString());
            int now = Integer.parseInt(change.after().asString());
            wentBack.addAndGet(now < before ? 1 : 0);
          });
      Load load = new Load(0);
      for (EtcdServer node : ETCD.server().nodes()) {
        load = new Load(load.written.get());
        load.thread.start();
        load.awaitMore();
        node.kill();
        load.awaitMore();
        String last = Integer.toString(load.end());
        Waiting.until(last, () -> config.get("count").asString());
        Waiting.until(SourceStatus.State.OK, () -> config.status().source("etcd").state());
        config.edit("etcd", edit -> edit.set("edited", last));
        assertEquals(last, config.get("edited").asString());
        node.start();
      }
      assertEquals(0, wentBack.get());
    }
    Waiting.until(Set.of(), Waiting::threads);
  }
}
