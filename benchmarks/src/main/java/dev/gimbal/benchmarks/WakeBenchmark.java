package dev.gimbal.benchmarks;

import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
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
    watcher = open.config().watch(open.changed()[0]);
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
    open.written().put(open.changed()[0], value);
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
}
