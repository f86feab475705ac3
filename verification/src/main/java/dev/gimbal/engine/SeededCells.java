package dev.gimbal.engine;

import dev.gimbal.tree.ObjectNode;

/** Cells for the current snapshot with one seeded bug each. */
final class SeededCells {

  private SeededCells() {}

  /** The snapshot in a plain field. */
  static final class Plain {
    private PublishedSnapshot published;

    Plain(PublishedSnapshot first) {
      published = first;
    }

    void publish(PublishedSnapshot next) {
      published = next;
    }

    PublishedSnapshot current() {
      return published;
    }
  }

  /** Version and tree in a cell each, both volatile, so that a reader must come twice. */
  static final class Split {
    private volatile long version;
    private volatile ObjectNode tree;

    Split(PublishedSnapshot first) {
      version = first.version();
      tree = first.resolved();
    }

    void publish(PublishedSnapshot next) {
      tree = next.resolved();
      version = next.version();
    }

    long version() {
      return version;
    }

    ObjectNode tree() {
      return tree;
    }
  }
}
