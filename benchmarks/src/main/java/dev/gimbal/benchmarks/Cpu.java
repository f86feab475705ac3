package dev.gimbal.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How much of an iteration the measuring thread had a processor. {@code benchmarks/table}
 * multiplies average times by it, so that a machine which does other things distorts less.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cpu {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** 1 where the thread was never waiting for a processor. */
  public double cpuShare;

  private long cpu;
  private long wall;

  @Setup(Level.Iteration)
  public void begin() {
    cpu = THREADS.getCurrentThreadCpuTime();
    wall = System.nanoTime();
  }

  @TearDown(Level.Iteration)
  public void end() {
    long passed = System.nanoTime() - wall;
    cpuShare = (double) (THREADS.getCurrentThreadCpuTime() - cpu) / passed;
  }
}
