package dev.gimbal.engine;

import dev.gimbal.ConfigPath;

/** Somebody who watches a path: told about each snapshot in which it may have changed. */
interface Receiver {

  /** Takes a snapshot over or drops it. Constant work; never blocks, never runs user code. */
  void offer(PublishedSnapshot snapshot);

  /** The one among its own paths that equals a path which it watches. */
  ConfigPath watched(ConfigPath path);

  /** Ends it when the Config closes. Idempotent; does not wait. */
  void end();
}
