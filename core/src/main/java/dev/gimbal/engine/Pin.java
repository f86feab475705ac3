package dev.gimbal.engine;

import dev.gimbal.PinnedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A version that was gone back to, and what sources have said since. NONE -> PINNED rollback;
 * PINNED -> PINNED rollback to another; PINNED -> NONE release.
 */
final class Pin {

  /**
   * The version that was gone back to; 0 for none. Written by the lane only; read by any thread.
   */
  private volatile long version;

  /** The last that each source said; its layer has received it already. The lane's own. */
  private final Map<SourceSession, Input> held = new LinkedHashMap<>();

  long version() {
    return version;
  }

  boolean isSet() {
    return version != 0;
  }

  void set(long to) {
    version = to;
  }

  void refuse(String what) {
    long pinned = version;
    if (pinned != 0) {
      throw new PinnedException(
          what + " is not possible while version " + pinned + " is pinned; release it first");
    }
  }

  void hold(Input input) {
    held.put(input.session(), input);
  }

  /** Ends it; what was held. */
  List<Input> end() {
    version = 0;
    List<Input> all = List.copyOf(held.values());
    held.clear();
    return all;
  }
}
