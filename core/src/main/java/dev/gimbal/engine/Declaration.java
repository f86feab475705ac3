package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A key whose values must convert to a type, and what its checked values became. A Config has one
 * for each path and type, so that every handle on it gives the same object.
 */
final class Declaration {

  /**
   * What makes a declaration.
   *
   * @param path absolute
   */
  record Key(ConfigPath path, Type type) {}

  /**
   * What became of the value that was checked last, and of the one that was in use then. Immutable.
   */
  private record Made(
      @Nullable Node node, @Nullable Object value, @Nullable Node before, @Nullable Object was) {
    static final Made NOTHING = new Made(null, null, null, null);
  }

  /**
   * Stands in the place of a value that is to be looked up.
   *
   * @param since the first version whose value may take its place
   */
  record Unknown(long since) {
    /** Stands there first: whatever is found takes its place. */
    static final Unknown FIRST = new Unknown(0);

    /** Nothing takes its place; the next change does. */
    static final Unknown ABSENT = new Unknown(Long.MAX_VALUE);
  }

  private static final AtomicReferenceFieldUpdater<Declaration, Object> SHOWN =
      AtomicReferenceFieldUpdater.newUpdater(Declaration.class, Object.class, "shown");

  private final ConfigPath path;
  private final Type type;
  private final boolean callsUserCode;

  /**
   * What handles give: the value of the current snapshot, or an {@link Unknown}. The lane takes it
   * away before it publishes another one, so that nobody sees a snapshot and then an older value.
   * Who looks it up puts it in the place of the Unknown that was seen, of its own version or a
   * later one: so it is never put there after the next change has begun.
   */
  private volatile Object shown = Unknown.FIRST;

  /** Written by the lane only; read by any thread. */
  private volatile Made made = Made.NOTHING;

  /** Whether a handle has no default. NO -> YES. Written by the lane only; read by any thread. */
  private volatile boolean required;

  /**
   * @param callsUserCode whether the conversion runs code of a user
   */
  Declaration(Key key, boolean callsUserCode) {
    this.path = key.path();
    this.type = key.type();
    this.callsUserCode = callsUserCode;
  }

  Key key() {
    return new Key(path, type);
  }

  boolean isOf(Key key) {
    return path.equals(key.path()) && type.equals(key.type());
  }

  ConfigPath path() {
    return path;
  }

  Type type() {
    return type;
  }

  boolean callsUserCode() {
    return callsUserCode;
  }

  /** Whether the value must stay once it is there, because a handle has nothing else to give. */
  boolean isRequired() {
    return required;
  }

  void require() {
    required = true;
  }

  /** What handles give: a value, or an {@link Unknown}. */
  Object shown() {
    return shown;
  }

  /** The version that is published next shows something else. Called by the lane before it is. */
  void takeAway(Unknown next) {
    shown = next;
  }

  /**
   * Handles give what was found in the place of what was seen before, in a version or a later one.
   */
  void show(Unknown seen, Object found, long version) {
    if (version >= seen.since()) {
      SHOWN.compareAndSet(this, seen, found);
    }
  }

  /** What a node became when it was checked; null when that is not known any more. */
  @Nullable Object made(Node node) {
    Made now = made;
    if (now.node == node) {
      return now.value;
    }
    return now.before == node ? now.was : null;
  }

  /**
   * Keeps what a node became, beside that of the node in use.
   *
   * @param inUse what readers see there, or null
   */
  void keep(Node node, Object value, @Nullable Node inUse) {
    Made last = made;
    made =
        last.node == inUse
            ? new Made(node, value, last.node, last.value)
            : new Made(node, value, last.before, last.was);
  }
}
