package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NatsServerTest {

  private static final Pattern LISTENS =
      Pattern.compile("Listening for route connections on 127\\.0\\.0\\.1:(\\d+)");

  private static final String LOGIN = "{\"verbose\":true,\"user\":\"u\",\"pass\":\"p \\\"q\"}";

  /** How many messages its stream holds; it is made if there is none. */
  private static String stored(NatsServer nats) throws IOException {
    try (NatsClient client = NatsClient.connect(nats, "{\"verbose\":true}")) {
      client.requireOk("");
      return client
          .request("$JS.API.STREAM.INFO.s", "")
          .replaceAll(".*\"messages\":(\\d+).*", "$1");
    }
  }

  private static void publish(NatsServer nats, String text) throws IOException {
    try (NatsClient client = NatsClient.connect(nats, "{\"verbose\":true}")) {
      client.requireOk("");
      assertTrue(client.request("s", text).contains("\"stream\":\"s\""));
    }
  }

  @Test
  void server_killedStoppedAndRestarted_keepsPortAndData() throws IOException {
    try (NatsServer nats = NatsServer.open()) {
      nats.start();
      InetSocketAddress address = nats.address();
      try (NatsClient client = NatsClient.connect(nats, "{\"verbose\":true}")) {
        client.requireOk("");
        client.request(
            "$JS.API.STREAM.CREATE.s",
            "{\"name\":\"s\",\"subjects\":[\"s\"],\"storage\":\"file\",\"num_replicas\":1}");
      }
      publish(nats, "1");
      nats.kill();
      assertFalse(nats.isRunning());
      nats.start();
      assertEquals("1", stored(nats));
      publish(nats, "2");
      nats.stop();
      assertFalse(nats.isRunning());
      nats.start();
      assertEquals("2", stored(nats));
      nats.restart();
      assertEquals("2", stored(nats));
      assertEquals(address, nats.address());
      assertEquals("nats://127.0.0.1:" + address.getPort(), nats.url());
      assertTrue(Files.isDirectory(nats.data().resolve("jetstream")));
    }
  }

  @Test
  void server_withUser_letsOnlyThatOneIn() throws IOException {
    try (NatsServer nats = NatsServer.open().withUser("u", "p \"q")) {
      nats.start();
      try (NatsClient client = NatsClient.connect(nats, LOGIN)) {
        client.requireOk("");
      }
      try (NatsClient client = NatsClient.connect(nats, "{\"verbose\":true}")) {
        assertEquals("-ERR 'Authorization Violation'", client.answer(""));
      }
    }
  }

  @Test
  void server_withToken_letsOnlyThoseInWhoHaveIt() throws IOException {
    try (NatsServer nats = NatsServer.open().withToken("t-1")) {
      nats.start();
      try (NatsClient client =
          NatsClient.connect(nats, "{\"verbose\":true,\"auth_token\":\"t-1\"}")) {
        client.requireOk("");
      }
      try (NatsClient client =
          NatsClient.connect(nats, "{\"verbose\":true,\"auth_token\":\"t-2\"}")) {
        assertEquals("-ERR 'Authorization Violation'", client.answer(""));
      }
    }
  }

  /** The port for the others of a cluster, which it says when it listens there. */
  private static int portForOthers(NatsServer server) throws InterruptedException {
    return Integer.parseInt(logged(server, LISTENS).group(1));
  }

  /** What it logs, perhaps a moment later. */
  private static Matcher logged(NatsServer server, Pattern wanted) throws InterruptedException {
    long begin = System.nanoTime();
    Matcher found = wanted.matcher(server.log());
    while (!found.find()) {
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60), server.log());
      Thread.sleep(5); // it comes from another process
      found = wanted.matcher(server.log());
    }
    return found;
  }

  /** Else a client could have the port of one that is down. */
  @Test
  void cluster_listensAtPortsThatAreNotForClients() throws Exception {
    List<NatsServer> cluster = NatsServer.cluster(2);
    try {
      cluster.forEach(NatsServer::start);
      int one = portForOthers(cluster.get(0));
      int two = portForOthers(cluster.get(1));
      assertNotEquals(one, two);
      int end = FreePortsTest.firstOfClients();
      if (end > 12_000) {
        assertTrue(one < end && two < end, () -> one + " and " + two);
      }
    } finally {
      cluster.forEach(NatsServer::close);
    }
  }

  @Test
  void server_withTls_asksForTheClientsCertificate() throws Exception {
    try (NatsServer nats = NatsServer.open().withTls().withUser("u", "p \"q")) {
      nats.start();
      assertEquals("tls://127.0.0.1:" + nats.address().getPort(), nats.url());
      TestCertificates certificates = nats.certificates();
      try (NatsClient client =
          NatsClient.connectTls(nats, Tls.context(certificates, true), LOGIN)) {
        client.requireOk("");
      }
      assertThrows(
          IOException.class,
          () -> {
            try (NatsClient client =
                NatsClient.connectTls(nats, Tls.context(certificates, false), LOGIN)) {
              client.requireOk("");
            }
          });
      assertNotNull(logged(nats, Pattern.compile("client didn't provide a certificate")));
    }
  }
}
