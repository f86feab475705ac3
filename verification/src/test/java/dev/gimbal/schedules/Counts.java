package dev.gimbal.schedules;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What schedules came to see, so that a test can say that it saw something. */
final class Counts {

  private final Map<Op.Kind, Integer> operations = new EnumMap<>(Op.Kind.class);
  private final Map<String, Integer> events = new TreeMap<>();

  void operation(Op.Kind kind) {
    operations.merge(kind, 1, Integer::sum);
  }

  int operations(Op.Kind kind) {
    return operations.getOrDefault(kind, 0);
  }

  void event(String name) {
    event(name, 1);
  }

  void event(String name, int times) {
    events.merge(name, times, Integer::sum);
  }

  int events(String name) {
    return events.getOrDefault(name, 0);
  }

  @Override
  public String toString() {
    return "operations " + operations + "\nevents " + events;
  }
}
