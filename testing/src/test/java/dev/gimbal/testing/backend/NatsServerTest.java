package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class NatsServerTest {

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
      assertTrue(nats.log().contains("client didn't provide a certificate"), nats.log());
    }
  }
}
