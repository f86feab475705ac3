package dev.gimbal.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What this thread spends: bytes that it allocates and time on a processor, whatever else the
 * machine does. Both may grow with an input as its length does, and not faster.
 */
final class Cost {

  /** Also for a class that is loaded and instrumented meanwhile. */
  private static final long BYTES = 64L << 20;

  private static final long BYTES_PER_BYTE = 1_500;

  /** Also for a class that is loaded and instrumented meanwhile, on a slow machine. */
  private static final long NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long NANOS_PER_BYTE = TimeUnit.MICROSECONDS.toNanos(20);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long bytes = allocated();
  private final long nanos = THREADS.getCurrentThreadCpuTime();

  private Cost() {}

  static Cost begin() {
    return new Cost();
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /**
   * Throws when this thread has spent more since it began than an input of this length may cost.
   */
  void requireWithin(int length) {
    require("bytes", allocated() - bytes, BYTES + BYTES_PER_BYTE * length);
    require("ns", THREADS.getCurrentThreadCpuTime() - nanos, NANOS + NANOS_PER_BYTE * length);
  }

  private static void require(String unit, long spent, long most) {
    if (spent > most) {
      throw new AssertionError("it costs " + spent + " " + unit + ", more than " + most);
    }
  }
}
