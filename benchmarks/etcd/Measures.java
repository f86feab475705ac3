import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Measures a subject, alone in its process: how long it takes to have all keys, what they take, and
 * what a change costs. Prints a name and a figure a line. Changes are made by {@link Writer}, in a
 * process of its own, whose values are the times at which they were put.
 */
final class Measures {

  private static final int LOADS = 7;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Those before the last half are there so that code is compiled. */
  private final List<Long> took = new ArrayList<>();

  private final CountDownLatch over = new CountDownLatch(1);
  private long cpuAtHalf;
  private long cpuAtEnd;

  private Measures() {}

  /**
   * @param args the port of the server, and how many changes will come
   */
  static void print(Subject.Opening opening, String... args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<Long> loads = new ArrayList<>();
    for (int i = 0; i <= LOADS; i++) {
      long begin = System.nanoTime();
      Subject subject = opening.open(port, value -> {});
      loads.add(System.nanoTime() - begin);
      check(subject);
      subject.close();
    }
    say("first", loads.get(0));
    say("later", median(loads.subList(1, loads.size())));
    new Measures().printHeld(opening, port, Integer.parseInt(args[1]));
  }

  private void printHeld(Subject.Opening opening, int port, int changes) throws Exception {
    long before = used();
    Consumer<String> changed = value -> changed(value, changes);
    try (Subject subject = opening.open(port, changed)) {
      say("memory", used() - before);
      System.out.println("ready");
      over.await();
      check(subject);
    }
    int half = changes / 2;
    say("change", median(took.subList(took.size() - half, took.size())));
    say("cpu", (cpuAtEnd - cpuAtHalf) / half);
    say("told", took.size());
  }

  private void changed(String value, int changes) {
    long now = System.nanoTime();
    if (value.startsWith(Writer.END)) {
      cpuAtEnd = SYSTEM.getProcessCpuTime();
      over.countDown();
      return;
    }
    took.add(now - Long.parseLong(value));
    if (took.size() == changes - changes / 2) {
      cpuAtHalf = SYSTEM.getProcessCpuTime();
    }
  }

  private static void check(Subject subject) {
    for (int i : new int[] {1, Writer.KEYS / 2, Writer.KEYS - 1}) {
      if (subject.value(Writer.key(i)) == null) {
        throw new AssertionError(Writer.key(i));
      }
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

  private static long median(List<Long> all) {
    return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }

  private static void say(String name, long figure) {
    System.out.println(name + " " + figure);
  }
}
