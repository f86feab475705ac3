package dev.gimbal.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Reads by path: {@link Data#ASKED} keys in turn, that are there or are not. Set-up has read each
 * by another object with the same text, so that what a library keeps has to compare characters.
 */
public class ReadBenchmark extends Averages {

  @Param({
    "limit",
    "gimbal",
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

  @Param("10000")
  public int size;

  private Peer.Reads reads;
  private String[] stringKeys;
  private String[] intKeys;
  private String[] missingKeys;
  private int i;

  @Setup
  public void setup() throws Exception {
    Data data = Data.of(size);
    reads = Peer.make(peer, Peer.Reads.class);
    reads.open(data, false);
    Peer.check(reads, data);
    stringKeys = Data.equalCopies(data.stringKeys);
    intKeys = Data.equalCopies(data.intKeys);
    missingKeys = Data.equalCopies(data.missingKeys);
    data.delete();
  }

  @Benchmark
  public String getString(Cpu cpu) throws Exception {
    return reads.getString(stringKeys[i++ & Data.ASKED - 1]);
  }

  @Benchmark
  public int getInt(Cpu cpu) throws Exception {
    return reads.getInt(intKeys[i++ & Data.ASKED - 1]);
  }

  @Benchmark
  public String getMissing(Cpu cpu) throws Exception {
    return reads.getOr(missingKeys[i++ & Data.ASKED - 1], "fallback");
  }
}
