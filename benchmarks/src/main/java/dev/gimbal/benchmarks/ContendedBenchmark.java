package dev.gimbal.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Two threads read ints by path while a third changes one of the keys, or changes nothing. Each has
 * two sets of paths that are equal and not the same, and takes them one after the other: set-up has
 * read by a third one, and what a library drops and keeps anew under changes is mostly kept by
 * another thread's path, or by the other set's.
 */
@Threads(2)
public class ContendedBenchmark extends Averages {

  /** What the readers share. */
  @State(Scope.Benchmark)
  public static class Shared {

    @Param({"gimbal", "commons", "archaius", "gestalt", "avaje", "owner", "helidon", "spring"})
    public String peer;

    /** Changes a second that are asked for; how many there were is counted. */
    @Param({"0", "1000"})
    public int changes;

    /** How many are read in turn; a configuration has four times as many, and 10,000 at least. */
    @Param({"64", "10000"})
    public int keys;

    Peer.Reads reads;
    final List<String> asked = new ArrayList<>();
    private Peer.Updates updates;
    private String changed;
    private volatile boolean stop;
    private volatile Throwable failure;
    private volatile int last;
    private volatile int made;
    private Thread updater;

    @Setup(Level.Trial)
    public void setup() throws Exception {
      Data data = Data.of(Math.max(10_000, 4 * keys));
      reads = Peer.make(peer, Peer.Reads.class);
      updates = (Peer.Updates) reads;
      reads.open(data, true);
      Peer.check(reads, data);
      for (int k = 0; k < keys; k++) {
        String key = data.ints.get((int) ((long) k * data.ints.size() / keys));
        asked.add(key);
        Peer.check(Integer.valueOf(data.expected.get(key)), reads.getInt(key), key);
      }
      changed = asked.get(keys / 2);
      last = reads.getInt(changed);
      data.delete();
      updater = new Thread(this::update, "updater");
      updater.setDaemon(true);
      if (changes > 0) {
        updater.start();
      }
    }

    private void update() {
      int value = 1_000_000;
      long due = System.nanoTime();
      try {
        while (!stop) {
          updates.set(changed, Integer.toString(++value));
          last = value;
          made = value - 1_000_000;
          due = Math.max(due + 1_000_000_000L / changes, System.nanoTime() - 100_000_000L);
          LockSupport.parkNanos(due - System.nanoTime());
        }
      } catch (Exception | Error e) {
        failure = e;
      }
    }

    int made() {
      return made;
    }

    @TearDown(Level.Trial)
    public void tearDown() throws Exception {
      stop = true;
      updater.join();
      if (failure != null) {
        throw new AssertionError(failure);
      }
      long limit = System.nanoTime() + 20_000_000_000L;
      while (reads.getInt(changed) != last) {
        if (System.nanoTime() > limit) {
          throw new AssertionError("the last change never became visible");
        }
      }
    }
  }

  /** A reader's paths, and how many changes there were in an iteration, counted by each reader. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Changes {
    public double perSecond;
    private String[] paths;
    private int i;
    private int before;
    private long began;

    @Setup(Level.Trial)
    public void copy(Shared shared) {
      paths =
          Stream.of(shared.asked, shared.asked)
              .flatMap(List::stream)
              .map(Data::equalCopy)
              .toArray(String[]::new);
    }

    @Setup(Level.Iteration)
    public void begin(Shared shared) {
      before = shared.made();
      began = System.nanoTime();
    }

    @TearDown(Level.Iteration)
    public void end(Shared shared) {
      perSecond = (shared.made() - before) * 1e9 / (System.nanoTime() - began);
    }

    String next() {
      i = i + 1 < paths.length ? i + 1 : 0;
      return paths[i];
    }
  }

  @Benchmark
  public int getInt(Shared shared, Changes changes, Cpu cpu) throws Exception {
    return shared.reads.getInt(changes.next());
  }
}
