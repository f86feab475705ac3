package dev.gimbal.engine;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * How large values are: 1 for each node, a shared one each time it is met, and 1 for each 64
 * characters of a scalar. Counts no further than just past the limit. Used by one thread.
 */
final class PlaceholderWeight {

  /** How deep a resolved tree may be. */
  static final int MAX_DEPTH = 1_000;

  private final long limit;
  private boolean tooDeep;

  PlaceholderWeight(long limit) {
    this.limit = limit;
  }

  /** Whether something deeper than {@link #MAX_DEPTH} was met. */
  boolean tooDeep() {
    return tooDeep;
  }

  /** The weight of a node that stands at a depth. */
  long of(Node node, int depth) {
    return add(0, node, depth);
  }

  private long add(long sum, Node node, int depth) {
    if (sum > limit || tooDeep) {
      return sum;
    }
    if (depth > MAX_DEPTH) {
      tooDeep = true;
      return sum;
    }
    if (node instanceof Scalar scalar) {
      return sum + 1 + scalar.text().length() / 64;
    }
    long[] total = {sum + 1};
    if (node instanceof ObjectNode object) {
      object.forEach((key, child) -> total[0] = add(total[0], child, depth + 1));
    } else if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        total[0] = add(total[0], element, depth + 1);
      }
    }
    return total[0];
  }

  /** How much heavier a node is than the one that stood in its place; walks only what differs. */
  long growth(@Nullable Node before, @Nullable Node after, int depth) {
    if (before == after) {
      return 0;
    }
    if (before instanceof ObjectNode && after instanceof ObjectNode) {
      long[] sum = {0};
      Nodes.diffChildren(before, after, (key, was, is) -> sum[0] += growth(was, is, depth + 1));
      return sum[0];
    }
    if (before instanceof ListNode was && after instanceof ListNode is && was.size() <= is.size()) {
      long sum = 0;
      for (int i = is.nextDifferent(was, 0); i < is.size(); i = is.nextDifferent(was, i + 1)) {
        sum += growth(was.get(i), is.get(i), depth + 1);
      }
      return sum;
    }
    return (after == null ? 0 : of(after, depth))
        - (before == null ? 0 : new PlaceholderWeight(Long.MAX_VALUE - 1).of(before, depth));
  }
}
