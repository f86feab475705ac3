package dev.gimbal.schedules;

import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import java.time.Duration;
import java.util.Optional;

/** A watcher and what it said so far. */
final class Pulled {

  private final World world;
  private final Watcher watcher;
  private final String path;
  private String last;
  private long version;
  private boolean stopped;
  private int told;

  Pulled(World world, Watcher watcher, String path, Value start) {
    this.world = world;
    this.watcher = watcher;
    this.path = path;
    this.last = World.text(start);
    this.version = start.version();
    if (!World.text(watcher.current()).equals(last) && world.fault() != Fault.A_WATCH_HAS_A_GAP) {
      throw new Violation("G6", "a watcher does not start from the value it was given");
    }
  }

  /**
   * Asks for the next value.
   *
   * @param idle whether no step is under way, so that the newest must be there
   * @return whether there was one
   */
  boolean poll(boolean idle) {
    Optional<Value> next;
    try {
      boolean sleeps = world.fault() == Fault.A_WATCHER_SLEEPS && told > 0 && !world.isClosed();
      next = sleeps ? Optional.empty() : ask();
    } catch (WatcherStoppedException e) {
      if (stopped || world.isClosed()) {
        return false;
      }
      throw new Violation("G2", this + " says that it is stopped, and nobody stopped it");
    }
    if (stopped || world.isClosed()) {
      throw new Violation("G4", this + " answers after it was stopped, or its Config closed");
    }
    next.ifPresent(this::received);
    if (idle && !world.presentText(path).equals(last)) {
      throw new Violation("G2", this + " says nothing new; now: " + world.presentText(path));
    }
    return next.isPresent();
  }

  private Optional<Value> ask() {
    try {
      return watcher.next(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new Violation("G4", "an interrupt that nobody sent");
    }
  }

  private void received(Value value) {
    String text = World.text(value);
    world.counts().event("value pulled");
    told++;
    if (value.version() <= version) {
      throw new Violation("G3", this + " got version " + value.version());
    }
    if (text.equals(last)) {
      throw new Violation("G3", this + " got the same value twice in a row");
    }
    if (!text.equals(world.textAt(value.version(), path))) {
      throw new Violation("G1", this + " got " + text + " at version " + value.version());
    }
    last = text;
    version = value.version();
  }

  void stop() {
    if (world.fault() != Fault.STOP_DOES_NOT_STOP) {
      watcher.stop();
    }
    stopped = true;
  }

  @Override
  public String toString() {
    return "watcher[" + path + "] at version " + version + " with " + last;
  }
}
