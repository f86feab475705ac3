package dev.gimbal.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the machine allows: reads of a field and of maps, and hand-offs between two threads. */
public class LimitsBenchmark extends Averages {

  private static final int CONSTANT = Integer.getInteger("benchmarks.constant", 42);

  /** The maps, and a field. */
  @State(Scope.Thread)
  public static class Maps {
    volatile int field = 42;
    final AtomicReference<Integer> reference = new AtomicReference<>(1_042);
    Map<String, String> hash;
    Map<String, String> concurrent;
    Map<String, String> immutable;
    private String[] keys;
    private int i;

    @Setup
    public void setup() {
      Data data = Data.of(10_000);
      hash = new HashMap<>(data.expected);
      concurrent = new ConcurrentHashMap<>(data.expected);
      immutable = Map.copyOf(data.expected);
      keys = data.intKeys;
      data.delete();
    }

    String next() {
      return keys[i++ & Data.ASKED - 1];
    }
  }

  @Benchmark
  public int staticFinalRead(Cpu cpu) {
    return CONSTANT;
  }

  @Benchmark
  public int volatileRead(Maps maps, Cpu cpu) {
    return maps.field;
  }

  @Benchmark
  public int referenceGet(Maps maps, Cpu cpu) {
    return maps.reference.get();
  }

  @Benchmark
  public String nextKey(Maps maps, Cpu cpu) {
    return maps.next();
  }

  @Benchmark
  public String hashMapGet(Maps maps, Cpu cpu) {
    return maps.hash.get(maps.next());
  }

  @Benchmark
  public String concurrentHashMapGet(Maps maps, Cpu cpu) {
    return maps.concurrent.get(maps.next());
  }

  @Benchmark
  public String mapOfGet(Maps maps, Cpu cpu) {
    return maps.immutable.get(maps.next());
  }

  @Benchmark
  public int hashMapGetParseInt(Maps maps, Cpu cpu) {
    return Integer.parseInt(maps.hash.get(maps.next()));
  }

  /** What the watchers of one path are at the least: cells that take the newest object. */
  @State(Scope.Thread)
  public static class Cells {
    static final int COUNT = 10_000;
    private final AtomicReference<?>[] cells = new AtomicReference<?>[COUNT];

    @Setup
    public void setup() {
      Arrays.setAll(cells, i -> new AtomicReference<>());
    }
  }

  /** All cells: a watcher's share is a ten-thousandth. */
  @Benchmark
  public Object compareAndSetOfCells(Cells cells, Cpu cpu) {
    Object next = new Object();
    for (AtomicReference<?> cell : cells.cells) {
      set(cell, next);
    }
    return next;
  }

  @SuppressWarnings("unchecked") // anything is put into it
  private static void set(AtomicReference<?> cell, Object next) {
    ((AtomicReference<Object>) cell).compareAndSet(cell.get(), next);
  }

  /** A second thread that answers each number; it spins, or parks in between. */
  public abstract static class Echo {
    volatile int ping;
    volatile int pong;
    private volatile boolean stop;
    Thread thread;

    void start(boolean parks) {
      thread = new Thread(() -> answer(parks), "echo");
      thread.setDaemon(true);
      thread.start();
    }

    private void answer(boolean parks) {
      int last = 0;
      while (!stop) {
        int now = ping;
        if (now != last) {
          last = now;
          pong = now;
        } else if (parks) {
          LockSupport.park(this);
        } else {
          Thread.onSpinWait();
        }
      }
    }

    @TearDown
    public void tearDown() throws InterruptedException {
      stop = true;
      LockSupport.unpark(thread);
      thread.join();
    }
  }

  /** It spins. */
  @State(Scope.Benchmark)
  public static class Spinner extends Echo {
    @Setup
    public void setup() {
      start(false);
    }
  }

  /** It parks, and is parked for a while before each number. */
  @State(Scope.Benchmark)
  public static class Parker extends Echo {
    @Setup
    public void setup() {
      start(true);
    }

    @Setup(Level.Invocation)
    public void awaitParked() {
      Parked.await(thread);
    }
  }

  /** There and back: a hand-off is half of it. Samples include the clock: read the median. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public int spinRoundTrip(Spinner spinner) {
    int number = spinner.ping + 1;
    spinner.ping = number;
    while (spinner.pong != number) {
      Thread.onSpinWait();
    }
    return number;
  }

  /** From {@code unpark} of a parked thread until its answer is seen. Read the median. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public int unparkHandOff(Parker parker) {
    int number = parker.ping + 1;
    parker.ping = number;
    LockSupport.unpark(parker.thread);
    while (parker.pong != number) {
      Thread.onSpinWait();
    }
    return number;
  }
}
