package dev.gimbal.source;

import java.io.IOException;

/**
 * A store somewhere else, as {@link RemoteOptions#open} keeps a layer of it: whatever can be
 * connected to, read as a whole, and perhaps tells what changes. Called on one thread at a time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Remote {

  /**
   * Connects. May block: it is called on a worker, which is interrupted when the session closes.
   * Where the store tells changes, the subscription stands when this returns, so that no change
   * falls between it and the first {@link Link#read} (G6).
   *
   * @param feed takes what this connection tells until it is lost or closed; may be called before
   *     this returns
   * @throws IOException when it cannot be reached now; it is tried again after a while
   */
  Link connect(Feed feed) throws IOException, InterruptedException;
}
