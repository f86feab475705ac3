package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.PinnedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version that was gone back to, and what sources have said since. NONE -> PINNED rollback;
 * PINNED -> PINNED rollback to another; PINNED -> NONE release.
 */
final class Pin {

  /**
   * The version that was gone back to; 0 for none. Written by the lane only; read by any thread.
   */
  private volatile long version;

  /** What was shown before it was pinned. The lane's own. */
  private @Nullable Candidate before;

  /** The last that each source said; its layer has received it already. The lane's own. */
  private final Map<SourceSession, Held> held = new LinkedHashMap<>();

  /**
   * What a source said.
   *
   * @param reason what was wrong with the source then, or null
   */
  record Held(Input input, @Nullable ConfigException reason) {}

  long version() {
    return version;
  }

  boolean isSet() {
    return version != 0;
  }

  /**
   * Pins.
   *
   * @param shown what is shown until then
   */
  void set(long to, Candidate shown) {
    before = before == null ? shown : before;
    version = to;
  }

  /**
   * What counts as there for who needs it: what was shown before the pin, or else what is shown.
   */
  Candidate needed(Candidate shown) {
    return before == null ? shown : before;
  }

  void refuse(String what) {
    long pinned = version;
    if (pinned != 0) {
      throw new PinnedException(
          what + " is not possible while version " + pinned + " is pinned; release it first");
    }
  }

  void hold(Input input) {
    held.put(input.session(), new Held(input, input.session().status().reason()));
  }

  /** Ends it; what was held. */
  List<Held> end() {
    version = 0;
    before = null;
    List<Held> all = List.copyOf(held.values());
    held.clear();
    return all;
  }
}
