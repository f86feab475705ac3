package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
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

  /** The trie, or null once closed. Written by compare-and-set from any thread. */
  private final AtomicReference<@Nullable PathTrie<Receiver>> root =
      new AtomicReference<>(PathTrie.empty());

  /** Pairs of nodes compared by {@link #offer}; the lane's own. */
  private long visits;

  long visits() {
    return visits;
  }

  /** Whether the receiver was added; false once closed. */
  boolean add(ConfigPath path, Receiver receiver) {
    while (true) {
      PathTrie<Receiver> present = root.get();
      if (present == null) {
        return false;
      }
      if (root.compareAndSet(present, present.with(path, receiver))) {
        return true;
      }
    }
  }

  /** The path of who watches it already, in the place of an equal one: it is held once. */
  ConfigPath known(ConfigPath path) {
    PathTrie<Receiver> present = root.get();
    Receiver there = present == null ? null : present.any(path);
    return there == null ? path : there.watched(path);
  }

  void remove(ConfigPath path, Receiver receiver) {
    while (true) {
      PathTrie<Receiver> present = root.get();
      if (present == null || root.compareAndSet(present, present.without(path, receiver))) {
        return;
      }
    }
  }

  /** Offers a snapshot to everybody at, above and below a place that differs. Lane only. */
  void offer(ObjectNode before, ObjectNode after, PublishedSnapshot snapshot) {
    PathTrie<Receiver> present = root.get();
    if (present != null) {
      visits +=
          present.isEmpty()
              ? 1
              : present.forEachDiffering(before, after, receiver -> receiver.offer(snapshot));
    }
  }

  /** Everybody who is registered, each once per path. */
  List<Receiver> receivers() {
    List<Receiver> all = new ArrayList<>();
    PathTrie<Receiver> present = root.get();
    if (present != null) {
      present.forEach(all::add);
    }
    return all;
  }

  /** Closes it for good; who was registered is returned. */
  List<Receiver> close() {
    List<Receiver> all = new ArrayList<>();
    PathTrie<Receiver> present = root.getAndSet(null);
    if (present != null && !present.isEmpty()) {
      present.forEach(all::add);
    }
    return all;
  }
}
