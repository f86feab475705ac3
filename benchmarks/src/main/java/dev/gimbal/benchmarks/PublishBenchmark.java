package dev.gimbal.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One key of a memory source, from put to published. */
public class PublishBenchmark extends Averages {

  /** Keys, how they lie, layers, watchers elsewhere. */
  @Param({
    "100/tree/3/0",
    "10000/tree/3/0",
    "1000000/tree/3/0",
    "100/tree/10/0",
    "10000/tree/10/0",
    "1000000/tree/10/0",
    "1000000/tree/3/1000",
    "1000000/tree/3/100000",
    "100000/wide/3/0",
    "100000/wide/3/1000",
    "100000/wide/3/90000",
    "10000/deep/3/0",
    "10000/long/3/0",
    "10000/list/1/0"
  })
  public String shape;

  /** How many keys are changed in turn: few are in the processor's caches, many are not. */
  @Param({"16", "4096"})
  public int changed;

  private Shape.Open open;
  private long version;
  private int i;

  @Setup
  public void setup() {
    open = Shape.of(shape).open(changed);
    version = open.config().snapshot().version();
  }

  @Benchmark
  public long put(Cpu cpu) {
    i++;
    String path = open.changed()[i % open.changed().length];
    long now = open.written().put(path, 1_000_000_000 + (i & 0xFFFFFF));
    if (now != ++version) {
      throw new AssertionError("version " + now + ", wanted " + version);
    }
    return now;
  }

  @TearDown
  public void tearDown() {
    open.config().close();
  }
}
