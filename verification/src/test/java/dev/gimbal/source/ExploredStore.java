package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;

/** A store elsewhere whose one key is its revision. */
final class ExploredStore implements Remote {

  /** Whether it tells what changes, or that something did. */
  private final boolean deltas;

  volatile int revision = 1;

  /** Whether what it holds is no good. */
  volatile boolean malformed;

  /** Who subscribes; null while nobody does. */
  volatile Feed feed;

  int connects;
  int closes;
  int reads;

  ExploredStore(boolean deltas) {
    this.deltas = deltas;
  }

  @Override
  public Link connect(Feed to) {
    connects++;
    feed = to;
    return new Link() {
      private boolean closed;

      @Override
      public RemoteState read(Sink sink) {
        reads++;
        if (malformed) {
          return RemoteState.failed(new ConfigException(ErrorCode.MALFORMED, "malformed"));
        }
        int now = revision;
        ObjectNode tree =
            ObjectNode.EMPTY.with(Integer.toString(now), Scalar.number(Integer.toString(now)));
        return RemoteState.of(Revision.of(now), Document.of(tree));
      }

      @Override
      public void close() {
        closes += closed ? 0 : 1;
        closed = true;
      }
    };
  }

  /** Writes the next revision, and tells who subscribes. */
  void write() {
    int next = revision + 1;
    revision = next;
    Feed to = feed;
    if (to == null) {
      return;
    }
    if (deltas) {
      to.patch(Revision.of(next), Patch.builder().set("n", next).build());
    } else {
      to.changed();
    }
  }

  /** Its connection breaks. */
  void breakDown() {
    Feed to = feed;
    feed = null;
    if (to != null) {
      to.lost(new IOException("reset"));
    }
  }
}
