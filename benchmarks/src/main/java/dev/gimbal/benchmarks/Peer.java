package dev.gimbal.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A library under test: one class in the package {@code peers}, named like the library, with the
 * capabilities that it has.
 */
public interface Peer {

  /** The richest format that the library reads natively: yaml, json or properties. */
  String format();

  /**
   * Builds the three layers.
   *
   * @param dynamic whether overrides will be changed later, through {@link Updates#set}
   */
  void open(Data data, boolean dynamic) throws Exception;

  /** Reads by path. */
  interface Reads extends Peer {
    String getString(String key) throws Exception;

    int getInt(String key) throws Exception;

    String getOr(String key, String fallback) throws Exception;

    /** An int by path, or what stands for absent. */
    default int getIntOr(String key, int fallback) throws Exception {
      String text = getOr(key, "");
      return text.isEmpty() ? fallback : Integer.parseInt(text);
    }
  }

  /** The fastest typed accessor of {@link Data#HANDLE_KEY}: a property, a proxy, a bound object. */
  interface Handle extends Peer {
    void openHandle(Data data) throws Exception;

    int handleGet() throws Exception;
  }

  /** Changes one key of the overrides while the program runs. */
  interface Updates extends Peer {
    void set(String key, String value) throws Exception;
  }

  /** Is told of a change of one key, by a filter where the library only has global events. */
  interface Listens extends Updates {
    void listen(String key, Consumer<String> onNewValue) throws Exception;
  }

  /** From a file to a configuration; nothing is kept between calls. */
  interface Loads extends Peer {
    Object load(Path file) throws Exception;

    int loadedInt(Object loaded, String key) throws Exception;
  }

  /** The library with a name. */
  static <T> T make(String name, Class<T> capability) {
    String simple = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    try {
      Class<?> type = Class.forName("dev.gimbal.benchmarks.peers." + simple);
      return capability.cast(type.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** Refuses a wrong answer: a fast one would be worth nothing. */
  static void check(Object wanted, Object got, String what) {
    if (!wanted.equals(got)) {
      throw new AssertionError(what + ": wanted " + wanted + ", got " + got);
    }
  }

  /** Asks for many keys, twice, because what is kept must be right too. */
  static void check(Reads reads, Data data) throws Exception {
    int step = data.size > 1000 ? 23 : 1;
    for (int round = 0; round < 2; round++) {
      int at = 0;
      for (var entry : data.expected.entrySet()) {
        if (at++ % step == 0) {
          check(entry.getValue(), reads.getString(entry.getKey()), entry.getKey());
        }
      }
      for (String key : data.intKeys) {
        check(Integer.valueOf(data.expected.get(key)), reads.getInt(key), key);
        check(Integer.valueOf(data.expected.get(key)), reads.getIntOr(key, -1), key);
      }
    }
    for (String key : data.missingKeys) {
      check("fallback", reads.getOr(key, "fallback"), key);
      check(7, reads.getIntOr(key + "imum", 7), key); // not the same: some keep the fallback
    }
    for (String key : data.stringKeys) {
      check(data.expected.get(key), reads.getOr(key, "fallback"), key);
    }
  }
}
