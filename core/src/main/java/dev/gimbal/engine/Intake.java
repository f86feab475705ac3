package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what sources say and applications write to the lane, and there into the {@link Stepper}.
 * What is refused is told by the source's status; an application's write throws.
 */
final class Intake {

  private final MemoryLoader loader;
  private final Lane lane;
  private final Stepper stepper;
  private final Statuses statuses;

  Intake(MemoryLoader loader, Stepper stepper) {
    this.loader = loader;
    this.lane = loader.lane();
    this.stepper = stepper;
    this.statuses = loader.statuses();
  }

  /** Takes over what a source said. Waits only while too much of that source's waits already. */
  void take(SourceSession session, Said said) {
    if (session.inbox().put(said)) {
      lane.submit(() -> drain(session));
    }
  }

  /**
   * Applies an application's write and waits until it is published.
   *
   * @return the version that shows it; 0 while the source is not one of the layers
   * @throws ConfigException when it is refused; it is taken back then
   */
  long write(Input input) {
    Callbacks.refuseInCheck("a write");
    return loader.step(
        () -> {
          input.session().refuseClosed();
          if (!isJoined(input.session())) {
            input.session().takeEarly(input);
            return 0L;
          }
          stepper.pin().refuse("a write");
          return stepper.apply(List.of(input), loader.published().version());
        });
  }

  // ---- on the lane

  /** Deals with all that a source said. */
  void drain(SourceSession session) {
    take(session, session.inbox().takeAll(), new ArrayList<>());
  }

  /**
   * Deals with what a source said, in order; changes that follow each other share a step.
   *
   * @param problems takes what failed and what was refused
   */
  private void take(SourceSession session, List<Said> all, List<Problem> problems) {
    List<Input> inputs = new ArrayList<>();
    for (Said said : all) {
      if (said instanceof Input input) {
        inputs.add(input);
      } else {
        change(session, inputs, problems);
        inputs.clear();
        tell(session, said, problems);
      }
    }
    change(session, inputs, problems);
  }

  private void change(SourceSession session, List<Input> inputs, List<Problem> problems) {
    if (!isJoined(session)) {
      for (Input input : inputs) {
        early(session, input);
      }
    } else if (!inputs.isEmpty()) {
      session.answer(SourceSession.Answer.GOOD);
      ConfigException refused = apply(List.copyOf(inputs));
      problems.addAll(refused == null ? List.of() : refused.problems());
    }
  }

  private void early(SourceSession session, Input input) {
    try {
      session.takeEarly(input);
      if (input.odd() != null) {
        statuses.degraded(session, input.odd());
      }
    } catch (ConfigException doesNotFit) {
      statuses.rejected(session, doesNotFit);
      session.answer(new SourceSession.Answer(doesNotFit));
    }
  }

  /** What was refused; its source's status tells, no caller waits for it. Null when nothing was. */
  private @Nullable ConfigException apply(List<Input> inputs) {
    try {
      long version = loader.isClosed() ? 0 : stepper.apply(inputs, loader.published().version());
      assert version >= 0;
      return null;
    } catch (ConfigException refused) {
      return refused;
    }
  }

  /** Deals with what is no change. */
  private void tell(SourceSession session, Said said, List<Problem> problems) {
    if (!(said instanceof Said.Reset)) {
      session.spoilEarly();
    }
    if (said instanceof Said.Absent absent) {
      absent(session, absent.why(), problems);
    } else if (said instanceof Said.Failed failed) {
      failed(session, failed.why());
      problems.addAll(failed.why().problems());
    } else if (said instanceof Said.Degraded degraded) {
      statuses.degraded(session, degraded.why());
    } else {
      session.forgetRevision();
    }
  }

  private void absent(SourceSession session, ConfigException why, List<Problem> problems) {
    List<Problem> reasons = new ArrayList<>(why.problems());
    if (isJoined(session)) {
      ConfigException refused = apply(List.of(Input.absent(session)));
      reasons.addAll(refused == null ? List.of() : refused.problems());
      problems.addAll(refused == null ? List.of() : refused.problems());
    } else {
      session.takeEarly(Input.absent(session));
    }
    statuses.failed(session, missing(session), new ConfigException(reasons, why.getCause()));
    session.answer(new SourceSession.Answer(why));
  }

  private void failed(SourceSession session, ConfigException why) {
    statuses.failed(session, missing(session), why);
    if (Start.isFinal(session, why, loader.settings().watching())) {
      session.answer(new SourceSession.Answer(why));
    }
  }

  private static SourceStatus.State missing(SourceSession session) {
    return session.hasAnswered() ? SourceStatus.State.DEGRADED : SourceStatus.State.DOWN;
  }

  private boolean isJoined(SourceSession session) {
    return stepper.layers().has(session);
  }

  /**
   * Applies what sources answered to a reload. Sources that answered with one thing, as they
   * should, share one step.
   *
   * @param problems takes what failed and what was refused
   */
  long applyTogether(List<Reload.Told> answers, List<Problem> problems) {
    List<Input> inputs = new ArrayList<>();
    List<Runnable> states = new ArrayList<>();
    for (Reload.Told told : answers) {
      SourceSession session = told.session();
      if (!isJoined(session)) {
        continue;
      }
      Said only = told.said().size() == 1 ? told.said().get(0) : null;
      if (only instanceof Input input) {
        session.answer(SourceSession.Answer.GOOD);
        inputs.add(input);
      } else if (only instanceof Said.Absent absent) {
        inputs.add(Input.absent(session));
        states.add(() -> statuses.failed(session, missing(session), absent.why()));
      } else {
        take(session, told.said(), problems);
      }
    }
    long version = loader.published().version();
    try {
      version = stepper.apply(inputs, version);
    } catch (ConfigException refused) {
      problems.addAll(refused.problems());
      version = loader.published().version();
    }
    states.forEach(Runnable::run);
    return version;
  }
}
