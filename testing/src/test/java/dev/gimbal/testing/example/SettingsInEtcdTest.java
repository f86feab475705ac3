package dev.gimbal.testing.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettingsInEtcdTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  @Test
  void value_survivesKill9() {
    EtcdServer etcd = ETCD.server();
    etcd.ctl("put", "port", "8080");
    etcd.kill();
    etcd.start(); // on the same port, with the same data
    assertEquals("port\n8080\n", etcd.ctl("get", "port"));
  }

  @Test
  void client_whoseNetworkBreaks_isToldOrWaits() throws IOException {
    try (TcpProxy proxy = TcpProxy.to(ETCD.server().address());
        Socket client = new Socket("127.0.0.1", proxy.port())) {
      proxy.halfOpen(); // nothing comes through, and nobody is told
      client.getOutputStream().write(request());
      proxy.heal();
      assertEquals('H', client.getInputStream().read()); // HTTP/1.1 ...
      proxy.refuse();
      assertThrows(IOException.class, () -> client.getInputStream().readAllBytes());
      assertThrows(IOException.class, () -> new Socket("127.0.0.1", proxy.port()).close());
    }
  }

  private static byte[] request() {
    return "GET /version HTTP/1.1\r\nHost: etcd\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  }
}
