package dev.gimbal.testing;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listener that keeps what it was told, for a test to wait for and to look at. {@link
 * TestConfig#record} makes one that listens; a new one can also be given to {@code
 * Config.onChange}.
 *
 * <p>It has a place up to which a test has looked: {@code await...} goes on from there and takes
 * what it passes, so that changes are asked for in their order. A Config coalesces: a listener that
 * is slow, or had no time yet, is told about the newest value only.
 *
 * <p>Safe for use by many threads. What waits, waits up to 10 s unless it is told how long; then it
 * throws an {@link AssertionError} with all that came, where secrets are masked.
 *
 * @since 0.1.0
 */
public final class EventRecorder implements ChangeListener {

  private final Recording recording = new Recording();

  /** One that nothing was told to yet. */
  public EventRecorder() {}

  @Override
  public void onChange(Change change) {
    recording.add(change);
  }

  /** All that came, in order, whether a test has passed it or not. A copy. */
  public List<Change> changes() {
    return recording.all();
  }

  /**
   * The next change.
   *
   * @throws AssertionError when none comes within 10 s; also when the thread is interrupted, which
   *     it is then still
   */
  public Change awaitNext() {
    return awaitNext(TestConfig.PATIENCE);
  }

  /**
   * As {@link #awaitNext()}, up to {@code timeout}, which may be of any length; a negative one is
   * none.
   */
  public Change awaitNext(Duration timeout) {
    return next("no further change", change -> true, timeout);
  }

  /**
   * The next change that arrives at a value; it passes others.
   *
   * @param expected what {@link Change#after()} is as this object's class, or as the nearest class
   *     or interface above it that a conversion makes, such as Path; an array is compared by its
   *     elements, a Map or a Collection with the tree, whether what is in it is a secret or not;
   *     null for absent
   * @throws AssertionError when none comes within 10 s; also when interrupted
   * @throws IllegalArgumentException when no conversion makes such an object; {@link #await(String,
   *     Predicate)} asks for any other
   */
  public Change awaitValue(@Nullable Object expected) {
    return awaitValue(expected, TestConfig.PATIENCE);
  }

  /** As {@link #awaitValue(Object)}, up to {@code timeout}. */
  public Change awaitValue(@Nullable Object expected, Duration timeout) {
    Expected value = new Expected(expected);
    return next("no change to " + value, change -> value.is(change.after()), timeout);
  }

  /**
   * The next change for which {@code wanted} holds; it passes others.
   *
   * @param what is awaited, for the message
   * @throws AssertionError when none comes within 10 s; also when interrupted
   */
  public Change await(String what, Predicate<? super Change> wanted) {
    return await(what, wanted, TestConfig.PATIENCE);
  }

  /** As {@link #await(String, Predicate)}, up to {@code timeout}. */
  public Change await(String what, Predicate<? super Change> wanted, Duration timeout) {
    Objects.requireNonNull(what, "what");
    return next("no change such as: " + what, wanted, timeout);
  }

  private Change next(String missing, Predicate<? super Change> wanted, Duration timeout) {
    // That of the longest overflows, as times of nanoTime() may: who waits looks at the difference.
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long deadline = System.nanoTime() + nanos;
    try {
      Change change = recording.next(deadline);
      while (change != null && !wanted.test(change)) {
        change = recording.next(deadline);
      }
      if (change != null) {
        return change;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(missing + " came before an interrupt; " + recording.text(), e);
    }
    throw new AssertionError(missing + " came within " + timeout + "; " + recording.text());
  }

  /**
   * That nothing came behind the place up to which the test has looked. {@link
   * TestConfig#awaitDelivered()} before it makes sure that all had time to come.
   *
   * @throws AssertionError with all that came
   */
  public void requireNoMore() {
    int more = recording.waiting();
    if (more > 0) {
      throw new AssertionError(more + " more than was looked for; " + recording.text());
    }
  }

  @Override
  public String toString() {
    return "recorder; " + recording.text();
  }
}
