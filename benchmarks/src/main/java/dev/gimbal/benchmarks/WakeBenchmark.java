package dev.gimbal.benchmarks;

import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From put until {@code next()} has returned in another thread, which was parked. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WakeBenchmark extends Averages {

  @Param({"100", "10000"})
  public int keys;

  private Shape.Open open;
  private Watcher watcher;
  private Thread consumer;
  private volatile int seen;
  private int i;

  @Setup
  public void setup() {
    open = Shape.of(keys + "/tree/3/0").open(1);
    watcher = open.config().watch(open.changed().get(0));
    consumer = new Thread(this::consume, "consumer");
    consumer.setDaemon(true);
    consumer.start();
  }

  private void consume() {
    try {
      while (true) {
        seen = watcher.next().asInt();
      }
    } catch (WatcherStoppedException | InterruptedException end) {
      seen = -1;
    }
  }

  @Setup(Level.Invocation)
  public void awaitParked() {
    Parked.await(consumer);
  }

  @Benchmark
  public int putUntilNext() {
    int value = 1_000_000_000 + (++i & 0xFFFFFF);
    open.written().put(open.changed().get(0), value);
    while (seen != value) {
      Thread.onSpinWait();
    }
    return value;
  }

  @TearDown
  public void tearDown() throws InterruptedException {
    watcher.stop();
    consumer.join();
    open.config().close();
  }

  /**
   * What there is without {@code next()}: a put, an {@code unpark}, and a thread that was parked
   * reads the value itself.
   */
  @State(Scope.Thread)
  public static class Bare {
    private Shape.Open open;
    private Thread consumer;
    private volatile int told;
    private volatile int seen;
    private volatile boolean stop;
    private int i;

    @Setup
    public void setup(WakeBenchmark beside) {
      open = Shape.of(beside.keys + "/tree/3/0").open(1);
      consumer = new Thread(this::consume, "bare consumer");
      consumer.setDaemon(true);
      consumer.start();
    }

    private void consume() {
      int last = 0;
      while (!stop) {
        if (told == last) {
          LockSupport.park(this);
        } else {
          last = told;
          seen = open.config().get(open.changed().get(0)).asInt();
        }
      }
    }

    @Setup(Level.Invocation)
    public void awaitParked() {
      Parked.await(consumer);
    }

    @TearDown
    public void tearDown() throws InterruptedException {
      stop = true;
      LockSupport.unpark(consumer);
      consumer.join();
      open.config().close();
    }
  }

  @Benchmark
  public int putUnparkAndRead(Bare bare) {
    int value = 1_000_000_000 + (++bare.i & 0xFFFFFF);
    bare.open.written().put(bare.open.changed().get(0), value);
    bare.told = value;
    LockSupport.unpark(bare.consumer);
    while (bare.seen != value) {
      Thread.onSpinWait();
    }
    return value;
  }

  /** The limit: nothing is put. */
  @Benchmark
  public int unparkAndRead(Bare bare) {
    int before = bare.told;
    bare.seen = -1;
    bare.told = before == 1 ? 2 : 1;
    LockSupport.unpark(bare.consumer);
    while (bare.seen == -1) {
      Thread.onSpinWait();
    }
    return bare.seen;
  }
}
