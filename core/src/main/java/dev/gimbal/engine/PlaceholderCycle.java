package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Circles of placeholders: how they are found on the way along a path, and how they are told. */
final class PlaceholderCycle {

  private PlaceholderCycle() {}

  /** A template in a circle, and what it reads, unless that is the next template's own place. */
  record Link(ConfigPath template, @Nullable ConfigPath reads) {}

  /** The templates that one path has led through. Used by one thread. */
  static final class Hops {

    /** A template, and how many segments of the path were left behind it. */
    private record Hop(ConfigPath via, int rest) {}

    private final List<Hop> hops = new ArrayList<>();

    int size() {
      return hops.size();
    }

    /**
     * Notes a template. One that is passed twice, while what was left the first time is still left,
     * is passed for ever.
     *
     * @return the circle that this closes, or nothing
     */
    List<Link> add(ConfigPath via, int rest) {
      while (!hops.isEmpty() && hops.get(hops.size() - 1).rest() > rest) {
        hops.remove(hops.size() - 1);
      }
      List<Link> circle = new ArrayList<>();
      for (Hop hop : hops) {
        if (!circle.isEmpty() || hop.via().equals(via)) {
          circle.add(new Link(hop.via(), null));
        }
      }
      hops.add(new Hop(via, rest));
      return circle;
    }
  }

  /** The circle of templates that need each other, the last one the first, and what each reads. */
  static List<Link> from(List<PlaceholderCell> cells) {
    List<Link> circle = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      PlaceholderCell cell = cells.get(i);
      PlaceholderCell next = cells.get((i + 1) % cells.size());
      if (next == cell && i + 1 < cells.size()) {
        continue; // its value needs its target
      }
      ConfigPath reads = cell.reading;
      circle.add(new Link(cell.path, reads == null || reads.equals(next.path) ? null : reads));
    }
    return circle;
  }

  /** Told from its least path on, so that it reads the same wherever it was entered. */
  static Problem problem(List<Link> circle) {
    int start = 0;
    for (int i = 1; i < circle.size(); i++) {
      if (name(circle, i).compareTo(name(circle, start)) < 0) {
        start = i;
      }
    }
    StringBuilder text = new StringBuilder("refers to itself: ");
    for (int i = 0; i < circle.size(); i++) {
      Link link = circle.get((start + i) % circle.size());
      text.append(link.template()).append(" -> ");
      if (link.reads() != null) {
        text.append(link.reads()).append(" -> ");
      }
    }
    text.append(name(circle, start));
    return new Problem(
        ErrorCode.PLACEHOLDER_CYCLE, circle.get(start).template(), text.toString(), null, null);
  }

  private static String name(List<Link> circle, int i) {
    return circle.get(i).template().toString();
  }
}
