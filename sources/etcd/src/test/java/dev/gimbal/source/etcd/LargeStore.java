package dev.gimbal.source.etcd;

import dev.gimbal.Config;
import dev.gimbal.Subscription;
import dev.gimbal.testing.backend.EtcdServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * What 100,000 keys cost: how long the first load takes, how much memory is held, and how long one
 * change takes to arrive, each beside the bare stubs of the client library with a map. No test: its
 * figures stand in {@code docs/sources/etcd.md}. Run it with the class path of the tests.
 */
public final class LargeStore {

  private static final int KEYS = 100_000;
  private static final int LOADS = 7;
  private static final int CHANGES = 1000;

  private LargeStore() {}

  /** Prints the figures. */
  public static void main(String[] args) throws Exception {
    try (EtcdServer server = EtcdServer.single()) {
      server.start();
      try (OtherClient client = OtherClient.of(server)) {
        fill(client);
        EtcdSource source =
            EtcdSource.tree("/app", "127.0.0.1:" + server.address().getPort()).name("etcd");
        loads(client, source);
        memory(client, source);
        changes(client, source);
      }
    }
  }

  private static String key(int i) {
    return "/app/service" + i / 100 + "/setting" + i % 100;
  }

  private static void fill(OtherClient client) {
    for (int i = 0; i < KEYS; i += 100) {
      Map<String, String> some = new HashMap<>();
      for (int j = i; j < i + 100; j++) {
        some.put(key(j), "value-of-some-length-" + j);
      }
      client.putTogether(some);
    }
  }

  private static Config open(EtcdSource source) {
    return Config.builder().source(source).build();
  }

  private static void loads(OtherClient client, EtcdSource source) throws Exception {
    List<Long> bare = new ArrayList<>();
    List<Long> own = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      bare.add(time(() -> client.pages("/app/", 10_000)));
      Config[] opened = new Config[1];
      own.add(time(() -> opened[0] = open(source)));
      opened[0].close();
    }
    print("first load, ms", bare, own, 1_000_000);
  }

  private static long time(Callable<?> work) throws Exception {
    long begin = System.nanoTime();
    work.call();
    return System.nanoTime() - begin;
  }

  private static void memory(OtherClient client, EtcdSource source) throws Exception {
    long before = used();
    Map<String, String> map = client.pages("/app/", 10_000);
    long bare = used() - before;
    if (map.size() != KEYS) {
      throw new AssertionError(map.size());
    }
    map = Map.of();
    before = used();
    try (Config config = open(source)) {
      long own = used() - before;
      System.out.printf(
          "memory, MiB: a map of texts %.1f, a Config %.1f (%d)%n",
          bare / 1048576.0, own / 1048576.0, config.snapshot().version() + map.size());
    }
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50); // until what is garbage is found
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void changes(OtherClient client, EtcdSource source) throws Exception {
    SynchronousQueue<Long> arrived = new SynchronousQueue<>();
    List<Long> bare = new ArrayList<>();
    List<Long> own = new ArrayList<>();
    try (AutoCloseable watch = client.watch("/app/", () -> arrived.put(System.nanoTime()))) {
      for (int i = 0; i < CHANGES; i++) {
        bare.add(change(client, i, arrived));
      }
    }
    try (Config config = open(source);
        Subscription subscription = config.onChange("", change -> arrived.put(System.nanoTime()))) {
      for (int i = 0; i < CHANGES; i++) {
        own.add(change(client, CHANGES + i, arrived));
      }
    }
    print("one change, us", tail(bare), tail(own), 1000);
  }

  /** Without those before the code was compiled. */
  private static List<Long> tail(List<Long> all) {
    return all.subList(CHANGES / 2, CHANGES);
  }

  /** From the call that puts it. */
  private static long change(OtherClient client, int i, SynchronousQueue<Long> arrived)
      throws InterruptedException {
    long begin = System.nanoTime();
    Thread put = new Thread(() -> client.put(key(i * 37 % KEYS), "changed-" + i));
    put.start();
    Long end = arrived.poll(30, TimeUnit.SECONDS);
    put.join();
    if (end == null) {
      throw new AssertionError("change " + i + " did not arrive");
    }
    return end - begin;
  }

  private static void print(String what, List<Long> bare, List<Long> own, double unit) {
    System.out.printf(
        "%s: bare %.2f, Config %.2f, ratio %.2f%n",
        what, median(bare) / unit, median(own) / unit, (double) median(own) / median(bare));
    System.out.println(
        "  from "
            + Arrays.asList(Collections.min(bare), Collections.min(own))
            + " ns, to "
            + Arrays.asList(Collections.max(bare), Collections.max(own)));
  }

  private static long median(List<Long> all) {
    return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }
}
