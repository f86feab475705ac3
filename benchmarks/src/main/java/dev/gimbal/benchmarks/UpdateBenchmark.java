package dev.gimbal.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** One key is set, its listener has run; other listeners are on other keys. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class UpdateBenchmark extends Averages {

  @Param({"gimbal", "commons", "archaius", "gestalt", "avaje", "owner", "helidon"})
  public String peer;

  /** Keys, and listeners. */
  @Param({"100/1", "10000/1", "10000/1000", "10000/10000"})
  public String shape;

  private Peer.Listens listens;
  private String key;
  private int value = 1_000_000;
  private volatile String seen = "";
  private final LongAdder others = new LongAdder();

  @Setup
  public void setup() throws Exception {
    int size = Integer.parseInt(shape.split("/")[0]);
    int left = Integer.parseInt(shape.split("/")[1]) - 1;
    Data data = Data.of(size);
    listens = Peer.make(peer, Peer.Listens.class);
    listens.open(data, true);
    Peer.check((Peer.Reads) listens, data);
    key = data.intKeys[Data.ASKED / 2];
    listens.listen(key, now -> seen = now);
    for (String other : data.expected.keySet()) {
      if (left > 0 && !other.equals(key)) {
        listens.listen(other, now -> others.increment());
        left--;
      }
    }
    setAndHeard(null);
    Peer.check(0L, others.sum(), "calls to listeners of keys that did not change");
    data.delete();
  }

  @Benchmark
  public String setAndHeard(Cpu cpu) throws Exception {
    String next = Integer.toString(++value);
    listens.set(key, next);
    long limit = 0;
    while (!next.equals(seen)) {
      Thread.onSpinWait();
      limit = limit == 0 ? System.nanoTime() + 10_000_000_000L : limit;
      if (System.nanoTime() > limit) {
        throw new AssertionError("the listener was not called");
      }
    }
    return next;
  }
}
