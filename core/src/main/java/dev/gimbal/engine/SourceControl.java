package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens, removes, reloads and closes the sources of a Config. Each but closing is one step. */
final class SourceControl {

  private final MemoryLoader loader;
  private final Lane lane;
  private final Stepper stepper;
  private final Intake intake;

  /** All that is or may be open, joined or not yet. Changed by whoever adds and removes. */
  private final Set<SourceSession> open = ConcurrentHashMap.newKeySet();

  SourceControl(MemoryLoader loader, Stepper stepper, Intake intake) {
    this.loader = loader;
    this.lane = loader.lane();
    this.stepper = stepper;
    this.intake = intake;
  }

  /** Opens sources and puts their layers on top, as one step. All or nothing. */
  long add(List<Source> sources) {
    Callbacks.refuseInCheck("adding a source");
    stepper.pin().refuse("adding a source"); // before it is opened; and again when it joins
    List<SourceSession> sessions = new ArrayList<>();
    for (Source source : sources) {
      sessions.add(new SourceSession(loader, source));
    }
    Layers present = stepper.layers();
    for (SourceSession session : sessions) {
      Start.refuseTwin(present, session.name());
    }
    open.addAll(sessions);
    boolean joined = false;
    try {
      loader.refuseClosed(); // who closes has seen the sessions above, or is seen here
      Start.await(sessions, loader.settings().limits().start());
      long version = loader.step(() -> join(sessions));
      joined = true;
      return version;
    } finally {
      if (!joined) {
        closeAll(sessions);
      }
    }
  }

  private long join(List<SourceSession> sessions) {
    stepper.pin().refuse("adding a source");
    Layers next = stepper.layers();
    for (SourceSession session : sessions) {
      Start.refuseTwin(next, session.name()); // another may have come meanwhile
      next = next.with(new Layer(session, session.early(), session.early()));
    }
    long version = stepper.replaceLayers(next);
    for (SourceSession session : sessions) {
      if (session.isEarlyGood()) {
        loader.statuses().accepted(session, session.earlyRevision(), null);
      }
      session.forgetEarly();
    }
    return version;
  }

  long remove(String name) {
    Callbacks.refuseInCheck("removing a source");
    SourceSession[] removed = new SourceSession[1];
    long version =
        loader.step(
            () -> {
              SourceSession found = find(name);
              stepper.pin().refuse("removing a source");
              long without = stepper.replaceLayers(stepper.layers().without(found));
              found.refuse();
              removed[0] = found;
              return without;
            });
    closeAll(List.of(removed[0]));
    return version;
  }

  private SourceSession find(String name) {
    List<SourceSession> there = sessions();
    return required(name, there, only(there, name::equals));
  }

  /** The same; or else the only one whose name is a path that ends so. */
  private SourceSession findToEdit(String name) {
    List<SourceSession> there = sessions();
    SourceSession found = only(there, name::equals);
    return required(name, there, found != null ? found : only(there, path -> endsSo(path, name)));
  }

  /** The one with such a name; null where there is none, or several. */
  private static @Nullable SourceSession only(
      List<SourceSession> there, Predicate<String> isMeant) {
    SourceSession found = null;
    for (SourceSession session : there) {
      if (isMeant.test(session.name())) {
        if (found != null) {
          return null;
        }
        found = session;
      }
    }
    return found;
  }

  private static boolean endsSo(String path, String name) {
    int at = path.length() - name.length() - 1;
    return at >= 0
        && !name.isEmpty()
        && path.endsWith(name)
        && (path.charAt(at) == '/' || path.charAt(at) == '\\');
  }

  private static SourceSession required(
      String name, List<SourceSession> there, @Nullable SourceSession found) {
    if (found == null) {
      StringJoiner names =
          new StringJoiner(", ", " (known: ", ")").setEmptyValue(" (there is none)");
      for (SourceSession session : there) {
        names.add('"' + session.name() + '"');
      }
      throw new IllegalArgumentException("no source \"" + name + "\"" + names);
    }
    return found;
  }

  /** Edits what a source reads, if the result passes, and reads it again. */
  long edit(String name, Edit edit) {
    Callbacks.refuseInCheck("an edit");
    loader.refuseClosed();
    SourceSession session = findToEdit(name);
    stepper.pin().refuse("an edit");
    session
        .life()
        .edit(
            edit,
            document ->
                loader.step(
                    () -> {
                      stepper.requirePasses(session, document);
                      return 0L;
                    }));
    return reload(List.of(session));
  }

  long reload() {
    Callbacks.refuseInCheck("a reload");
    loader.refuseClosed();
    return reload(sessions());
  }

  private long reload(List<SourceSession> sessions) {
    List<Problem> problems = new ArrayList<>();
    Reload reload = Reload.of(loader, sessions, problems);
    long version =
        loader.step(
            () -> {
              stepper.forgetVetoes();
              long applied = intake.applyTogether(reload.take(intake), problems);
              return Math.max(applied, stepper.retry());
            });
    if (reload.awaitOvertaken()) {
      version = lane.call(() -> loader.published().version());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return version;
  }

  /** Those whose layers are there, the lowest first. */
  List<SourceSession> sessions() {
    return stepper.layers().all().stream().map(Layer::session).toList();
  }

  private void closeAll(List<SourceSession> sessions) {
    SessionLife.closeAll(sessions, loader, loader.settings().limits().close());
    for (SourceSession session : sessions) {
      open.remove(session);
    }
  }

  /**
   * What a closing Config stops.
   *
   * @param sessions take nothing any more
   * @param steps complete when the steps that were under way have ended
   */
  record Stopping(List<SourceSession> sessions, CompletableFuture<Boolean> steps) {}

  /** From now on nothing is taken over. The Config is marked closed before. Waits for nothing. */
  Stopping stopTaking() {
    List<SourceSession> all = List.copyOf(open);
    for (SourceSession session : all) {
      session.refuse();
    }
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    lane.submit(() -> turn.complete(true));
    return new Stopping(all, turn);
  }
}
