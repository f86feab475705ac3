import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.source.etcd.EtcdSource;
import java.util.function.Consumer;

/** A Config with a layer of keys, and a listener to all of it. */
public final class Gimbal implements Subject {

  private final Config config;

  private Gimbal(int port, Consumer<String> changed) {
    config = Config.builder().source(EtcdSource.tree("/app", "127.0.0.1:" + port)).build();
    config.onChange("", change -> change.changes().forEach(entry -> changed.accept(after(entry))));
  }

  private static String after(Change.Entry entry) {
    return entry.after().asString();
  }

  public static void main(String[] args) throws Exception {
    Measures.print(Gimbal::new, args);
    System.exit(0);
  }

  @Override
  public String value(String key) {
    return config.get(key.substring("/app/".length()).replace('/', '.')).asString(null);
  }

  @Override
  public void close() {
    config.close();
  }
}
