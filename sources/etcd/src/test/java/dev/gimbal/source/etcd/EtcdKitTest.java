package dev.gimbal.source.etcd;

import dev.gimbal.source.Source;
import dev.gimbal.testing.SourceCompatibilityKit;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kit, over a tree of keys that one transaction changes. */
class EtcdKitTest extends SourceCompatibilityKit {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD =
      BackendExtension.of(() -> EtcdServer.single().withRootPassword("hunter3hunter3"));

  private static final byte[] NOT_UTF8 = {(byte) 0xff};

  private static OtherClient client;

  @BeforeAll
  static void connect() {
    client = OtherClient.of(ETCD.server(), "root", "hunter3hunter3");
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  private static int port() {
    return ETCD.server().address().getPort();
  }

  @Override
  protected void hold(Map<String, String> values) {
    client.replace("/kit/", values);
  }

  @Override
  protected Source source() {
    return EtcdSource.tree("/kit", "127.0.0.1:" + port()).login("root", "hunter3hunter3");
  }

  @Override
  protected void damage() {
    client.put("/kit/key0", NOT_UTF8);
  }

  @Override
  protected void remove() {
    client.replace("/kit/", Map.of());
  }

  @Override
  protected String uri() {
    return "etcd://root:hunter3hunter3@127.0.0.1:" + port() + "/kit";
  }

  @Override
  protected List<String> secrets() {
    return List.of("hunter3hunter3");
  }

  @Override
  protected boolean isForeign(Thread thread) {
    return client.owns(thread);
  }
}
