package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.source.Outcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sink what is news; or, instead of it, whoever reloads what there is, since that reaches
 * the same layer. No revision is used twice. Used by one step at a time.
 */
final class Answers {

  /**
   * What the layer holds.
   *
   * @param filled the files that held something
   */
  private record Held(Parsed parsed, Set<String> filled) {}

  private final OnMissing onMissing;
  private final Sink sink;
  private final List<Asker> askers = new ArrayList<>();
  private long revision;

  /** What was told last. */
  private @Nullable Outcome told;

  /** Of the last document, be it of 0 bytes; null before the first and when it was cleared. */
  private @Nullable Held held;

  Answers(OnMissing onMissing, Sink sink) {
    this.onMissing = onMissing;
    this.sink = sink;
  }

  @Nullable Outcome told() {
    return told;
  }

  /** What the layer holds, or null for nothing. */
  @Nullable Parsed held() {
    return held == null ? null : held.parsed;
  }

  /** The files that held something in what the layer holds. */
  Set<String> filled() {
    return held == null ? Set.of() : held.filled;
  }

  /** Whether what is missing, or has 0 bytes, leaves the layer as it is. */
  boolean keepsLayer(Kind kind) {
    return onMissing == OnMissing.KEEP
        && held != null
        && (kind != Kind.EMPTY || held.parsed != Parsed.HOLLOW);
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
    for (Asker asker : askers) {
      asker.release();
    }
    askers.clear();
  }

  /** Tells everybody who asked; if there is nobody, the sink, if it is news to it. */
  void answer(Outcome outcome) {
    boolean taken = false;
    for (Asker asker : askers) {
      taken |= asker.answer(to -> tell(to, outcome));
    }
    askers.clear();
    if (!outcome.sameAs(told)) {
      if (!taken && (told == null || sink.watching())) {
        tell(sink, outcome);
      }
      told = outcome;
    }
    hold(outcome);
  }

  private void tell(Sink to, Outcome outcome) {
    Parsed parsed = outcome.parsed();
    if (parsed != null) {
      document(to, parsed.document(), parsed.oddity());
    } else if (outcome.kind() == Kind.EMPTY && !keepsLayer(Kind.EMPTY)) {
      document(to, Document.EMPTY, onMissing == OnMissing.KEEP ? outcome.problem() : null);
    } else if (outcome.kind() == Kind.MISSING && !keepsLayer(Kind.MISSING)) {
      to.absent(outcome.problem());
    } else {
      to.failed(outcome.problem());
    }
  }

  private void document(Sink to, Document document, @Nullable ConfigException odd) {
    Revision next = Revision.of(++revision);
    if (odd == null) {
      to.document(next, document);
    } else {
      to.document(next, document, odd);
    }
  }

  private void hold(Outcome outcome) {
    Parsed parsed = outcome.parsed();
    if (parsed != null) {
      held = new Held(parsed, outcome.filled());
    } else if (outcome.kind() == Kind.EMPTY && !keepsLayer(Kind.EMPTY)) {
      held = new Held(Parsed.HOLLOW, Set.of());
    } else if (outcome.kind() == Kind.MISSING && !keepsLayer(Kind.MISSING)) {
      held = null;
    }
  }
}
