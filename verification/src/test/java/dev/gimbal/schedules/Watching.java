package dev.gimbal.schedules;

import dev.gimbal.SourceStatus;
import dev.gimbal.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who watches in a schedule: watchers, subscriptions, listeners of states. */
final class Watching {

  /**
   * A listener of states, and what it was told.
   *
   * @param first how many states the oracle had told when it was being registered
   * @param last and when it was
   */
  private record States(int first, int last, List<String> told) {}

  private final World world;
  private final List<Value> kept = new ArrayList<>();
  private final List<Pulled> watchers = new ArrayList<>();
  private final List<Pushed> subscriptions = new ArrayList<>();
  private final List<States> states = new ArrayList<>();

  /** Paths with a subscription that watches nothing else. */
  private final Set<String> alone = new HashSet<>();

  Watching(World world) {
    this.world = world;
  }

  /**
   * @param idle whether no step is under way
   */
  void perform(Op op, boolean idle) {
    switch (op.kind()) {
      case KEEP -> kept.add(world.config().get(Data.path(op.which())));
      case WATCH -> watch(world.config().get(Data.path(op.which())), false);
      case WATCH_SINCE -> {
        if (!kept.isEmpty()) {
          watch(kept.get(op.which() % kept.size()), true);
        }
      }
      case POLL -> {
        if (!watchers.isEmpty()) {
          boolean got = watchers.get(op.which() % watchers.size()).poll(idle);
          world.counts().event(got ? "poll with a value" : "poll without");
        }
      }
      case STOP -> {
        if (!watchers.isEmpty()) {
          watchers.get(op.which() % watchers.size()).stop();
        }
      }
      case SUBSCRIBE -> subscribe(op);
      case UNSUBSCRIBE -> {
        if (!subscriptions.isEmpty()) {
          subscriptions.get(op.which() % subscriptions.size()).close();
        }
      }
      default -> throw new IllegalStateException(op.toString());
    }
  }

  private void watch(Value start, boolean since) {
    String path = start.path().toString();
    try {
      boolean gap = since && world.fault() == Fault.A_WATCH_HAS_A_GAP;
      var watcher = gap ? world.config().watch(path) : world.config().watch(start);
      watchers.add(new Pulled(world, watcher, path, start));
    } catch (IllegalStateException e) {
      refusedAsClosed(e);
    }
  }

  private void subscribe(Op op) {
    String path = Data.path(op.which());
    boolean tagged = !alone.add(path);
    int plan = (int) (op.seed() & 0xFF);
    Pushed pushed = new Pushed(world, path, tagged, plan, world.config().snapshot());
    String tag = "tag" + subscriptions.size();
    subscriptions.add(pushed);
    try {
      pushed.opened(
          tagged
              ? world.config().onChange(List.of(path, tag), pushed)
              : world.config().onChange(path, pushed));
    } catch (IllegalStateException e) {
      refusedAsClosed(e);
    }
  }

  void onStatus() {
    int first = toldSoFar();
    List<String> told = new ArrayList<>();
    try {
      world.config().onStatus(status -> told(told, status));
      world.oracle().settle();
      states.add(new States(first, toldSoFar(), told));
    } catch (IllegalStateException e) {
      refusedAsClosed(e);
    }
  }

  private void told(List<String> told, SourceStatus status) {
    if (world.isClosed()) {
      throw world.seen(new Violation("G4", "told of a status after the close"));
    }
    world.enterListener();
    try {
      told.add(Verdict.state(status));
      world.counts().event("status pushed");
      world.meanwhile(1);
    } finally {
      world.leaveListener();
    }
  }

  private void refusedAsClosed(IllegalStateException e) {
    if (!world.isClosed()) {
      throw new Violation("G2", "refused as if closed: " + e);
    }
    world.counts().event("refused as closed");
  }

  void unsubscribeElsewhere(Op op) {
    List<Pushed> open = subscriptions.stream().filter(Pushed::isOpen).toList();
    List<Pushed> running = open.stream().filter(Pushed::isInside).toList();
    List<Pushed> from = running.isEmpty() ? open : running;
    if (!from.isEmpty() && (!running.isEmpty() || op.seed() % 4 == 0)) {
      Pushed pushed = from.get(op.which() % from.size());
      world.counts().event(running.isEmpty() ? "close elsewhere" : "close elsewhere of a running");
      world.elsewhere().add(pushed.closeElsewhere());
    }
  }

  // ---- when all is quiet

  void checkQuiet() {
    watchers.forEach(watcher -> watcher.poll(true));
    if (world.isClosed()) {
      return;
    }
    for (Pulled watcher : watchers) {
      if (watcher.poll(true)) {
        throw new Violation("G3", watcher + " had two values waiting");
      }
    }
    subscriptions.forEach(Pushed::checkQuiet);
    states.forEach(this::checkStates);
  }

  /**
   * A listener of states is told each one, in order. Compared source by source; a state that is
   * told for its reason only is not counted.
   */
  private void checkStates(States listener) {
    Set<String> names = new HashSet<>();
    world.oracle().told().forEach(line -> names.add(name(line)));
    listener.told().forEach(line -> names.add(name(line)));
    for (String name : names) {
      boolean explained = false;
      for (int from = listener.first(); from <= listener.last(); from++) {
        explained |= isToldFrom(from, name, listener.told());
      }
      if (!explained) {
        throw new Violation(
            "G2",
            "a listener of states was told "
                + of(name, listener.told())
                + ", not "
                + of(name, world.oracle().told().subList(listener.last(), toldSoFar())));
      }
    }
  }

  private boolean isToldFrom(int from, String name, List<String> told) {
    List<String> before = of(name, world.oracle().told().subList(0, from));
    List<String> after = of(name, world.oracle().told().subList(from, toldSoFar()));
    String last = before.isEmpty() ? name : before.get(before.size() - 1);
    return changes(last, after).equals(changes(last, of(name, told)));
  }

  private int toldSoFar() {
    return world.oracle().told().size();
  }

  private static List<String> of(String name, List<String> states) {
    return states.stream().filter(state -> name(state).equals(name)).toList();
  }

  private static String name(String state) {
    return state.split(" ", 2)[0];
  }

  private static List<String> changes(String before, List<String> states) {
    List<String> result = new ArrayList<>();
    String last = before;
    for (String state : states) {
      if (!state.equals(last)) {
        result.add(state);
      }
      last = state;
    }
    return result;
  }

  void checkClosed() {
    for (Pulled watcher : watchers) {
      if (watcher.poll(true)) {
        throw new Violation("G4", watcher + " answers after the close");
      }
    }
  }
}
