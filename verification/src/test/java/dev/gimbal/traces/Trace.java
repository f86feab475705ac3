package dev.gimbal.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the engine did under one load.
 *
 * @param engine {@link SeededEngine#SOUND}, or what was changed in it
 * @param seed of the load
 * @param threads the events of each thread, in their order
 */
record Trace(String engine, long seed, List<List<Event>> threads) {

  /** What a trace is stuck at when all of it happened, but not quietly. */
  static final String END = "the end";

  private static final String BEGIN = "trace ";
  private static final String THREAD = "thread";

  /** Whether values come back to what they were, in the load with a seed. */
  static boolean comesBack(long seed) {
    return seed % 2 == 0;
  }

  int size() {
    return threads.stream().mapToInt(List::size).sum();
  }

  /** Pairs of events of different threads that were under way at the same time. */
  int overlaps() {
    int overlaps = 0;
    for (int i = 0; i < threads.size(); i++) {
      for (int j = i + 1; j < threads.size(); j++) {
        for (Event event : threads.get(i)) {
          overlaps += (int) threads.get(j).stream().filter(event::overlaps).count();
        }
      }
    }
    return overlaps;
  }

  /** How many events of each thread must have happened before an event of one of them. */
  private int[] need(int thread, Event event) {
    int[] need = new int[threads.size()];
    for (int other = 0; other < need.length; other++) {
      List<Event> events = other == thread ? List.of() : threads.get(other);
      while (need[other] < events.size() && events.get(need[other]).end() < event.begin()) {
        need[other]++;
      }
    }
    return need;
  }

  /** What could have come next, by its time, and is not possible: names of events. */
  Set<String> stuckAt(List<Integer> furthest) {
    Set<String> stuck = new TreeSet<>();
    for (int thread = 0; thread < threads.size(); thread++) {
      int done = furthest.get(thread);
      if (done < threads.get(thread).size()) {
        Event next = threads.get(thread).get(done);
        int[] need = need(thread, next);
        boolean ready = true;
        for (int other = 0; other < need.length; other++) {
          ready &= furthest.get(other) >= need[other];
        }
        if (ready) {
          stuck.add(next.op());
        }
      }
    }
    return stuck.isEmpty() ? Set.of(END) : stuck;
  }

  /** For people: all events, an arrow where a thread goes no further. */
  String report(List<Integer> furthest) {
    StringBuilder text =
        new StringBuilder(
            "The engine %s, seed %d, stuck at %s%n".formatted(engine, seed, stuckAt(furthest)));
    for (int thread = 0; thread < threads.size(); thread++) {
      text.append("thread ").append(thread + 1).append('\n');
      for (int i = 0; i < threads.get(thread).size(); i++) {
        Event event = threads.get(thread).get(i);
        int ahead = Integer.compare(i, furthest.get(thread));
        text.append(ahead < 0 ? "      " : ahead == 0 ? "  --> " : "      ? ");
        text.append(event.line()).append('\n');
      }
    }
    return text.toString();
  }

  // ---- as TLA+ writes it

  /** A sequence of sequences of records. Equal for traces that tell the same. */
  String tla() {
    List<String> texts = new ArrayList<>();
    for (int thread = 0; thread < threads.size(); thread++) {
      List<String> records = new ArrayList<>();
      int[] known = new int[threads.size()];
      for (Event event : threads.get(thread)) {
        int[] need = need(thread, event);
        records.add(tla(event, need, known));
        known = need;
      }
      texts.add("<<" + String.join(",\n", records) + ">>");
    }
    return "<<" + String.join(",\n", texts) + ">>";
  }

  /** An event; what its thread's last one needed is not said again. */
  private static String tla(Event event, int[] need, int[] known) {
    List<String> pairs = new ArrayList<>();
    for (int other = 0; other < need.length; other++) {
      if (need[other] > known[other]) {
        pairs.add("<<" + (other + 1) + "," + need[other] + ">>");
      }
    }
    return event.fields().entrySet().stream()
        .map(field -> ", " + field.getKey() + " |-> " + field.getValue())
        .collect(
            Collectors.joining(
                "",
                "[op |-> \"" + event.op() + "\", need |-> <<" + String.join(",", pairs) + ">>",
                "]"));
  }

  // ---- as it stands in a file

  String text() {
    StringBuilder text = new StringBuilder(BEGIN + engine + " " + seed + "\n");
    for (List<Event> events : threads) {
      text.append(THREAD).append('\n');
      events.forEach(event -> text.append(event.line()).append('\n'));
    }
    return text.toString();
  }

  static List<Trace> parse(List<String> lines) {
    List<Trace> traces = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(BEGIN)) {
        String[] words = line.split(" ");
        traces.add(new Trace(words[1], Long.parseLong(words[2]), new ArrayList<>()));
        continue;
      }
      List<List<Event>> threads = traces.get(traces.size() - 1).threads();
      if (line.equals(THREAD)) {
        threads.add(new ArrayList<>());
      } else {
        threads.get(threads.size() - 1).add(Event.parse(line));
      }
    }
    return traces;
  }
}
