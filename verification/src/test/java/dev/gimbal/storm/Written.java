package dev.gimbal.storm;

import dev.gimbal.Value;
import dev.gimbal.tree.Patch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the storm's sources write: several keys in one patch, and a sum over them. */
final class Written {

  /** What {@link #number} answers where nothing is written. */
  static final long ABSENT = -1;

  private Written() {}

  /** Everything below the key of a source, for its n-th write. */
  static Consumer<Patch.Builder> patch(int source, long n) {
    String key = key(source);
    return patch ->
        patch
            .set(key + ".n", n)
            .set(key + ".first", first(n))
            .set(key + ".more.second", second(source, n))
            .set(key + ".sum", sum(source, n));
  }

  static String key(int source) {
    return "s" + source;
  }

  /** A placeholder elsewhere that stands for a source's sum. */
  static String copyKey(int source) {
    return "copy.of" + source;
  }

  private static long first(long n) {
    return n * 31 + 7;
  }

  private static long second(int source, long n) {
    return Long.reverse(n) >>> 2 ^ source;
  }

  private static long sum(int source, long n) {
    return n ^ first(n) ^ second(source, n) ^ source;
  }

  /** The number of the write that is seen at a source's key. */
  static long number(Value at) {
    return at.get("n").asLong(ABSENT);
  }

  /** What is wrong with what is seen at a source's key; null if it was written so. */
  static @Nullable String fault(int source, Value at) {
    long n = number(at);
    long first = at.get("first").asLong(ABSENT);
    long second = at.get("more.second").asLong(ABSENT);
    long sum = at.get("sum").asLong(ABSENT);
    if (first == first(n) && second == second(source, n) && sum == sum(source, n)) {
      return null;
    }
    return "version "
        + at.version()
        + " has n "
        + n
        + ", first "
        + first
        + ", second "
        + second
        + ", sum "
        + sum;
  }

  /** What is wrong with the placeholder for a source's sum, seen beside it. */
  static @Nullable String copyFault(Value sum, Value copy) {
    long expected = sum.asLong(ABSENT);
    long found = copy.asLong(ABSENT);
    return expected == found ? null : "the sum is " + expected + ", its placeholder " + found;
  }
}
