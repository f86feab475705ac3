package dev.gimbal.source.etcd;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Waits for what another thread, or another process, brings about. */
final class Waiting {

  /** Only so that a test that fails ends: nothing is asserted about how long something takes. */
  static final Duration SAFETY = Duration.ofSeconds(60);

  private Waiting() {}

  /** Waits until something is so; if it does not become so, an error says what is. */
  static void until(Object expected, Supplier<?> actual) throws InterruptedException {
    until(expected, actual, SAFETY);
  }

  static void until(Object expected, Supplier<?> actual, Duration safety)
      throws InterruptedException {
    long end = System.nanoTime() + safety.toNanos();
    Object found = actual.get();
    while (!expected.equals(found)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("found " + found + ", expected " + expected);
      }
      Thread.sleep(5); // another process changes it, and tells nobody
      found = actual.get();
    }
  }

  /**
   * The threads of sources: those of the client library, and those that carry a source's name. One
   * of Netty's, for the whole process, ends by itself a second later, and is left out.
   */
  static Set<String> threads() {
    Set<String> names = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      boolean backend = name.startsWith("gimbal-backend");
      if (!backend && (name.contains("etcd") || name.contains("grpc-"))) {
        names.add(name);
      }
    }
    return names;
  }
}
