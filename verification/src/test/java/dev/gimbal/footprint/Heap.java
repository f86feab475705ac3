package dev.gimbal.footprint;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The bytes of all objects that can be reached, by class, as the JVM counts them after a full
 * collection.
 */
record Heap(Map<String, Long> bytes) {

  /** As in {@code 3: 1200 28800 java.lang.String (java.base@17)}. */
  private static final Pattern LINE = Pattern.compile("(?m)^ *[0-9]+: +[0-9]+ +([0-9]+) +(\\S+)");

  /** What the JVM fills gaps with, before JDK 19 and since; nothing that is measured has ints. */
  private static final Set<String> FILLERS = Set.of("[I", "[Ljdk.internal.vm.FillerElement;");

  private static final int SHOWN = 8;

  private static final int MOST_COUNTS = 100;

  private static final long PAUSE_NANOS = 10_000_000;

  /** Counts them now. */
  static Heap now() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> bytes = new HashMap<>();
    Matcher line = LINE.matcher(histogram);
    while (line.find()) {
      if (!FILLERS.contains(line.group(2))) {
        bytes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
      }
    }
    return new Heap(bytes);
  }

  /** Threads that are to end, as all of them are here. */
  private static final String ENDING = "java.lang.VirtualThread";

  private static final int MOST_WAITS = 30;

  /**
   * Counts until two counts are the same, and for a while as long as virtual threads are left:
   * threads that end let go of what they held.
   */
  private static Heap settled() throws JMException {
    long last = now().total();
    Heap next = now();
    for (int i = 0; i < MOST_COUNTS && (next.total() != last || next.isEnding(i)); i++) {
      last = next.total();
      next = null; // so that it is not counted itself
      LockSupport.parkNanos(PAUSE_NANOS);
      next = now();
    }
    return next;
  }

  private boolean isEnding(int waits) {
    return waits < MOST_WAITS && bytes.getOrDefault(ENDING, 0L) > 0;
  }

  /**
   * What holding something adds: the middle one of three measurements, because threads that end
   * meanwhile let go of something. It was made once before, so that what the first time loads is
   * not counted.
   */
  static Heap of(Callable<?> maker) throws Exception {
    close(maker.call());
    List<Heap> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      three.add(added(maker));
    }
    three.sort(Comparator.comparingLong(Heap::total));
    return three.get(1);
  }

  private static Heap added(Callable<?> maker) throws Exception {
    Heap before = settled();
    before = settled(); // while one is held, as there will be one afterwards
    Object held = maker.call();
    Heap after = settled();
    Reference.reachabilityFence(held);
    close(held);
    Map<String, Long> more = new HashMap<>();
    for (Map.Entry<String, Long> each : after.bytes.entrySet()) {
      long bytes = each.getValue() - before.bytes.getOrDefault(each.getKey(), 0L);
      if (bytes != 0) {
        more.put(each.getKey(), bytes);
      }
    }
    return new Heap(more);
  }

  private static void close(Object held) throws Exception {
    if (held instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The bytes for each of so many, and the classes that have most of them. */
  String each(int count) {
    return Math.round(total() / (double) count)
        + " "
        + bytes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(SHOWN)
            .map(e -> e.getKey() + "=" + Math.round(10.0 * e.getValue() / count) / 10.0)
            .collect(Collectors.joining(", "));
  }
}
