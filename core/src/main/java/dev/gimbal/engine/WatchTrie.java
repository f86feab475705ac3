package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.champ.Champ;
import dev.gimbal.tree.ChildVisitor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who watches which path: an immutable trie in one atomic cell. A registration replaces the cell;
 * the lane reads it once per publication, after the snapshot's own cell was written. Whoever
 * registers reads the snapshot afterwards, so that each of the two sees the other or is seen by it
 * (G6). Once closed it stays closed.
 */
final class WatchTrie {

  private record Place(Champ<Object, Place> below, Champ<Receiver, Receiver> here) {
    static final Place EMPTY = new Place(Champ.empty(), Champ.empty());

    boolean isEmpty() {
      return below.isEmpty() && here.isEmpty();
    }
  }

  /** The trie, or null once closed. Written by compare-and-set from any thread. */
  private final AtomicReference<@Nullable Place> root = new AtomicReference<>(Place.EMPTY);

  /** Pairs of nodes compared by {@link #offer}; the lane's own. */
  private long visits;

  long visits() {
    return visits;
  }

  /** Whether the receiver was added; false once closed. */
  boolean add(ConfigPath path, Receiver receiver) {
    while (true) {
      Place present = root.get();
      if (present == null) {
        return false;
      }
      if (root.compareAndSet(present, change(present, path, 0, receiver, true))) {
        return true;
      }
    }
  }

  void remove(ConfigPath path, Receiver receiver) {
    while (true) {
      Place present = root.get();
      if (present == null
          || root.compareAndSet(present, change(present, path, 0, receiver, false))) {
        return;
      }
    }
  }

  private static Place change(Place place, ConfigPath path, int i, Receiver receiver, boolean add) {
    if (i == path.size()) {
      return new Place(
          place.below, add ? place.here.with(receiver, receiver) : place.here.without(receiver));
    }
    Object segment = path.isIndex(i) ? (Object) path.index(i) : path.key(i);
    Place child = place.below.get(segment);
    Place changed = change(child == null ? Place.EMPTY : child, path, i + 1, receiver, add);
    return new Place(
        changed.isEmpty() ? place.below.without(segment) : place.below.with(segment, changed),
        place.here);
  }

  /** Offers a snapshot to everybody at, above and below a place that differs. Lane only. */
  void offer(ObjectNode before, ObjectNode after, PublishedSnapshot snapshot) {
    Place place = root.get();
    if (place != null) {
      offer(place, before, after, snapshot);
    }
  }

  private void offer(
      Place place, @Nullable Node before, @Nullable Node after, PublishedSnapshot snapshot) {
    if (before == after) {
      return;
    }
    visits++;
    if (!place.here.isEmpty()) {
      place.here.forEach((receiver, same) -> receiver.offer(snapshot));
    }
    if (place.below.isEmpty()) {
      return;
    }
    if (before instanceof ListNode || after instanceof ListNode || place.below.size() <= 4) {
      place.below.forEach(
          (segment, child) ->
              offer(child, child(before, segment), child(after, segment), snapshot));
      return;
    }
    Nodes.diffChildren(
        before,
        after,
        new ChildVisitor() {
          @Override
          public void changed(String key, @Nullable Node was, @Nullable Node is) {
            Place child = place.below.get(key);
            if (child != null) {
              offer(child, was, is, snapshot);
            }
          }

          @Override
          public void visited() {
            visits++;
          }
        });
  }

  private static @Nullable Node child(@Nullable Node node, Object segment) {
    if (segment instanceof String key) {
      return node instanceof ObjectNode object ? object.get(key) : null;
    }
    return node instanceof ListNode list ? list.get((Integer) segment) : null;
  }

  /** Everybody who is registered, each once per path. */
  List<Receiver> receivers() {
    List<Receiver> all = new ArrayList<>();
    Place place = root.get();
    if (place != null) {
      collect(place, all);
    }
    return all;
  }

  /** Closes it for good; who was registered is returned. */
  List<Receiver> close() {
    List<Receiver> all = new ArrayList<>();
    Place place = root.getAndSet(null);
    if (place != null) {
      collect(place, all);
    }
    return all;
  }

  private static void collect(Place place, List<Receiver> into) {
    place.here.forEach((receiver, same) -> into.add(receiver));
    place.below.forEach((segment, child) -> collect(child, into));
  }
}
