package dev.gimbal.engine;

import dev.gimbal.ConfigPath;

/** Somebody who watches a path: told about each snapshot in which it may have changed. */
interface Receiver {

  /** Takes a snapshot over or drops it. Constant work; never blocks, never runs user code. */
  void offer(PublishedSnapshot snapshot);

  /**
   * Holds this snapshot in the place of the one that it knows, if nothing that it watches differs:
   * who waits for long must not keep an old one. Any thread; beside offers, and in no order.
   *
   * @param now one that was published
   */
  void renew(PublishedSnapshot now);

  /** The one among its own paths that equals a path which it watches. */
  ConfigPath watched(ConfigPath path);

  /** Ends it when the Config closes. Idempotent; does not wait. */
  void end();
}
