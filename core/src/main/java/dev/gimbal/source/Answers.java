package dev.gimbal.source;

import dev.gimbal.format.Document;
import dev.gimbal.source.Outcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sink what is news, and whoever reloads what there is, with revisions of one counter.
 * Used by one step at a time.
 */
final class Answers {

  /** Somebody who waits for an answer. */
  record Asker(Sink sink, CompletableFuture<Void> answered) {}

  private final OnMissing onMissing;
  private final Sink sink;
  private final List<Asker> askers = new ArrayList<>();
  private long revision;

  /** What the sink was told last. */
  private @Nullable Outcome told;

  /** Whether there was ever a document, be it of 0 bytes. */
  private boolean hadDocument;

  /** The files that held something in the last good document. */
  private Set<String> filled = Set.of();

  Answers(OnMissing onMissing, Sink sink) {
    this.onMissing = onMissing;
    this.sink = sink;
  }

  @Nullable Outcome told() {
    return told;
  }

  Set<String> filled() {
    return filled;
  }

  /** Whether what is missing or has 0 bytes leaves the layer as it is. */
  boolean keepsLayer() {
    return hadDocument && onMissing == OnMissing.KEEP;
  }

  /** Whether the sink or somebody else waits for an answer. */
  boolean isAwaited() {
    return told == null || !askers.isEmpty();
  }

  void ask(Asker asker) {
    askers.add(asker);
  }

  void withdraw(Asker asker) {
    askers.remove(asker);
  }

  /** Lets all go that wait, without an answer. */
  void dropAskers() {
    askers.forEach(asker -> asker.answered.complete(null));
    askers.clear();
  }

  /** Tells the sink, if it is news to it, and everybody who asked. */
  void answer(Outcome outcome) {
    askers.forEach(asker -> tell(asker.sink, outcome));
    boolean first = told == null;
    if (!outcome.sameAs(told)) {
      told = outcome;
      if (first || sink.watching()) {
        tell(sink, outcome);
      }
    }
    filled = outcome.isDocument() ? outcome.filled() : filled;
    hadDocument |= outcome.isDocument() || outcome.kind() == Kind.EMPTY;
    dropAskers();
  }

  private void tell(Sink to, Outcome outcome) {
    Document document = outcome.document();
    if (document != null) {
      to.document(Revision.of(++revision), document);
    } else if (outcome.kind() == Kind.EMPTY && !keepsLayer()) {
      to.document(Revision.of(++revision), Document.EMPTY);
      if (onMissing == OnMissing.KEEP) {
        to.degraded(outcome.problem());
      }
    } else if (outcome.kind() == Kind.MISSING && !keepsLayer()) {
      to.absent(outcome.problem());
    } else {
      to.failed(outcome.problem());
    }
  }
}
