import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A bare watcher: a map of texts that one reading fills, and a watch behind its revision. */
public final class Jetcd implements Subject {

  private static final int MAX_MESSAGE = 64 << 20;

  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final Client client;
  private final Watch.Watcher watcher;

  private Jetcd(int port, Consumer<String> changed) throws Exception {
    client =
        Client.builder()
            .endpoints("http://127.0.0.1:" + port)
            .maxInboundMessageSize(MAX_MESSAGE)
            .build();
    ByteSequence prefix = ByteSequence.from("/app/", StandardCharsets.UTF_8);
    GetResponse all =
        client.getKVClient().get(prefix, GetOption.builder().isPrefix(true).build()).get();
    for (KeyValue entry : all.getKvs()) {
      values.put(entry.getKey().toString(), entry.getValue().toString());
    }
    WatchOption behind =
        WatchOption.builder()
            .isPrefix(true)
            .withRevision(all.getHeader().getRevision() + 1)
            .build();
    watcher = client.getWatchClient().watch(prefix, behind, told -> take(told, changed));
  }

  private void take(WatchResponse told, Consumer<String> changed) {
    for (WatchEvent event : told.getEvents()) {
      String key = event.getKeyValue().getKey().toString();
      if (event.getEventType() == WatchEvent.EventType.DELETE) {
        values.remove(key);
      } else {
        String value = event.getKeyValue().getValue().toString();
        values.put(key, value);
        changed.accept(value);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Measures.print(Jetcd::new, args);
    System.exit(0);
  }

  @Override
  public String value(String key) {
    return values.get(key);
  }

  @Override
  public void close() {
    watcher.close();
    client.close();
  }
}
