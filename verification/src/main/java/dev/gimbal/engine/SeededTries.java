package dev.gimbal.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Registers of watchers with one seeded bug each. */
final class SeededTries {

  private SeededTries() {}

  /** Changes the list with a read and a write, so that two changes at once are one. */
  static final class LosesOne {
    private volatile List<Receiver> all = List.of();

    void add(Receiver receiver) {
      List<Receiver> changed = new CopyOnWriteArrayList<>(all);
      changed.add(receiver);
      all = changed;
    }

    List<Receiver> receivers() {
      return all;
    }
  }

  /** Whether it is closed stands beside what it holds. */
  static final class ClosedBeside {
    private final List<Receiver> all = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    boolean add(Receiver receiver) {
      if (closed) {
        return false;
      }
      all.add(receiver);
      return true;
    }

    List<Receiver> close() {
      closed = true;
      return List.copyOf(all);
    }
  }
}
