package dev.gimbal.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShopServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension
  final BackendExtension<EtcdServer> etcd = BackendExtension.of(EtcdServer::single);

  private Config ordersConfig;
  private Config paymentsConfig;
  private ShopService orders;
  private ShopService payments;

  private void put(String key, String value) {
    etcd.server().ctl("put", key, value);
  }

  private Config config(String name) {
    InetSocketAddress address = etcd.server().address();
    return ShopService.layers(name, address.getHostString() + ":" + address.getPort()).build();
  }

  @BeforeEach
  void start() {
    put("/shop/common/currency", "EUR");
    put("/shop/common/fee", "1.50");
    put("/shop/orders/items", "3");
    ordersConfig = config("orders");
    paymentsConfig = config("payments");
    orders = ShopService.start("orders", ordersConfig);
    payments = ShopService.start("payments", paymentsConfig);
  }

  @AfterEach
  void stop() {
    orders.close();
    payments.close();
    ordersConfig.close();
    paymentsConfig.close();
  }

  private static void await(Config config, String path, Predicate<String> wanted)
      throws InterruptedException {
    Value found = config.get(path);
    Watcher watcher = config.watch(found); // from what was read, so that nothing is missed
    try {
      while (!wanted.test(found.asString(""))) {
        found = watcher.next(PATIENCE).orElseThrow();
      }
    } finally {
      watcher.stop();
    }
  }

  private void awaitCurrency(String currency) throws InterruptedException {
    await(ordersConfig, "currency", currency::equals);
    await(paymentsConfig, "currency", currency::equals);
  }

  @Test
  void bothFollowWhatTheyHaveInCommon_andEachItsOwn() throws Exception {
    assertEquals("11.50 EUR, at most 3 items", orders.quote("10"));
    assertEquals("11.50 EUR, at most 10 items", payments.quote("10"));
    put("/shop/common/items", "7");
    put("/shop/common/currency", "USD");
    awaitCurrency("USD");
    assertEquals("11.50 USD, at most 3 items", orders.quote("10"));
    assertEquals("11.50 USD, at most 7 items", payments.quote("10"));
    etcd.server().ctl("del", "/shop/orders/items");
    await(ordersConfig, "items", "7"::equals);
    assertEquals("11.50 USD, at most 7 items", orders.quote("10"));
  }

  @Test
  void valueThatIsNoNumber_reachesNobody() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    ordersConfig.onStatus(status -> refused.countDown());
    put("/shop/common/fee", "free");
    put("/shop/common/currency", "USD");
    assertTrue(refused.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    assertEquals("11.50 EUR, at most 3 items", orders.quote("10"));
    put("/shop/common/fee", "0");
    awaitCurrency("USD");
    assertEquals("10 USD, at most 3 items", orders.quote("10"));
    assertEquals("10 USD, at most 10 items", payments.quote("10"));
  }

  @Test
  void withoutEtcd_bothGoOn_andFollowAgain() throws Exception {
    etcd.server().kill();
    assertEquals("11.50 EUR, at most 3 items", orders.quote("10"));
    etcd.server().start();
    put("/shop/common/currency", "USD");
    awaitCurrency("USD");
    assertTrue(payments.quote("10").startsWith("11.50 USD"));
  }
}
