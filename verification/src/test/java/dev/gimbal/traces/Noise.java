package dev.gimbal.traces;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Delays between the engine's accesses to memory, so that what is short elsewhere is long here and
 * threads meet inside it. The engine's classes call it from the code that {@link Instrumented} puts
 * before each access to a field and each call of a lock or an atomic.
 */
public final class Noise {

  /** Each class has as many places that differ in their delays. */
  static final int OF_CLASS = 16;

  private static final int CLASSES = 32;

  private static final Noise NONE = new Noise(0, new boolean[0], 0);

  /** Written by who records, read by any thread. */
  private static volatile Noise current = NONE;

  /** Of as many passes one gives way; 0: none. */
  private final int oneOf;

  /** Places where every second pass takes long. */
  private final boolean[] longPlaces;

  private final int micros;

  private Noise(int oneOf, boolean[] longPlaces, int micros) {
    this.oneOf = oneOf;
    this.longPlaces = longPlaces;
    this.micros = micros;
  }

  /**
   * Some noise: none, a little everywhere, or much at a few places.
   *
   * @param loud a class with more of it, or nothing
   */
  static void make(SplittableRandom random, String loud) {
    int oneOf = new int[] {0, 80, 20}[random.nextInt(3)];
    boolean[] places = new boolean[CLASSES * OF_CLASS];
    for (int i = random.nextInt(12); i > 0; i--) {
      places[random.nextInt(places.length)] = true;
    }
    for (int i = loud.isEmpty() ? 0 : 3; i > 0; i--) {
      places[place(loud, random.nextInt(OF_CLASS))] = true;
    }
    current = new Noise(oneOf, places, 20 + random.nextInt(100));
  }

  static void none() {
    current = NONE;
  }

  /** A place in a class, by the class's simple name. */
  static int place(String type, int number) {
    return Math.floorMod(type.hashCode(), CLASSES) * OF_CLASS + number % OF_CLASS;
  }

  /** Passes a place in the engine's code. */
  public static void pass(int place) {
    Noise noise = current;
    if (noise != NONE) {
      noise.delay(place);
    }
  }

  private void delay(int place) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (longPlaces[place] && random.nextBoolean()) {
      LockSupport.parkNanos(micros * 1_000L);
    } else if (oneOf > 0 && random.nextInt(oneOf) == 0) {
      LockSupport.parkNanos(random.nextInt(micros * 1_000));
    }
  }
}
