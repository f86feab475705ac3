package dev.gimbal.benchmarks;

import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads of an int by path: 10,000 keys in turn, of a configuration that has four times as many. */
public class CycleBenchmark extends Averages {

  private static final int KEYS = 10_000;

  @Param({"limit", "gimbal", "avaje", "archaius", "owner"})
  public String peer;

  private Peer.Reads reads;
  private Data data;

  @Setup
  public void setup() throws Exception {
    data = Data.of(4 * KEYS);
    reads = Peer.make(peer, Peer.Reads.class);
    reads.open(data, false);
    Peer.check(reads, data);
    Peer.check(KEYS, data.ints.size(), "keys");
    data.delete();
  }

  /** The paths of one benchmark, in turn. */
  abstract static class Paths {
    private String[] paths;
    private int i;

    /** Each is read once, and checked, by an object that is not the measured one. */
    void read(CycleBenchmark of, UnaryOperator<String> path, boolean there) throws Exception {
      paths = new String[KEYS];
      for (int k = 0; k < KEYS; k++) {
        String key = of.data.ints.get(k);
        String first = Data.equalCopy(path.apply(key));
        int wanted = there ? Integer.parseInt(of.data.expected.get(key)) : -1;
        Peer.check(wanted, of.reads.getIntOr(first, -1), first);
        paths[k] = Data.equalCopy(first);
      }
    }

    void take(String[] unread) {
      paths = unread;
    }

    String next() {
      i = i + 1 < paths.length ? i + 1 : 0;
      return paths[i];
    }
  }

  /** Keys that are there. */
  @State(Scope.Thread)
  public static class Present extends Paths {
    @Setup
    public void setup(CycleBenchmark of) throws Exception {
      read(of, key -> key, true);
    }
  }

  /** Keys that are not there. */
  @State(Scope.Thread)
  public static class Absent extends Paths {
    @Setup
    public void setup(CycleBenchmark of) throws Exception {
      read(of, key -> key + "imum", false);
    }
  }

  /** Keys that are not there and were not read. */
  @State(Scope.Thread)
  public static class Junk extends Paths {
    @Setup
    public void setup() {
      String[] junk = new String[100 * KEYS];
      for (int k = 0; k < junk.length; k++) {
        junk[k] = Data.equalCopy(Data.service(k % 2_000) + ".pool.junk" + k);
      }
      take(junk);
    }
  }

  @Benchmark
  public int present(Present paths, Cpu cpu) throws Exception {
    return reads.getIntOr(paths.next(), 0);
  }

  @Benchmark
  public int absent(Absent paths, Cpu cpu) throws Exception {
    return reads.getIntOr(paths.next(), 0);
  }

  /** More absent paths than any cache should hold. */
  @Benchmark
  public int junk(Junk paths, Cpu cpu) throws Exception {
    return reads.getIntOr(paths.next(), 0);
  }
}
