package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.TextCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The node at a path, or the last one on the way to it that is there. Used by one thread. */
final class YamlPlace {

  final String source;
  final ConfigPath path;
  final YamlSpans spans;

  /** The root of the document that says something; null where none does. */
  final @Nullable YamlSpan root;

  /** The nodes on the way, the root first. */
  final List<YamlSpan> way = new ArrayList<>();

  /** The places of these in what holds them: of the key in a map, or the element in a list. */
  final List<Integer> places = new ArrayList<>();

  /** How many segments of the path are there. */
  int depth;

  private YamlPlace(String source, ConfigPath path) {
    this.source = source;
    this.path = path;
    TreeOf tree = new TreeOf(source);
    this.spans = tree.spans;
    this.root = onlyRoot();
  }

  private record TreeOf(YamlSpans spans) {
    TreeOf(String source) {
      this(read(source));
    }

    private static YamlSpans read(String source) {
      YamlText text = new YamlText(source, YamlEditor.builder());
      YamlSpans spans = new YamlSpans(text);
      new YamlParser(text, spans).run();
      return spans;
    }
  }

  static YamlPlace find(String source, ConfigPath path) {
    YamlPlace place = new YamlPlace(source, path);
    if (place.root != null) {
      place.descend(place.root);
    }
    return place;
  }

  private @Nullable YamlSpan onlyRoot() {
    YamlSpan only = null;
    for (YamlSpan each : spans.roots) {
      boolean says = !(each.kind == YamlNode.Kind.SCALAR && each.isEmpty());
      if (says && only != null) {
        throw refusal(each.begin, "the file has several documents that say something");
      }
      only = says ? each : only;
    }
    if (only == null && spans.roots.size() > 1) {
      throw refusal(spans.roots.get(1).begin, "the file has several documents, all of them empty");
    }
    return only;
  }

  private void descend(YamlSpan from) {
    YamlSpan span = from;
    way.add(span);
    while (depth < path.size()) {
      if (span.isAlias()) {
        throw refusal(span.at, "an alias stands on the way, change it where its anchor stands");
      }
      int place = indexIn(span, depth);
      if (place < 0) {
        return;
      }
      span = span.items.get(span.isMap() ? place + 1 : place);
      places.add(place);
      way.add(span);
      depth++;
    }
  }

  private int indexIn(YamlSpan span, int i) {
    if (span.isList()) {
      return path.isIndex(i) && path.index(i) < span.items.size() ? path.index(i) : -1;
    }
    if (!span.isMap() || path.isIndex(i)) {
      return -1;
    }
    for (int k = 0; k < span.items.size(); k += 2) {
      YamlSpan key = span.items.get(k);
      if (!key.isMergeKey() && key.keyText().equals(path.key(i))) {
        return k;
      }
    }
    return -1;
  }

  YamlSpan last() {
    return way.get(way.size() - 1);
  }

  /** The list or map that holds the last one. */
  YamlSpan holder() {
    return way.get(way.size() - 2);
  }

  /** Whether a list or map is here to which the next segment can be added. */
  boolean isMissingChild(ConfigPath of) {
    if (root == null) {
      return !of.isIndex(0);
    }
    YamlSpan here = last();
    if (here.isList() && of.isIndex(depth)) {
      if (of.index(depth) > here.items.size()) {
        throw refusal(here.begin, "the index is beyond the end of the list");
      }
      return true;
    }
    if (!here.isMap() || of.isIndex(depth)) {
      return false;
    }
    if (depth + 1 < of.size() && isMerged(of)) {
      throw refusal(here.begin, "what stands on the way comes from a merge key <<");
    }
    return true;
  }

  /** Whether the next key comes from a merge key. */
  boolean isMerged(ConfigPath of) {
    if (root == null || of.isIndex(depth)) {
      return false;
    }
    Set<YamlSpan> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return last().isMap() && isMerged(last(), of.key(depth), seen);
  }

  private static boolean isMerged(YamlSpan map, String key, Set<YamlSpan> seen) {
    for (int k = 0; k < map.items.size(); k += 2) {
      if (map.items.get(k).isMergeKey()) {
        YamlSpan merged = map.items.get(k + 1).resolved();
        List<YamlSpan> all = merged.isList() ? merged.items : List.of(merged);
        for (YamlSpan each : all) {
          if (seen.add(each.resolved()) && holds(each.resolved(), key, seen)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean holds(YamlSpan map, String key, Set<YamlSpan> seen) {
    for (int k = 0; k < map.items.size(); k += 2) {
      YamlSpan name = map.items.get(k);
      if (!name.isMergeKey() && name.keyText().equals(key)) {
        return true;
      }
    }
    return isMerged(map, key, seen);
  }

  /** Whether the last key would come from a merge key if it did not stand here. */
  boolean hidesMerged() {
    Set<YamlSpan> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    YamlSpan holder = holder();
    return holder.isMap() && isMerged(holder, path.key(path.size() - 1), seen);
  }

  /** The first alias of what changes, of what is in it, or of what it is in; or null. */
  @Nullable YamlSpan sharing() {
    for (YamlSpan alias : spans.aliases) {
      YamlSpan target = alias.target;
      if (target != null && (way.contains(target) || isBelow(target))) {
        return alias;
      }
    }
    return null;
  }

  private boolean isBelow(YamlSpan target) {
    return !way.isEmpty()
        && depth == path.size()
        && target.begin >= beginOfLast()
        && target.end <= last().end;
  }

  /** Where the last one begins, with its key. */
  private int beginOfLast() {
    boolean keyed = way.size() > 1 && holder().isMap();
    return keyed ? holder().items.get(places.get(places.size() - 1)).begin : last().begin;
  }

  ConfigException sharedBy(YamlSpan alias) {
    TextCursor cursor = new TextCursor(source).moveTo(alias.at);
    String where = cursor.line() + ":" + cursor.column();
    return refusal("the value has an anchor, and the alias at " + where + " would change with it");
  }

  ConfigException refusal(String message) {
    return refusal(way.isEmpty() ? 0 : last().begin, message);
  }

  ConfigException refusal(int offset, String message) {
    TextCursor cursor = new TextCursor(source).moveTo(offset);
    Origin origin = new Origin("document", "document", cursor.line(), cursor.column());
    return refusal(path, origin, message);
  }

  static ConfigException refusal(ConfigPath path, @Nullable Origin origin, String message) {
    return new ConfigException(new Problem(ErrorCode.NOT_EDITABLE, path, message, origin, null));
  }
}
