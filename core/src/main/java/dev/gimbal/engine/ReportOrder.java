package dev.gimbal.engine;

import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which a report tells its problems: by layer, the lowest first, document, line and
 * column. Those of one place, and in the end those that have none, stay as they were found. Pure.
 */
final class ReportOrder {

  private ReportOrder() {}

  static List<Problem> sorted(Collection<Problem> problems, PublishedSnapshot view) {
    Map<String, Integer> layers = new HashMap<>();
    view.layers().forEach(layer -> layers.put(layer.source(), layers.size()));
    Comparator<Origin> order =
        Comparator.<Origin>comparingInt(o -> layers.getOrDefault(o.source(), layers.size()))
            .thenComparing(Origin::document)
            .thenComparingInt(Origin::line)
            .thenComparingInt(Origin::column);
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparing(Problem::origin, Comparator.nullsLast(order)));
    return List.copyOf(sorted);
  }
}
