package dev.gimbal.source.nats;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of servers. */
final class NatsServers {

  private static final int PORT = 4222;
  private static final int LAST_PORT = 65_535;

  private NatsServers() {}

  /** {@code host:port} each; null when one is no such thing. */
  static @Nullable List<String> parse(String servers) {
    List<String> all = new ArrayList<>();
    for (String server : servers.split(",", -1)) {
      try {
        URI uri = new URI("nats://" + server);
        int port = uri.getPort() < 0 ? PORT : uri.getPort();
        boolean bare = server.equals(uri.getRawAuthority()) && uri.getRawUserInfo() == null;
        if (uri.getHost() == null || !bare || port == 0 || port > LAST_PORT) {
          return null;
        }
        all.add(uri.getHost() + ":" + port);
      } catch (URISyntaxException e) {
        return null;
      }
    }
    return all;
  }
}
