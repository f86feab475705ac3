package dev.gimbal.examples.shop;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Live;
import dev.gimbal.Subscription;
import dev.gimbal.bind.Default;
import dev.gimbal.source.etcd.EtcdSource;
import java.math.BigDecimal;
import java.util.concurrent.CountDownLatch;

/**
 * One of several services of a shop. All follow what stands below {@code /shop/common}; each has
 * keys of its own above it, such as {@code /shop/orders}, which win.
 */
public final class ShopService implements AutoCloseable {

  /** What the services know; a change in which one of these is malformed reaches none of them. */
  record Settings(String currency, BigDecimal fee, @Default("10") int items) {}

  private final String name;
  private final Live<Settings> settings;
  private final Subscription changes;

  private ShopService(String name, Config config) {
    this.name = name;
    settings = config.live("", Settings.class);
    changes =
        config.onChange(
            "", change -> System.out.println(name + " " + change.version() + ": " + quote("10")));
  }

  /** Starts a service whose settings are there, and right. */
  static ShopService start(String name, Config config) {
    return new ShopService(name, config);
  }

  /** What costs how much now: one snapshot answers, so that fee and currency belong together. */
  String quote(String price) {
    Settings now = settings.get();
    BigDecimal total = new BigDecimal(price).add(now.fee());
    return total + " " + now.currency() + ", at most " + now.items() + " items";
  }

  /** Ends following changes. The Config stays open; it belongs to who made it. */
  @Override
  public void close() {
    changes.close();
  }

  /** The layers of a service: what all have in common, then its own, which may be missing. */
  static Config.Builder layers(String name, String endpoint) {
    return Config.builder()
        .source(EtcdSource.tree("/shop/common", endpoint).name("common"))
        .source(EtcdSource.tree("/shop/" + name, endpoint).name(name).optional());
  }

  /**
   * Runs until it is stopped.
   *
   * @param args the name of the service, and host and port of etcd
   */
  public static void main(String... args) throws InterruptedException {
    try (Config config = layers(args[0], args[1]).build();
        ShopService service = start(args[0], config)) {
      System.out.println(
          service.name + " " + config.snapshot().version() + ": " + service.quote("10"));
      new CountDownLatch(1).await();
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(3);
    }
  }
}
