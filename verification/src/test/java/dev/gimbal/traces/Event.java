package dev.gimbal.traces;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A step that the engine has made, somewhere between two times of the clock.
 *
 * @param op what {@code Trace.tla} calls it
 * @param fields its parameters and what came of it, as TLA+ writes them
 */
record Event(String op, SortedMap<String, String> fields, long begin, long end) {

  /** One whose times are not known yet. */
  static final class Builder {
    private final String op;
    private final SortedMap<String, String> fields = new TreeMap<>();

    private Builder(String op) {
      this.op = op;
    }

    /** With a source or a receiver. */
    Builder with(String field, String name) {
      fields.put(field, name);
      return this;
    }

    Builder with(String field, long value) {
      return with(field, Long.toString(value));
    }

    Builder with(String field, boolean value) {
      return with(field, value ? "TRUE" : "FALSE");
    }

    Builder with(String field, List<Long> values) {
      return with(
          field, values.stream().map(String::valueOf).collect(Collectors.joining(",", "<<", ">>")));
    }

    /** With a word. */
    Builder word(String field, String value) {
      return with(field, '"' + value.replaceAll("\\W", "_") + '"');
    }

    Event between(long begin, long end) {
      return new Event(op, fields, begin, end);
    }
  }

  static Builder of(String op) {
    return new Builder(op);
  }

  /** Whether both were under way at the same time. */
  boolean overlaps(Event other) {
    return begin < other.end && other.begin < end;
  }

  /** As it stands in a file of traces. */
  String line() {
    return fields.entrySet().stream()
        .map(field -> " " + field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("", begin + "-" + end + " " + op, ""));
  }

  static Event parse(String line) {
    String[] words = line.split(" ");
    String[] times = words[0].split("-");
    Builder event = of(words[1]);
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      event.with(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return event.between(Long.parseLong(times[0]), Long.parseLong(times[1]));
  }
}
