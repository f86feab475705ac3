package dev.gimbal.source;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** The session of a source that never changes: one answer at the start, one for each reload. */
final class FixedSession implements Session {

  private final AtomicLong revisions = new AtomicLong();
  private final BiConsumer<Sink, Revision> answer;

  FixedSession(BiConsumer<Sink, Revision> answer) {
    this.answer = answer;
  }

  @Override
  public void reload(Sink sink) {
    answer.accept(sink, Revision.of(revisions.incrementAndGet()));
  }

  @Override
  public void close() {}
}
