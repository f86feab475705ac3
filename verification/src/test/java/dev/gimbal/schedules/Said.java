package dev.gimbal.schedules;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One thing that a source says or an application writes, as the oracle sees it.
 *
 * @param order its revision; null for what has none
 * @param change what it makes of what the layer has received
 */
record Said(Layer layer, Kind kind, Long order, UnaryOperator<Map<String, Object>> change) {

  /** What is said. */
  enum Kind {
    WHOLE,
    /** A whole document that is well but odd. */
    ODD,
    PATCH,
    WRITE,
    ABSENT,
    FAILED,
    /** A failure that no start goes on after. */
    MALFORMED,
    DEGRADED,
    RESET
  }

  static Said whole(Layer layer, long order, Map<String, Object> tree) {
    return new Said(layer, Kind.WHOLE, order, was -> tree);
  }

  static Said odd(Layer layer, long order, Map<String, Object> tree) {
    return new Said(layer, Kind.ODD, order, was -> tree);
  }

  static Said patch(Layer layer, long order, List<Data.Change> changes) {
    return new Said(layer, Kind.PATCH, order, was -> Trees.apply(was, changes));
  }

  static Said write(Layer layer, List<Data.Change> changes) {
    return new Said(layer, Kind.WRITE, null, was -> Trees.apply(was, changes));
  }

  static Said absent(Layer layer) {
    return new Said(layer, Kind.ABSENT, null, was -> new TreeMap<>());
  }

  /** What changes nothing by itself. */
  static Said plain(Layer layer, Kind kind) {
    return new Said(layer, kind, null, was -> was);
  }

  /** Whether it replaces what the layer had. */
  boolean isWhole() {
    return kind == Kind.WHOLE || kind == Kind.ODD;
  }

  boolean isFailure() {
    return kind == Kind.FAILED || kind == Kind.MALFORMED;
  }

  /** Whether it is a document or a patch: good news. */
  boolean isGood() {
    return isWhole() || kind == Kind.PATCH;
  }
}
