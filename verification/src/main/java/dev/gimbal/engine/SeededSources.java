package dev.gimbal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sources, and what holds their values, with one seeded bug each. */
final class SeededSources {

  private SeededSources() {}

  /** What it has is published first, and its writes are listened to from then on. */
  static final class ReadThenListen {
    private volatile int value;
    private volatile int published;
    private volatile boolean listened;

    ReadThenListen(int value) {
      this.value = value;
    }

    void open() {
      published = value;
      listened = true;
    }

    void put(int next) {
      value = next;
      if (listened) {
        published = next;
      }
    }

    int published() {
      return published;
    }
  }

  /** The next state is made of the one before, and nobody looks whether that is still the last. */
  static final class Unsynchronized {
    private volatile Map<String, Integer> state;

    Unsynchronized(String key, int value) {
      this.state = Map.of(key, value);
    }

    void put(String key, int value) {
      Map<String, Integer> next = new HashMap<>(state);
      next.put(key, value);
      state = next;
    }

    int get(String key) {
      return state.getOrDefault(key, 0);
    }
  }

  /** A default that was given once is the value from then on. */
  static final class KeepsDefaults {
    private final Map<String, Integer> values = new ConcurrentHashMap<>();

    int get(String key, int other) {
      Integer value = values.get(key);
      if (value == null) {
        values.put(key, other);
        return other;
      }
      return value;
    }

    void put(String key, int value) {
      values.put(key, value);
    }
  }
}
