package dev.gimbal.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The fastest typed accessor of one int. */
public class HandleBenchmark extends Averages {

  @Param({
    "limit",
    "gimbal",
    "gimbalInt",
    "gimbalRecord",
    "typesafe",
    "smallrye",
    "archaius",
    "gestalt",
    "owner",
    "helidon",
    "springboot"
  })
  public String peer;

  private Peer.Handle handle;

  @Setup
  public void setup() throws Exception {
    Data data = Data.of(10_000);
    handle = Peer.make(peer, Peer.Handle.class);
    handle.openHandle(data);
    Peer.check(Integer.valueOf(data.expected.get(Data.HANDLE_KEY)), handle.handleGet(), "handle");
    Peer.check((Peer.Reads) handle, data);
    if (handle instanceof Peer.Updates updates) {
      updates.set(Data.HANDLE_KEY, "777");
      long limit = System.nanoTime() + 5_000_000_000L;
      while (handle.handleGet() != 777) {
        if (System.nanoTime() > limit) {
          throw new AssertionError("the handle does not follow");
        }
      }
    }
    data.delete();
  }

  @Benchmark
  public int handleInt(Cpu cpu) throws Exception {
    return handle.handleGet();
  }
}
