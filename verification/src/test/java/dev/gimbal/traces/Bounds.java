package dev.gimbal.traces;

import java.util.List;

/**
 * How large the loads are.
 *
 * @param watchers the names of the watchers there may be
 * @param subscriptions the names of the subscriptions there may be
 * @param changes how often a source changes at most
 */
record Bounds(List<String> watchers, List<String> subscriptions, int changes) {

  static final List<String> SOURCES = List.of(Outside.FIRST, "b");

  /** All names of {@code Trace.tla}, whether there is somebody who has it or not. */
  static final List<String> NAMES = List.of("a", "b", "w1", "w2", "w3", "d1", "d2", "d3");

  static final Bounds SMALL = new Bounds(List.of("w1"), List.of("d1", "d2"), 8);
  static final Bounds LARGE = new Bounds(List.of("w1", "w2", "w3"), List.of("d1", "d2", "d3"), 12);
}
