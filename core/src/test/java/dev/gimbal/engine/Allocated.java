package dev.gimbal.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/** What calls allocate on the thread that makes them: exact, and the same on a busy machine. */
final class Allocated {

  static final int ROUNDS = 30;
  static final int TIMES = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {}

  /** What this thread has allocated so far. */
  static long soFar() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** The bytes of {@link #TIMES} calls, where they are fewest: in the end all is compiled. */
  static long inARound(IntConsumer call) {
    long least = Long.MAX_VALUE;
    int i = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = soFar();
      for (int time = 0; time < TIMES; time++) {
        call.accept(i++);
      }
      least = Math.min(least, soFar() - before);
    }
    return least;
  }

  /** The bytes of one call among those, rounded up. */
  static long byOne(IntConsumer call) {
    return (inARound(call) + TIMES - 1) / TIMES;
  }
}
