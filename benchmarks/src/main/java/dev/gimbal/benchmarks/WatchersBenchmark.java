package dev.gimbal.benchmarks;

import dev.gimbal.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One key from put to published, with watchers on it of which none waits. */
public class WatchersBenchmark extends Averages {

  @Param({"0", "10000"})
  public int watchers;

  private Shape.Open open;
  private final List<Watcher> watching = new ArrayList<>();
  private int i;

  @Setup
  public void setup() {
    open = Shape.of("10000/tree/3/0").open(1);
    for (int w = 0; w < watchers; w++) {
      watching.add(open.config().watch(open.changed().get(0)));
    }
  }

  @Benchmark
  public long put(Cpu cpu) {
    return open.written().put(open.changed().get(0), value(++i));
  }

  private static int value(int i) {
    return 1_000_000_000 + (i & 0xFFFFFF);
  }

  /** Each watcher must have the last value. */
  @TearDown
  public void tearDown() throws InterruptedException {
    Peer.check(value(i), open.config().get(open.changed().get(0)).asInt(), "the last value");
    for (Watcher watcher : watching) {
      Peer.check(value(i), watcher.next(Duration.ZERO).orElseThrow().asInt(), "a watcher's value");
    }
    open.config().close();
  }
}
