package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease that is kept for longer than the login of who holds it. */
class EtcdKeepAliveTest {

  private static final String PASSWORD = "hunter3hunter3";
  private static final Pattern LEFT = Pattern.compile("remaining\\((\\d+)s\\)");

  /** A login lasts 1 s, and the server looks each second which ones are over. */
  private static final long LOGIN_IS_GONE = 2500;

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
              .lease(Duration.ofSeconds(10));
      Config config =
          Config.builder().source(login ? source.login("root", PASSWORD) : source).build();
      config.edit("etcd", edit -> edit.set("temporary", "here"));
      OtherClient client =
          login ? OtherClient.of(server, "root", PASSWORD) : OtherClient.of(server);
      return new Holder(server, config, client, login);
    }

    private boolean isLoggedIn() {
      try {
        client.read("/app/");
        return true;
      } catch (StatusRuntimeException e) {
        assertEquals(Status.Code.UNAUTHENTICATED, e.getStatus().getCode());
        return false;
      }
    }

    /** How many seconds the server leaves the lease if it hears no more of it. */
    private int left() {
      List<String> leases = server.ctl("lease", "list").lines().toList();
      assertEquals("found 1 leases", leases.get(0));
      String told = server.ctl("lease", "timetolive", leases.get(1));
      Matcher left = LEFT.matcher(told);
      assertTrue(left.find(), told);
      return Integer.parseInt(left.group(1));
    }

    void check() throws InterruptedException {
      while (login && isLoggedIn()) {
        Thread.sleep(LOGIN_IS_GONE); // for asking makes a login last longer
      }
      int[] least = {left()};
      Waiting.until(
          true,
          () -> {
            int now = left();
            boolean longer = now > least[0];
            least[0] = now;
            return longer;
          });
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
  void lease_isKeptForLongerThanTheLoginLasts() throws Exception {
    EtcdServer root = EtcdServer.single().withRootPassword(PASSWORD);
    try (EtcdServer open = EtcdServer.single();
        EtcdServer simple = root.withFlags("--auth-token-ttl=1");
        EtcdServer signed = root.withFlags("--auth-token=" + jwt());
        Holder first = Holder.of(open, false);
        Holder second = Holder.of(simple, true);
        Holder third = Holder.of(signed, true)) {
      Thread.sleep(LOGIN_IS_GONE);
      first.check();
      second.check();
      third.check();
    }
  }
}
