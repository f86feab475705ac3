package dev.gimbal.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What did not decrypt: its link takes it for read, and calls it unchanged from then on, so that it
 * is kept here and tried again. States are read by one worker at a time; changes are refused by
 * steps.
 */
final class Refusals {

  private final Sink sink;

  /** The worker's own: a state that did not decrypt, or null. */
  private @Nullable RemoteState refused;

  /** Why a change did not decrypt that no state has come after; null for none. */
  @GuardedBy("this")
  private @Nullable ConfigException ofChange;

  Refusals(Sink sink) {
    this.sink = sink;
  }

  /** A change was refused: what a link calls unchanged from now on lacks it. */
  synchronized void ofChange(ConfigException why) {
    ofChange = why;
  }

  private synchronized @Nullable ConfigException ofChange() {
    return ofChange;
  }

  /** What is told from now on has what was refused, or begins before it. */
  void forget() {
    refused = null;
    synchronized (this) {
      ofChange = null;
    }
  }

  /**
   * What there is, decrypted.
   *
   * @throws ConfigException GIM-027 when it does not decrypt
   */
  RemoteState read(Link link) throws IOException, InterruptedException {
    RemoteState state = link.read(sink);
    if (state.kind() == RemoteState.Kind.UNCHANGED) {
      ConfigException missing = ofChange();
      if (missing != null) {
        return RemoteState.failed(missing);
      }
      state = refused == null ? state : refused;
    }
    Document document = state.document();
    if (document == null) {
      if (state.kind() == RemoteState.Kind.ABSENT) {
        forget();
      }
      return state;
    }
    forget();
    refused = state;
    RemoteState read = state.holding(sink.decrypt(document));
    refused = null;
    return read;
  }
}
