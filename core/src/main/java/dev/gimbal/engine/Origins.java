package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation.Outcome;
import dev.gimbal.Origin;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds who wrote a value, by walking the layers of a snapshot from the highest to the lowest. The
 * rules are those of the merge: an object lets lower layers through, anything else hides them.
 */
final class Origins {

  private Origins() {}

  /**
   * What one layer says.
   *
   * @param at the path itself, or the place above it that decides about it
   * @param node as written there
   */
  record Entry(LayerView layer, ConfigPath at, Node node, Outcome outcome) {

    Origin origin() {
      return place(layer, at);
    }
  }

  /** Where the value at a path was written; null where no layer gives one. */
  static @Nullable Origin winner(PublishedSnapshot snapshot, ConfigPath path) {
    for (Entry entry : entries(snapshot, path)) {
      if (entry.outcome() == Outcome.WON) {
        return entry.origin();
      }
    }
    return null;
  }

  /** What the layers say about a path, the highest first. */
  static List<Entry> entries(PublishedSnapshot snapshot, ConfigPath path) {
    Entry element = joinedElement(snapshot, path);
    return element != null ? List.of(element) : new Walk(snapshot, path).entries();
  }

  /**
   * Whether a layer has at a path what a lower one has there: it changes another part of the list
   * below that both are in, and so holds a copy of the list. Such a list has a place without a
   * line, and of what is in it only the parts that were set have places.
   */
  private static boolean isCopied(PublishedSnapshot snapshot, int layer, ConfigPath path) {
    LayerView above = snapshot.layers().get(layer);
    ConfigPath at = path;
    while (Nodes.at(above.tree(), at) == null) {
      at = at.parent();
    }
    Node node = Nodes.at(above.tree(), at);
    for (int i = layer - 1; i >= 0 && isInCopy(above, at); i--) {
      if (node != null && node.equals(Nodes.at(snapshot.layers().get(i).tree(), at))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the nearest place of a path is that of a changed list above it. */
  private static boolean isInCopy(LayerView layer, ConfigPath path) {
    for (int length = path.size(); length > 0; length--) {
      ConfigPath prefix = path.prefix(length);
      Origin origin = layer.origins().find(layer.source(), prefix);
      if (origin != null) {
        boolean above = length < path.size() && path.isIndex(length);
        return above && origin.line() == 0 && Nodes.at(layer.tree(), prefix) instanceof ListNode;
      }
    }
    return false;
  }

  /** The place of a path in a layer: its own, or that of the nearest place above it. */
  private static Origin place(LayerView layer, ConfigPath path) {
    for (int length = path.size(); length >= 0; length--) {
      Origin origin = layer.origins().find(layer.source(), path.prefix(length));
      if (origin != null) {
        return origin;
      }
    }
    return Origin.of(layer.source());
  }

  /**
   * The entry of an element (or what is below one) of a list that several layers' lists were joined
   * to; null for anything else.
   */
  private static @Nullable Entry joinedElement(PublishedSnapshot snapshot, ConfigPath path) {
    Node node = snapshot.merged();
    int depth = 0;
    while (depth < path.size() && node instanceof ObjectNode) {
      node = Nodes.child(node, path, depth++);
    }
    if (depth == path.size() || !(node instanceof ListNode joined) || !path.isIndex(depth)) {
      return null;
    }
    ConfigPath listPath = path.prefix(depth);
    List<Entry> lists = new ArrayList<>();
    for (Entry entry : new Walk(snapshot, listPath).entries()) {
      if (entry.outcome() == Outcome.WON || entry.outcome() == Outcome.MERGED) {
        lists.add(entry);
      }
    }
    if (lists.size() < 2) {
      return null;
    }
    Entry owner = null;
    int from = path.index(depth);
    int to = from;
    int first = 0;
    int end = joined.size();
    for (Entry entry : lists) {
      // The highest list stands at one of the ends of what it and those below were joined to.
      List<Node> own = ((ListNode) entry.node()).elements();
      boolean atEnd = joined.elements().subList(end - own.size(), end).equals(own);
      int start = atEnd ? end - own.size() : first;
      if (from >= start && from < start + own.size()) {
        owner = entry;
        to = from - start;
        break;
      }
      if (atEnd) {
        end -= own.size();
      } else {
        first += own.size();
      }
    }
    if (owner == null) {
      return null;
    }
    ConfigPath at = listPath.child(to).resolve(path.suffix(depth + 1));
    Node own = Nodes.at(owner.layer().tree(), at);
    while (own == null) {
      at = at.parent();
      own = Nodes.at(owner.layer().tree(), at);
    }
    boolean gives = at.size() == path.size() || isTemplate(own);
    return new Entry(owner.layer(), at, own, gives ? Outcome.WON : Outcome.REMOVED);
  }

  /** One walk through the layers. Used by one thread. */
  private static final class Walk {
    private final PublishedSnapshot snapshot;
    private final ConfigPath path;
    private final int templateDepth;
    private final List<Entry> entries = new ArrayList<>();

    /** The first entry that readers see, and whether lower layers can still add to it. */
    private @Nullable Node winner;

    private boolean open = true;

    /** How many elements of a joined list are not accounted for yet. */
    private int elements;

    Walk(PublishedSnapshot snapshot, ConfigPath path) {
      this.snapshot = snapshot;
      this.path = path;
      this.templateDepth = templateDepth(snapshot.merged(), path);
    }

    List<Entry> entries() {
      for (int i = snapshot.layers().size() - 1; i >= 0; i--) {
        if (!isCopied(snapshot, i, path)) {
          look(snapshot.layers().get(i));
        }
      }
      return entries;
    }

    private void look(LayerView layer) {
      Node node = layer.tree();
      Node outermostList = null;
      int listDepth = 0;
      for (int depth = 0; depth < path.size(); depth++) {
        if (outermostList == null && node instanceof ListNode) {
          outermostList = node;
          listDepth = depth;
        }
        Node child = Nodes.child(node, path, depth);
        if (child != null) {
          node = child;
        } else if (outermostList == null || isGiving(node, depth)) {
          above(layer, node, depth);
          return;
        } else {
          above(layer, outermostList, listDepth);
          return;
        }
      }
      if (!path.isRoot() || !layer.tree().isEmpty()) {
        entries.add(new Entry(layer, path, node, outcome(node, outermostList != null)));
        open &= outermostList == null;
      }
    }

    /** The layer has nothing at the path; what it has above may hide lower layers. */
    private void above(LayerView layer, Node node, int depth) {
      if (!open || node instanceof ObjectNode && !path.isIndex(depth)) {
        return;
      }
      open = false;
      if (node instanceof ObjectNode) {
        return;
      }
      Outcome outcome = isGiving(node, depth) ? Outcome.WON : Outcome.REMOVED;
      entries.add(new Entry(layer, path.prefix(depth), node, outcome));
    }

    /** Whether this is the placeholder that gives what is at the path. */
    private boolean isGiving(Node node, int depth) {
      return winner == null && depth == templateDepth && isTemplate(node);
    }

    private Outcome outcome(Node node, boolean inList) {
      if (!open) {
        return Outcome.LOST;
      }
      if (node instanceof NullNode && !inList) {
        open = false;
        return Outcome.REMOVED;
      }
      if (winner == null) {
        winner = node;
        elements = node instanceof ListNode list ? joinedSize() - list.size() : 0;
        open = node instanceof ObjectNode || elements > 0;
        return Outcome.WON;
      }
      if (winner instanceof ObjectNode && node instanceof ObjectNode) {
        return Outcome.MERGED;
      }
      if (winner instanceof ListNode && node instanceof ListNode list) {
        elements -= list.size();
        open = elements > 0;
        return Outcome.MERGED;
      }
      open = false;
      return Outcome.LOST;
    }

    private int joinedSize() {
      return Nodes.at(snapshot.merged(), path) instanceof ListNode list ? list.size() : 0;
    }
  }

  /** How deep the path enters what a placeholder gives: the path's own size where it does not. */
  static int templateDepth(ObjectNode merged, ConfigPath path) {
    Node node = merged;
    for (int depth = 0; depth < path.size() && node != null; depth++) {
      if (isTemplate(node)) {
        return depth;
      }
      node = Nodes.child(node, path, depth);
    }
    return path.size();
  }

  static boolean isTemplate(@Nullable Node node) {
    return node instanceof Scalar scalar && scalar.hasTemplates();
  }
}
