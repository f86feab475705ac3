package dev.gimbal.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Reads of an int by path: 10,000 keys in turn, of a configuration that has four times as many. */
public class CycleBenchmark extends Averages {

  private static final int KEYS = 10_000;

  @Param({"limit", "gimbal", "avaje", "archaius", "owner"})
  public String peer;

  private Peer.Reads reads;
  private String[] present;
  private String[] absent;
  private String[] junk;
  private int i;

  @Setup
  public void setup() throws Exception {
    Data data = Data.of(4 * KEYS);
    reads = Peer.make(peer, Peer.Reads.class);
    reads.open(data, false);
    Peer.check(reads, data);
    present = data.ints.stream().map(Data::equalCopy).toArray(String[]::new);
    absent = data.ints.stream().map(key -> Data.equalCopy(key + "imum")).toArray(String[]::new);
    junk = new String[100 * KEYS];
    for (int k = 0; k < junk.length; k++) {
      junk[k] = Data.equalCopy("svc" + k % 2_000 + ".pool.junk" + k);
    }
    Peer.check(KEYS, present.length, "keys");
    data.delete();
  }

  private String next(String[] keys) {
    i = i + 1 < keys.length ? i + 1 : 0;
    return keys[i];
  }

  @Benchmark
  public int present(Cpu cpu) throws Exception {
    return reads.getIntOr(next(present), 0);
  }

  @Benchmark
  public int absent(Cpu cpu) throws Exception {
    return reads.getIntOr(next(absent), 0);
  }

  /** More absent paths than any cache should hold. */
  @Benchmark
  public int junk(Cpu cpu) throws Exception {
    return reads.getIntOr(next(junk), 0);
  }
}
