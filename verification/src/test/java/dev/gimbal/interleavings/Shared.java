package dev.gimbal.interleavings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the threads of a scenario share. It is enough to let another thread go on before such a
 * place is touched: between other steps, their order makes no difference.
 */
final class Shared {

  private static final List<String> NAMES = new ArrayList<>();
  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  private final long[] readers = new long[4096];
  private final long[] writers = new long[4096];
  private final boolean[] shared = new boolean[4096];

  /** The number of a place. An even one stands for a read, the one after it for a write. */
  static synchronized int number(String name, boolean write) {
    Integer number = NUMBERS.get(name);
    if (number == null) {
      number = NAMES.size();
      NAMES.add(name);
      NUMBERS.put(name, number);
    }
    return 2 * number + (write ? 1 : 0);
  }

  static synchronized String name(int place) {
    return NAMES.get(place / 2);
  }

  void touched(int place, int thread) {
    if ((place & 1) == 0) {
      readers[place / 2] |= 1L << thread;
    } else {
      writers[place / 2] |= 1L << thread;
    }
  }

  boolean isShared(int place) {
    return shared[place / 2];
  }

  /** Takes in what the last run touched; whether more is shared than was known. */
  boolean learn() {
    boolean more = false;
    for (int i = 0; i < shared.length; i++) {
      boolean several = Long.bitCount(readers[i] | writers[i]) > 1 && writers[i] != 0;
      if (several && !shared[i]) {
        shared[i] = true;
        more = true;
      }
    }
    Arrays.fill(readers, 0);
    Arrays.fill(writers, 0);
    return more;
  }

  int size() {
    int size = 0;
    for (boolean one : shared) {
      size += one ? 1 : 0;
    }
    return size;
  }
}
