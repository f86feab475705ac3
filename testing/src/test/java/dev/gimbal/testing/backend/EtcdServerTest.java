package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtcdServerTest {

  private static void put(EtcdServer etcd, String value) {
    assertEquals("OK\n", etcd.ctl("put", "key", value));
  }

  /** Where the node that was killed was the leader, the others refuse until they have another. */
  private static void putOnceThereIsALeader(EtcdServer etcd, String value) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      try {
        put(etcd, value);
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private static String get(EtcdServer etcd) {
    return etcd.ctl("get", "key", "--print-value-only").strip();
  }

  @Test
  void server_killedStoppedAndRestarted_keepsPortAndData() {
    try (EtcdServer etcd = EtcdServer.single()) {
      etcd.start();
      InetSocketAddress address = etcd.address();
      put(etcd, "1");
      etcd.kill();
      assertFalse(etcd.isRunning());
      etcd.start();
      assertEquals("1", get(etcd));
      put(etcd, "2");
      etcd.stop();
      assertFalse(etcd.isRunning());
      etcd.start();
      assertEquals("2", get(etcd));
      put(etcd, "3");
      etcd.restart();
      assertEquals("3", get(etcd));
      assertEquals(address, etcd.address());
      assertEquals("http://127.0.0.1:" + address.getPort(), etcd.endpoint());
    }
  }

  @Test
  void server_withTlsAndPassword_letsOnlyThoseInWhoHaveBoth() throws Exception {
    try (EtcdServer etcd = EtcdServer.single().withTls().withRootPassword("secret")) {
      etcd.start();
      put(etcd, "1");
      etcd.kill();
      etcd.start();
      assertEquals("1", get(etcd));
      AssertionError wrong =
          assertThrows(AssertionError.class, () -> etcd.ctl("get", "key", "--user", "root:wrong"));
      assertTrue(wrong.getMessage().contains("invalid user ID or password"), wrong.getMessage());
      Path others = Files.createTempDirectory("gimbal-test-");
      try {
        TestCertificates foreign = TestCertificates.create(others);
        assertThrows(
            AssertionError.class,
            () ->
                etcd.ctl(
                    "get",
                    "key",
                    "--cert=" + foreign.clientCertificate(),
                    "--key=" + foreign.clientKey()));
        assertTrue(etcd.log().contains("certificate signed by unknown authority"), etcd.log());
      } finally {
        Folders.delete(others);
      }
    }
  }

  @Test
  void withFlags_twice_startsWithAllOfThem() throws Exception {
    try (EtcdServer etcd = EtcdServer.single().withFlags("--a", "--b").withTls().withFlags("--c")) {
      etcd.makeNew(FreePorts.choose(EtcdServer.PORTS));
      List<String> command = etcd.command();
      int size = command.size();
      assertEquals(List.of("--a", "--b", "--c"), command.subList(size - 3, size));
      assertTrue(command.contains("--client-cert-auth"), command.toString());
    }
  }

  @Test
  void cluster_withTlsAndPassword_goesOnWithoutOneNode() {
    try (EtcdCluster etcd = EtcdCluster.of(3).withTls().withRootPassword("secret")) {
      etcd.start();
      for (int i = 0; i < 3; i++) {
        etcd.node(i).kill();
        assertFalse(etcd.isRunning());
        putOnceThereIsALeader(etcd.node((i + 1) % 3), "without " + i);
        etcd.node(i).start();
        assertEquals("without " + i, get(etcd.node(i)));
      }
      etcd.kill();
      etcd.start();
      assertEquals("without 2", etcd.ctl("get", "key", "--print-value-only").strip());
      etcd.stop();
      etcd.restart();
      assertEquals("without 2", get(etcd.node(1)));
    }
  }
}
