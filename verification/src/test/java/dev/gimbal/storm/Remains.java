package dev.gimbal.storm;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.storm.Findings.Deed;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What of Gimbal's is in this process: compared with what was there at another time (G8). */
final class Remains {

  private static final String OURS = "gimbal-";

  private final Set<Thread> threads;
  private final long files;

  private Remains(Set<Thread> threads, long files) {
    this.threads = threads;
    this.files = files;
  }

  /** More files than there ever are. */
  static Remains any() {
    return new Remains(ours(), Long.MAX_VALUE);
  }

  static Remains now() {
    return new Remains(ours(), openFiles());
  }

  private static Set<Thread> ours() {
    Set<Thread> found = new HashSet<>(Thread.getAllStackTraces().keySet());
    found.removeIf(thread -> !thread.getName().startsWith(OURS));
    return found;
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  /** Bytes in use once what nobody holds is collected. */
  static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Looks whether there are no more threads and files than these. */
  void expectNoMore(Duration patience, Findings findings) throws InterruptedException {
    Set<Thread> more = new HashSet<>();
    if (!within(
        patience,
        () -> {
          more.clear();
          more.addAll(ours());
          more.removeAll(threads);
          return more.isEmpty();
        })) {
      findings.broken(Broken.LEFT_BEHIND, "threads " + more);
    }
    if (!within(patience, () -> openFiles() <= files)) {
      findings.broken(Broken.LEFT_BEHIND, "open files: " + openFiles() + ", " + files + " before");
    }
  }

  /** Looks whether nobody holds what is done with. */
  static void expectCollected(List<WeakReference<?>> done, Duration patience, Findings findings)
      throws InterruptedException {
    if (!within(patience, () -> collected(done))) {
      long held = done.stream().filter(reference -> reference.get() != null).count();
      findings.broken(Broken.LEFT_BEHIND, "not collected: " + held + " of " + done.size());
    }
    done.forEach(reference -> findings.did(Deed.COLLECTED));
  }

  private static boolean collected(List<WeakReference<?>> done) {
    System.gc();
    return done.stream().allMatch(reference -> reference.get() == null);
  }

  /** Waits for what nothing signals. */
  private static boolean within(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return true;
  }
}
