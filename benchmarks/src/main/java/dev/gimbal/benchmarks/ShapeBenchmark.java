package dev.gimbal.benchmarks;

import dev.gimbal.Config;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reads of ints by path, 10,000 in turn, by how the keys lie; the limit is a map by path. Set-up
 * has read each by another object with the same text.
 */
public class ShapeBenchmark extends Averages {

  private static final int KEYS = 10_000;

  @Param({"tree", "wide", "deep", "long", "list"})
  public String lie;

  private Config config;
  private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();
  private final String[] present = new String[KEYS];
  private final String[] absent = new String[KEYS];
  private int i;

  @Setup
  public void setup() {
    Shape shape = Shape.of(KEYS + "/" + lie + "/1/0");
    config = shape.open(1).config();
    for (int k = 0; k < KEYS; k++) {
      String there = shape.key(k);
      String nowhere = there + "imum";
      map.put(there, k);
      Peer.check(k, config.get(there).asInt(-1), there);
      Peer.check(-1, config.get(nowhere).asInt(-1), nowhere);
      present[k] = Data.equalCopy(there);
      absent[k] = Data.equalCopy(nowhere);
    }
    Data.shuffle(Arrays.asList(present));
    Data.shuffle(Arrays.asList(absent));
  }

  private String next(String[] keys) {
    i = i + 1 < keys.length ? i + 1 : 0;
    return keys[i];
  }

  @Benchmark
  public int present(Cpu cpu) {
    return config.get(next(present)).asInt(0);
  }

  @Benchmark
  public int presentInMap(Cpu cpu) {
    return map.getOrDefault(next(present), 0);
  }

  @Benchmark
  public int absent(Cpu cpu) {
    return config.get(next(absent)).asInt(0);
  }

  @Benchmark
  public int absentInMap(Cpu cpu) {
    return map.getOrDefault(next(absent), 0);
  }

  @TearDown
  public void tearDown() {
    config.close();
  }
}
