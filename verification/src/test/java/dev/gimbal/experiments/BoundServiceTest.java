package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service with 50 bound records under 1,000 changes a second, every tenth of them bad: no reader
 * sees a torn object, one that goes back, or a bad one, and nothing is left of what was replaced.
 */
@Timeout(300)
@Tag("experiments")
class BoundServiceTest {

  private static final int RECORDS = 50;
  private static final int PER_SECOND = 1_000;
  private static final int READERS = 2;
  private static final int SECONDS = 3;
  private static final int A_MINUTE = 60;

  /** One is enough for what can be collected. */
  private static final int COLLECTIONS = 10;

  /** Three members that belong together. */
  public record Part(int number, int twice, Duration pause, List<Integer> all) {
    boolean isWhole() {
      return twice == 2 * number
          && pause.toMillis() == number
          && all.equals(List.of(number, twice));
    }
  }

  /** What happened. */
  private record Tally(int torn, int back, int behind, int kept) {}

  @Test
  void boundRecords_areWholeAndNotKept() throws Exception {
    serveFor(SECONDS);
  }

  @Test
  @Tag("proof")
  void boundRecords_areWholeAndNotKept_forAMinute() throws Exception {
    serveFor(A_MINUTE);
  }

  /** Beside its handles each reader asks for a new one for each request, which costs nothing. */
  private static void serveFor(int seconds) throws Exception {
    int changes = seconds * PER_SECOND;
    Tally tally = serve(changes, config -> () -> config.live("parts[7]", Part.class).get());
    assertEquals(new Tally(0, 0, 0, 0), tally);
  }

  /** What reads the members one after the other sees torn ones. */
  @Test
  void membersReadOneAfterTheOther_areTorn() throws Exception {
    Tally tally =
        serve(
            SECONDS * PER_SECOND,
            config -> {
              Live<Integer> number = config.live("parts[7].number", Integer.class);
              Live<Integer> twice = config.live("parts[7].twice", Integer.class);
              return () -> {
                int first = number.get();
                Thread.yield();
                int second = twice.get();
                return new Part(first, second, Duration.ofMillis(first), List.of(first, second));
              };
            });
    assertTrue(tally.torn > 0, () -> tally.toString());
  }

  /** What keeps every object is seen to keep them. */
  @Test
  void objectsThatAreKept_areCounted() throws Exception {
    List<Part> all = new ArrayList<>();
    Tally tally =
        serve(
            PER_SECOND,
            config -> {
              Live<Part> part = config.live("parts[7]", Part.class);
              return () -> {
                Part read = part.get();
                synchronized (all) {
                  all.add(read);
                }
                return read;
              };
            });
    assertTrue(tally.kept > 0, () -> tally.toString());
    assertTrue(all.size() > 10);
  }

  private interface Reading {
    Part read();
  }

  private static void write(MemorySource source, int which, int number) {
    source.patch(
        patch -> {
          String at = "parts[" + which + "].";
          patch
              .set(at + "number", number)
              .set(at + "twice", 2 * number)
              .set(at + "pause", number + "ms")
              .set(at + "all", List.of(number, 2 * number));
        });
  }

  private static Tally serve(int changes, Function<Config, Reading> reading) throws Exception {
    MemorySource source = Sources.memory("memory");
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      parts.add(Map.of("number", 0, "twice", 0, "pause", "0ms", "all", List.of(0, 0)));
    }
    source.put("parts", parts);
    AtomicBoolean over = new AtomicBoolean();
    Set<Thread> before = Experiment.threads("gimbal-");
    Tally tally;
    try (Config config = Config.builder().source(source).build()) {
      List<Live<Part>> lives = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        lives.add(config.live("parts[" + i + "]", Part.class));
      }
      List<Reader> readers = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(READERS);
      for (int i = 0; i < READERS; i++) {
        readers.add(new Reader(reading.apply(config), lives, over, begun));
        readers.get(i).start();
      }
      begun.await();
      List<WeakReference<Part>> replaced = change(source, lives, changes);
      over.set(true);
      int torn = 0;
      int back = 0;
      for (Reader reader : readers) {
        reader.join();
        assertEquals(null, reader.failure);
        assertTrue(reader.reads > 0);
        torn += reader.torn;
        back += reader.back;
      }
      int behind = 0;
      for (int i = 0; i < RECORDS; i++) {
        behind += lives.get(i).get().number() == lastOf(i, changes) ? 0 : 1;
      }
      tally = new Tally(torn, back, behind, kept(replaced));
    }
    assertEquals(Set.of(), Experiment.threads("gimbal-", before));
    return Experiment.noted("bound service, " + changes + " changes", tally);
  }

  /** The last good number that a record was given. */
  private static int lastOf(int record, int changes) {
    int last = 0;
    for (int number = 1; number <= changes; number++) {
      last = number % RECORDS == record && number % 10 != 0 ? number : last;
    }
    return last;
  }

  /** Makes the changes, a second's in a second; some of the objects that were replaced. */
  private static List<WeakReference<Part>> change(
      MemorySource source, List<Live<Part>> lives, int changes) {
    List<WeakReference<Part>> replaced = new ArrayList<>();
    long begin = System.nanoTime();
    for (int number = 1; number <= changes; number++) {
      int which = number % RECORDS;
      if (number % 10 == 0) {
        int bad = number;
        String at = "parts[" + which + "].";
        assertThrows(
            ConfigException.class,
            () -> source.patch(p -> p.set(at + "number", bad).set(at + "twice", "bad")));
      } else {
        replaced.add(new WeakReference<>(lives.get(which).get()));
        write(source, which, number);
      }
      long due = begin + TimeUnit.SECONDS.toNanos(number) / PER_SECOND;
      while (System.nanoTime() < due) { // the pace is what the service is put under
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    return replaced;
  }

  /** How many objects are still there that were replaced by others. */
  private static int kept(List<WeakReference<Part>> replaced) {
    // The last change of each record may still have its predecessor beside it.
    List<WeakReference<Part>> old = replaced.subList(0, replaced.size() - 2 * RECORDS);
    assertTrue(old.size() > RECORDS);
    int kept = old.size();
    for (int i = 0; i < COLLECTIONS && kept > 0; i++) {
      System.gc();
      kept = (int) old.stream().filter(part -> part.get() != null).count();
    }
    return kept;
  }

  /** A thread of the service. */
  private static final class Reader extends Thread {
    private final Reading reading;
    private final List<Live<Part>> lives;
    private final AtomicBoolean over;
    private final CountDownLatch begun;
    private Throwable failure;
    private int torn;
    private int back;
    private long reads;

    Reader(Reading reading, List<Live<Part>> lives, AtomicBoolean over, CountDownLatch begun) {
      this.reading = reading;
      this.lives = lives;
      this.over = over;
      this.begun = begun;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        begun.countDown();
        int[] last = new int[RECORDS];
        while (!over.get()) {
          int which = (int) (reads++ % RECORDS);
          Part part = lives.get(which).get();
          torn += part.isWhole() ? 0 : 1;
          back += part.number() < last[which] ? 1 : 0;
          last[which] = part.number();
          torn += reading.read().isWhole() ? 0 : 1;
          if (reads % 100 == 0) {
            Thread.yield();
          }
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }
}
