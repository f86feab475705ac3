package dev.gimbal.experiments;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The twin's memory source: it sends each change to whoever watches it, and loses the newest when a
 * hundred wait.
 */
final class TwinSource {

  /** A document. One that is broken cannot be merged. */
  record Doc(Map<String, Long> values, boolean broken) {}

  private static final int ROOM = 100;

  @GuardedBy("this")
  private final List<TwinChannel<Doc>> watchers = new ArrayList<>();

  @GuardedBy("this")
  private Doc doc;

  @GuardedBy("this")
  private boolean down;

  TwinSource(Map<String, Long> values) {
    this.doc = new Doc(new TreeMap<>(values), false);
  }

  synchronized Doc read() {
    if (down) {
      throw new IllegalStateException("it cannot be reached");
    }
    return doc;
  }

  synchronized TwinChannel<Doc> watch() {
    TwinChannel<Doc> changes = new TwinChannel<>(ROOM);
    watchers.add(changes);
    return changes;
  }

  synchronized void unwatch(TwinChannel<Doc> changes) {
    watchers.remove(changes);
  }

  synchronized void put(String key, long value) {
    Map<String, Long> values = new TreeMap<>(doc.values);
    values.put(key, value);
    send(new Doc(values, false));
  }

  synchronized void breakUp() {
    send(new Doc(doc.values, true));
  }

  /** Changes it while nobody is told. */
  synchronized void prepare(String key, long value, boolean nowDown) {
    Map<String, Long> values = new TreeMap<>(doc.values);
    values.put(key, value);
    doc = new Doc(values, false);
    down = nowDown;
  }

  @GuardedBy("this")
  private void send(Doc next) {
    doc = next;
    for (TwinChannel<Doc> watcher : watchers) {
      watcher.trySend(next);
    }
  }
}
