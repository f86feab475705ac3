package dev.gimbal.engine;

/** Caches of what was last read with one seeded bug each. */
final class SeededCaches {

  private SeededCaches() {}

  /** What was read, and the snapshot that it is of, in a field each. */
  static final class TwoFields {
    private volatile PublishedSnapshot published;
    private PublishedSnapshot snapshot;
    private int value;

    TwoFields(PublishedSnapshot first) {
      published = first;
      snapshot = first;
      value = Snapshots.version(first);
    }

    void publish(PublishedSnapshot next) {
      published = next;
    }

    int get() {
      PublishedSnapshot now = published;
      if (snapshot == now) {
        return value;
      }
      int read = Snapshots.version(now.resolved());
      value = read;
      snapshot = now;
      return read;
    }
  }

  /** What was read and by which text, in a field each: one slot, which two texts share. */
  static final class TextBesideValue {
    private volatile int value;
    private volatile String text = "";

    /** The first character of a text. */
    int get(String asked) {
      if (asked.equals(text)) {
        return value;
      }
      int read = asked.charAt(0);
      value = read;
      text = asked;
      return read;
    }
  }
}
