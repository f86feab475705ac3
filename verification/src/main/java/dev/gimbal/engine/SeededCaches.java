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
}
