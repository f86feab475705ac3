package dev.gimbal.interleavings;

import java.util.Arrays;
import java.util.Random;

/**
 * Who goes on, wherever there is a choice. Option 0 is the thread that is at it, or the first one
 * where that cannot go on. The first choices are given; the others are 0, or random.
 */
final class Schedule {

  private final int[] given;
  private final Random random;
  private final double rate;

  private int[] chosen = new int[256];
  private int[] options = new int[256];
  private int length;

  private Schedule(int[] given, Random random, double rate) {
    this.given = given;
    this.random = random;
    this.rate = rate;
  }

  static Schedule of(int... given) {
    return new Schedule(given, null, 0);
  }

  /** Leaves a thread that could go on about {@code times} in so many choices. */
  static Schedule random(long seed, int times, int choices) {
    return new Schedule(new int[0], new Random(seed), times / (double) Math.max(1, choices));
  }

  /**
   * The option to take.
   *
   * @param isFree whether the thread that is at it cannot go on, so that another one must
   */
  int choose(int count, boolean isFree) {
    int choice = 0;
    if (length < given.length) {
      choice = Math.min(given[length], count - 1);
    } else if (random != null && (isFree || random.nextDouble() < rate)) {
      choice = random.nextInt(count);
    }
    if (length == chosen.length) {
      chosen = Arrays.copyOf(chosen, 2 * length);
      options = Arrays.copyOf(options, 2 * length);
    }
    chosen[length] = choice;
    options[length] = count;
    length++;
    return choice;
  }

  int length() {
    return length;
  }

  int[] chosen() {
    int last = length;
    while (last > 0 && chosen[last - 1] == 0) {
      last--;
    }
    return Arrays.copyOf(chosen, last);
  }

  /** The next one of those with at most so many choices other than 0; null after the last. */
  Schedule next(int most) {
    int[] spent = new int[length + 1];
    for (int i = 0; i < length; i++) {
      spent[i + 1] = spent[i] + (chosen[i] != 0 ? 1 : 0);
    }
    for (int i = length - 1; i >= 0; i--) {
      if (chosen[i] + 1 < options[i] && spent[i] < most) {
        int[] prefix = Arrays.copyOf(chosen, i + 1);
        prefix[i]++;
        return of(prefix);
      }
    }
    return null;
  }
}
