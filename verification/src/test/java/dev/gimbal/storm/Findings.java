package dev.gimbal.storm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What storms did and which guarantees they saw broken. Used by many threads. */
final class Findings {

  /** Descriptions that are kept; the others are counted. */
  private static final int KEPT = 20;

  /** What can be seen broken. */
  enum Broken {
    /** G1: a snapshot that nobody wrote. */
    ATOMIC,
    /** G2, G6: the last value did not arrive. */
    LATEST,
    /** G3: a version that did not rise, a value twice, two calls at once. */
    IN_ORDER,
    /** G4: a call after the end, or somebody who was not woken. */
    STOP,
    /** G5: what one listener did reached another, or a publisher. */
    UNHARMED,
    /** G8: a thread, a file, memory. */
    LEFT_BEHIND
  }

  /** What is counted, so that a storm which did nothing shows. */
  enum Deed {
    ROUND,
    PUBLISHED,
    WATCHER,
    PULLED,
    SUBSCRIPTION,
    CALLED,
    SNAPSHOT,
    THREW,
    BLOCKED,
    INTERRUPTED,
    WROTE,
    SUBSCRIBED,
    CLOSED_ITSELF,
    CLOSED_ANOTHER,
    RELOADED,
    ADDED,
    REFUSED,
    PROBED,
    SURVIVED,
    COLLECTED
  }

  private final Map<Broken, LongAdder> broken = new EnumMap<>(Broken.class);
  private final Map<Deed, LongAdder> deeds = new EnumMap<>(Deed.class);
  private final Queue<String> first = new ConcurrentLinkedQueue<>();

  Findings() {
    for (Broken each : Broken.values()) {
      broken.put(each, new LongAdder());
    }
    for (Deed each : Deed.values()) {
      deeds.put(each, new LongAdder());
    }
  }

  void broken(Broken what, String how) {
    broken.get(what).increment();
    if (first.size() < KEPT) {
      first.add(what + ": " + how);
    }
  }

  void did(Deed what) {
    deeds.get(what).increment();
  }

  long count(Broken what) {
    return broken.get(what).sum();
  }

  long count(Deed what) {
    return deeds.get(what).sum();
  }

  /** The first faults, in words. */
  List<String> faults() {
    return List.copyOf(first);
  }

  @Override
  public String toString() {
    return "did " + deeds + ", broken " + broken + ", first " + faults();
  }
}
