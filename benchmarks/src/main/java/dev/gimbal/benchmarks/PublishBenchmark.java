package dev.gimbal.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One key of a memory source, from put to published. */
public class PublishBenchmark extends Averages {

  /** Keys, how they lie, layers, watchers elsewhere, the layer where it is not the highest. */
  @Param({
    "100/tree/3/0",
    "10000/tree/3/0",
    "1000000/tree/3/0",
    "100/tree/10/0",
    "10000/tree/10/0",
    "1000000/tree/10/0",
    "10000/tree/3/0/bottom",
    "10000/tree/10/0/bottom",
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
  private String[] paths;
  private long version;
  private int i;

  @Setup
  public void setup() {
    open = Shape.of(shape).open(changed);
    paths = open.changed().toArray(String[]::new);
    version = open.config().snapshot().version();
  }

  @Benchmark
  public long put(Cpu cpu) {
    i++;
    long now = open.written().put(path(), value());
    if (now != ++version) {
      throw new AssertionError("version " + now + ", wanted " + version);
    }
    return now;
  }

  private String path() {
    return paths[i % paths.length];
  }

  private int value() {
    return 1_000_000_000 + (i & 0xFFFFFF);
  }

  @TearDown
  public void tearDown() {
    Peer.check(value(), open.config().get(path()).asInt(), path());
    open.config().close();
  }
}
