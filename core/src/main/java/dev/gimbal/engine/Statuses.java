package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.source.Revision;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps the sources' states and tells who listens. States are changed by the lane only. */
final class Statuses {

  /** Changed by who registers and ends, read by the lane. */
  private final CopyOnWriteArrayList<StatusSubscription> listeners = new CopyOnWriteArrayList<>();

  void add(StatusSubscription listener) {
    listeners.add(listener);
  }

  void remove(StatusSubscription listener) {
    listeners.remove(listener);
  }

  List<StatusSubscription> listeners() {
    return List.copyOf(listeners);
  }

  /**
   * What the source said is in the snapshot.
   *
   * @param odd what is odd about it, or null
   */
  void accepted(SourceSession session, @Nullable Revision revision, @Nullable ConfigException odd) {
    SourceStatus was = session.status();
    String label = revision == null ? was.revision() : revision.label();
    long rejected = was.rejected();
    State state = odd == null ? State.OK : State.DEGRADED;
    set(session, state, odd, label, was.accepted() + 1, rejected, was.failures());
  }

  /**
   * What was pending has come through with another source's change. What the source said since its
   * rejection stays.
   */
  void healed(
      SourceSession session,
      Revision revision,
      ConfigException rejection,
      @Nullable ConfigException odd) {
    SourceStatus was = session.status();
    if (was.reason() == rejection) {
      accepted(session, revision, odd);
    }
  }

  void rejected(SourceSession session, ConfigException why) {
    SourceStatus was = session.status();
    set(
        session,
        State.DEGRADED,
        why,
        was.revision(),
        was.accepted(),
        was.rejected() + 1,
        was.failures());
  }

  /** A write that was refused and taken back: the layer is as it was. */
  void refusedWrite(SourceSession session) {
    SourceStatus was = session.status();
    set(
        session,
        was.state(),
        was.reason(),
        was.revision(),
        was.accepted(),
        was.rejected() + 1,
        was.failures());
  }

  void failed(SourceSession session, State state, ConfigException why) {
    SourceStatus was = session.status();
    set(session, state, why, was.revision(), was.accepted(), was.rejected(), was.failures() + 1);
  }

  void degraded(SourceSession session, ConfigException why) {
    SourceStatus was = session.status();
    set(
        session,
        State.DEGRADED,
        why,
        was.revision(),
        was.accepted(),
        was.rejected(),
        was.failures());
  }

  private void set(
      SourceSession session,
      State state,
      @Nullable ConfigException reason,
      @Nullable String revision,
      long accepted,
      long rejected,
      long failures) {
    SourceStatus was = session.status();
    boolean changed =
        was.state() != state
            || was.rejected() != rejected
            || was.failures() != failures
            || !Objects.equals(message(was.reason()), message(reason));
    SourceStatus next =
        new SourceStatus(
            was.name(),
            state,
            reason,
            was.state() == state ? was.since() : session.tasks().now(),
            revision,
            accepted,
            rejected,
            failures,
            was.labels());
    session.status(next);
    if (changed) {
      for (StatusSubscription listener : listeners) {
        listener.offer(next);
      }
    }
  }

  private static @Nullable String message(@Nullable ConfigException reason) {
    return reason == null ? null : reason.getMessage();
  }
}
