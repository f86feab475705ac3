package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that is restored with the same ids, on a server whose terms are no higher. */
class EtcdRestoreTest {

  /** New for each test, so that it had one election, as the restored one has. */
  @RegisterExtension
  final BackendExtension<EtcdServer> etcd = BackendExtension.of(EtcdServer::single);

  @TempDir Path folder;

  private String ctl(String... arguments) {
    return etcd.server().ctl(arguments);
  }

  private Path save() {
    Path backup = folder.resolve("backup");
    ctl("snapshot", "save", backup.toString());
    return backup;
  }

  /** Under the same name, token and URL, so that cluster and member have the ids they had. */
  private void restore(Path backup) throws IOException {
    String peer = ctl("member", "list").split(", ")[3];
    Path data = etcd.server().data();
    etcd.server().stop();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
    ctl(
        "snapshot",
        "restore",
        backup.toString(),
        "--data-dir=" + data,
        "--name=etcd",
        "--initial-cluster=etcd=" + peer,
        "--initial-advertise-peer-urls=" + peer);
    etcd.server().start();
  }

  private String id() {
    return ctl("endpoint", "status", "-w", "fields")
        .lines()
        .filter(line -> line.startsWith("\"ClusterID\"") || line.startsWith("\"MemberID\""))
        .toList()
        .toString();
  }

  /**
   * @param more how far the restored store is beyond the revision of the lost one, when it is
   *     connected to
   */
  @ParameterizedTest
  @ValueSource(ints = {-3, 0, 10})
  @Tag("G6")
  void backup_restoredUnderTheSameIds_isReadAsAnotherStore(int more) throws Exception {
    try (OtherClient client = OtherClient.of(etcd.server());
        TcpProxy proxy = TcpProxy.to(etcd.server().address())) {
      client.putTogether(Map.of("/app/x", "0", "/app/y", "0"));
      String id = id();
      Path backup = save();
      try (Config config =
          Config.builder()
              .source(EtcdSource.tree("/app", "127.0.0.1:" + proxy.port()).name("etcd"))
              .build()) {
        client.put("/app/x", "lost");
        client.put("/app/y", "lost");
        client.put("/app/z", "lost");
        long last = client.put("/app/end", "lost");
        Waiting.until("lost", () -> config.get("end").asString(""));
        proxy.refuse();
        Waiting.until(SourceStatus.State.DEGRADED, () -> config.status().source("etcd").state());
        restore(backup);
        assertEquals(id, id());
        long revision = client.put("/app/y", "other");
        while (revision < last + more) {
          revision = client.put("/elsewhere", "x");
        }
        proxy.heal();
        Map<String, String> wanted = Map.of("x", "0", "y", "other");
        Waiting.until(wanted, config::asMap);
        client.put("/app/z", "new");
        Waiting.until("new", () -> config.get("z").asString(""));
        assertEquals(Map.of("x", "0", "y", "other", "z", "new"), config.asMap());
      }
    }
  }
}
