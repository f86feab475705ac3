package dev.gimbal.format.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Parts of a text that are to be replaced, which do not overlap. Used by one thread. */
final class YamlChanges {

  private record Change(int from, int to, String text) {}

  private final List<Change> changes = new ArrayList<>();

  YamlChanges replace(int from, int to, String text) {
    changes.add(new Change(from, to, text));
    return this;
  }

  String applyTo(String source) {
    changes.sort(Comparator.comparingInt(Change::from));
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Change change : changes) {
      out.append(source, at, change.from).append(change.text);
      at = change.to;
    }
    return out.append(source, at, source.length()).toString();
  }
}
