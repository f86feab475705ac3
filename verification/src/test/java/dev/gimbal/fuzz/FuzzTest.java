package dev.gimbal.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is fed to what takes input from outside, it ends soon, and fails with a ConfigException
 * only. First come inputs that are known to be nasty, then random changes of them: one second for
 * each target, or as long as the system property {@code gimbal.fuzz.seconds} says, from the seed
 * {@code gimbal.fuzz.seed} (1).
 */
class FuzzTest {

  /** What one input may take, on a busy machine too. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final Duration BOUND_OF_TWIN = Duration.ofSeconds(1);

  /** How many more there are when the time is over: not none on the slowest machine. */
  private static final int FEWEST = 20;

  private static final long SEED = Long.getLong("gimbal.fuzz.seed", 1);

  @ParameterizedTest
  @EnumSource
  void nastyInputs_areTakenOrRefused(FuzzTarget target) throws InterruptedException {
    List<byte[]> corpus = Corpus.of(target);
    Iterator<byte[]> inputs = corpus.iterator();
    Fuzzing.Result result =
        new Fuzzing(target::run, BOUND).run(() -> inputs.hasNext() ? inputs.next() : null);
    assertEquals(List.of(), result.failures());
    assertEquals(corpus.size(), result.inputs());
    assertTrue(result.good() > 0, "not one was taken");
    assertTrue(result.good() < result.inputs(), "not one was refused");
  }

  @ParameterizedTest
  @EnumSource
  void randomInputs_areTakenOrRefused(FuzzTarget target) throws InterruptedException {
    long seconds = Integer.getInteger("gimbal.fuzz.seconds", 1);
    Fuzzing.Result result = random(target, target::run, BOUND, seconds);
    if (Boolean.getBoolean("gimbal.fuzz.print")) {
      System.out.println(target + ": " + result.inputs() + " inputs, " + result.good() + " good");
    }
    assertEquals(List.of(), result.failures());
    assertTrue(result.inputs() >= FEWEST, () -> "only " + result.inputs() + " inputs");
  }

  /** Some input makes it throw something else. */
  @Test
  void randomInputs_forAThrowingTwin_areReported() throws InterruptedException {
    Fuzzing.Result result = random(FuzzTarget.PATH, FuzzTest::throwsForOne, BOUND, 10);
    assertTrue(result.failures().size() > 0, "nothing was seen");
  }

  /** Some input makes it run for ever. */
  @Test
  void randomInputs_forAHangingTwin_areReported() throws InterruptedException {
    Fuzzing.Result result = random(FuzzTarget.PATH, FuzzTest::hangsForOne, BOUND_OF_TWIN, 30);
    assertEquals(1, result.failures().size());
    assertTrue(result.failures().get(0).startsWith("hangs: "), result.failures()::toString);
  }

  private static boolean throwsForOne(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    return text.charAt(text.indexOf("[0]") + 3) != 'x';
  }

  private static boolean hangsForOne(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean ends = !text.contains("][");
    while (!ends) {
      Thread.onSpinWait();
      ends = Thread.interrupted();
    }
    return true;
  }

  private static Fuzzing.Result random(
      FuzzTarget target, Predicate<byte[]> run, Duration bound, long seconds)
      throws InterruptedException {
    Mutator mutator = new Mutator(SEED, Corpus.of(target));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int[] count = {0}; // used by one thread
    Predicate<byte[]> keeping =
        input -> {
          boolean good = run.test(input);
          if (good) {
            mutator.keep(input);
          }
          return good;
        };
    Supplier<byte @Nullable []> inputs =
        () -> System.nanoTime() < end || count[0]++ < FEWEST ? mutator.next() : null;
    return new Fuzzing(keeping, bound).run(inputs);
  }
}
