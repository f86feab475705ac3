package dev.gimbal.schedules;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Snapshot;
import dev.gimbal.Subscription;
import java.util.List;

/** A subscription, its listener, and what that was told so far. */
final class Pushed implements ChangeListener {

  private static final int MOST_WRITES = 4;

  private final World world;
  private final String path;
  private final int plan;

  /** Whether it watches its path beside another one, which never has a value. */
  private final boolean tagged;

  private Subscription subscription;
  private String last;
  private long version;
  private boolean closed;
  private int inside;
  private int calls;

  Pushed(World world, String path, boolean tagged, int plan, Snapshot start) {
    this.world = world;
    this.path = path;
    this.tagged = tagged;
    this.plan = plan;
    this.last = World.text(start.get(path));
    this.version = start.version();
  }

  void opened(Subscription opened) {
    subscription = opened;
  }

  boolean isInside() {
    return inside > 0;
  }

  boolean isOpen() {
    return subscription != null && !closed && !world.isClosed();
  }

  @Override
  public void onChange(Change change) {
    calls++;
    if (world.fault() == Fault.THE_NEWEST_IS_DROPPED && calls % 3 == 0) {
      return;
    }
    world.enterListener();
    inside++;
    try {
      check(change);
      if (world.fault() == Fault.A_CHANGE_IS_TOLD_TWICE) {
        check(change);
      }
      act();
    } finally {
      inside--;
      world.leaveListener();
    }
  }

  private void check(Change change) {
    world.counts().event("change pushed");
    String before = World.text(change.before());
    String after = World.text(change.snapshot().get(path));
    if (closed || world.isClosed()) {
      throw world.seen(new Violation("G4", this + " was called after it was closed"));
    }
    if (inside > 1) {
      throw world.seen(new Violation("G3", this + " was called inside its own call"));
    }
    if (change.version() <= version) {
      throw world.seen(new Violation("G3", this + " was told version " + change.version()));
    }
    if (after.equals(last)) {
      throw world.seen(new Violation("G3", this + " was told the same value twice in a row"));
    }
    if (!after.equals(world.textAt(change.version(), path))) {
      throw world.seen(new Violation("G1", this + " was told " + after));
    }
    if (!tagged && (!before.equals(last) || !World.text(change.after()).equals(after))) {
      throw world.seen(new Violation("G3", this + " was told of a change from " + before));
    }
    if (world.config().snapshot().version() < change.version()) {
      throw world.seen(new Violation("G3", this + " sees an older version than it was told"));
    }
    last = after;
    version = change.version();
  }

  /** What this listener does by its plan, apart from looking. */
  private void act() {
    if (world.fault() == Fault.A_LISTENER_NEVER_RESTS) {
      world.calls().write(List.of(new Data.Change("c", false, calls)));
    }
    switch (plan % 8) {
      case 0 -> {
        world.counts().event("listener threw");
        throw new IllegalStateException("this listener throws");
      }
      case 1, 2 -> {
        world.counts().event("listener was slow");
        world.meanwhile(1 + plan / 8 % 4);
      }
      case 3 -> {
        if (calls <= MOST_WRITES) { // two that write for each other's sake would never end
          world.counts().event("listener wrote");
          world.calls().put(plan);
        }
      }
      case 4 -> {
        if (plan / 8 % 2 == 0) {
          world.counts().event("listener closed itself");
          close();
          world.meanwhile(2);
        }
      }
      case 5 -> {
        world.counts().event("listener was interrupted");
        world.meanwhile(1);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("this listener interrupts and throws");
      }
      default -> {}
    }
  }

  void close() {
    if (subscription == null) {
      return;
    }
    if (world.fault() != Fault.CLOSE_DOES_NOT_CLOSE) {
      subscription.close();
    }
    closed = true;
  }

  /** Closes it on another thread, which waits while the listener is inside a call. */
  Elsewhere closeElsewhere() {
    Runnable close = subscription::close;
    if (world.fault() == Fault.CLOSE_DOES_NOT_WAIT) {
      close = () -> Elsewhere.abandon(subscription::close);
    }
    Elsewhere elsewhere =
        Elsewhere.start("close of " + this, close, this::isInside, () -> !isInside());
    closed = true;
    return elsewhere;
  }

  /** When all is quiet. */
  void checkQuiet() {
    if (isOpen() && !last.equals(world.presentText(path))) {
      throw new Violation("G2", this + " was not told the last: " + world.presentText(path));
    }
  }

  @Override
  public String toString() {
    return "listener[" + path + "] at version " + version + " with " + last;
  }
}
