package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.testing.backend.EtcdServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease that outlives its length, and the login of who holds it. */
class EtcdKeepAliveTest {

  private static final String PASSWORD = "hunter3hunter3";

  @TempDir Path folder;

  /** A session on one server, and another client with a login of the same age. */
  private record Holder(EtcdServer server, Config config, OtherClient client, boolean login)
      implements AutoCloseable {

    static Holder of(EtcdServer server, boolean login) {
      server.start();
      server.ctl("put", "/app/good", "1");
      EtcdSource source =
          EtcdSource.tree("/app", "127.0.0.1:" + server.address().getPort())
              .name("etcd")
              .lease(Duration.ofSeconds(3));
      Config config =
          Config.builder().source(login ? source.login("root", PASSWORD) : source).build();
      config.edit("etcd", edit -> edit.set("temporary", "here"));
      OtherClient client =
          login ? OtherClient.of(server, "root", PASSWORD) : OtherClient.of(server);
      return new Holder(server, config, client, login);
    }

    void check() {
      if (login) {
        StatusRuntimeException stale =
            assertThrows(StatusRuntimeException.class, () -> client.read("/app/"));
        assertEquals(Status.Code.UNAUTHENTICATED, stale.getStatus().getCode());
      }
      assertEquals("/app/temporary\nhere\n", server.ctl("get", "/app/temporary"));
      config.edit("etcd", edit -> edit.set("more", "x"));
      assertEquals("found 1 leases", server.ctl("lease", "list").lines().findFirst().orElse(""));
      config.close();
      assertEquals("/app/good\n1\n", server.ctl("get", "/app/", "--prefix"));
    }

    @Override
    public void close() {
      config.close();
      client.close();
    }
  }

  private Path pem(String name, String kind, Key key) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + " KEY-----\n" + text + "\n-----END " + kind + " KEY-----\n");
  }

  /** Tokens that the server does not store, and that cannot be made to last longer. */
  private String jwt() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Path own = pem("own.pem", "PRIVATE", pair.getPrivate());
    Path shown = pem("shown.pem", "PUBLIC", pair.getPublic());
    return "jwt,sign-method=RS256,ttl=1s,pub-key=" + shown + ",priv-key=" + own;
  }

  @Test
  @Tag("slow") // it sleeps
  void lease_isKeptForLongerThanItAndTheLoginLast() throws Exception {
    EtcdServer root = EtcdServer.single().withRootPassword(PASSWORD);
    try (EtcdServer open = EtcdServer.single();
        EtcdServer simple = root.withFlags("--auth-token-ttl=1");
        EtcdServer signed = root.withFlags("--auth-token=" + jwt());
        Holder first = Holder.of(open, false);
        Holder second = Holder.of(simple, true);
        Holder third = Holder.of(signed, true)) {
      Thread.sleep(4500); // leases of 3 s and logins of 1 s end by themselves
      first.check();
      second.check();
      third.check();
    }
  }
}
