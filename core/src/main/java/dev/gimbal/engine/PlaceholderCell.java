package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template in one {@link PlaceholderRun}: what is known of it so far. Used by one thread. */
final class PlaceholderCell {
  final ConfigPath path;
  final Scalar template;
  final Set<ConfigPath> reads = new LinkedHashSet<>();
  @Nullable List<Part> parts;
  @Nullable Target target;
  @Nullable Node value;
  int targetDepth;
  int depth;
  long weight;
  boolean findingTarget;
  boolean findingValue;
  boolean failed;

  /** The place it reads now. */
  @Nullable ConfigPath reading;

  PlaceholderCell(ConfigPath path, Scalar template) {
    this.path = path;
    this.template = template;
  }

  /** A place and the merged node there. */
  record Place(ConfigPath path, Node node) {}

  /** What a placeholder stands for: a place, or else a text, still to be put together. */
  record Target(@Nullable Place place, List<Part> text) {
    static final Target TEXT = new Target(null, List.of());
  }

  /** Ends the evaluation of a template; the problem has been reported. */
  static class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super(null, null, false, false);
    }
  }

  /** Ends it because the stack is deep: the cell goes first, then the one that needed it again. */
  static final class Postponed extends Stop {
    private static final long serialVersionUID = 1L;
    final transient PlaceholderCell cell;

    /** At least so many different cells are under evaluation. */
    final int between;

    Postponed(PlaceholderCell cell, int between) {
      this.cell = cell;
      this.between = between;
    }
  }
}
