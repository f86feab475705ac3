package dev.gimbal.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A file of 10,000 keys, a configuration, one value. The first shot is of a cold JVM. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 15)
public class LoadBenchmark extends Averages {

  @Param({
    "gimbal",
    "gimbalJson",
    "gimbalProperties",
    "jdk",
    "typesafe",
    "smallrye",
    "commons",
    "archaius",
    "gestalt",
    "avaje",
    "owner",
    "helidon",
    "micronaut",
    "spring",
    "springboot"
  })
  public String peer;

  private Peer.Loads loads;
  private Data data;
  private Path file;
  private int wanted;

  @Setup
  public void setup() {
    data = Data.of(10_000);
    loads = Peer.make(peer, Peer.Loads.class);
    file = data.path("full", loads.format());
    wanted = Integer.parseInt(data.expected.get(Data.HANDLE_KEY));
  }

  @Benchmark
  public Object load(Cpu cpu) throws Exception {
    Object loaded = loads.load(file);
    Peer.check(wanted, loads.loadedInt(loaded, Data.HANDLE_KEY), Data.HANDLE_KEY);
    return loaded;
  }

  @TearDown
  public void tearDown() {
    data.delete();
  }
}
