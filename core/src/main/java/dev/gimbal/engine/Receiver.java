package dev.gimbal.engine;

/** Somebody who watches a path: told about each snapshot in which it may have changed. */
interface Receiver {

  /** Takes a snapshot over or drops it. Constant work; never blocks, never runs user code. */
  void offer(PublishedSnapshot snapshot);

  /** Ends it when the Config closes. Idempotent; does not wait. */
  void end();
}
