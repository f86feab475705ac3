package dev.gimbal.secret;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new value puts plain text in the place of encrypted values. An encrypted value may be
 * replaced by another one, and taken away; and what was plain before may be plain. Where one is
 * taken away, a plain value at a new key may be the same secret under another name. Pure.
 */
final class EncryptedLoss {

  /** Whether fewer values are encrypted afterwards, so that new plain ones may be these. */
  private final boolean fewer;

  private EncryptedLoss(boolean fewer) {
    this.fewer = fewer;
  }

  /**
   * @param was what stands there; null for nothing
   */
  static boolean isBetween(@Nullable Node was, Node now) {
    int before = was == null ? 0 : count(was);
    return before > 0 && new EncryptedLoss(count(now) < before).isIn(was, now);
  }

  private static boolean isEncrypted(@Nullable Node node) {
    return node instanceof Scalar scalar
        && scalar.kind() == Scalar.Kind.STRING
        && EncryptedValue.isMeant(scalar.text());
  }

  /**
   * @param was what stood in this place, or, where that was a single value above it, that one
   */
  private boolean isIn(@Nullable Node was, @Nullable Node now) {
    if (now instanceof ObjectNode object) {
      for (String key : object.keys()) {
        if (isIn(was instanceof ObjectNode there ? there.get(key) : was, object.get(key))) {
          return true;
        }
      }
      return false;
    }
    if (now instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        Node element = list.elements().get(i);
        ListNode there = was instanceof ListNode before ? before : null;
        boolean stood = there != null && there.elements().contains(element); // and only moves
        if (!stood && isIn(there == null ? was : there.get(i), element)) {
          return true;
        }
      }
      return false;
    }
    if (now == null || now instanceof NullNode || isEncrypted(now)) {
      return false;
    }
    return was == null ? fewer : count(was) > 0;
  }

  private static int count(@Nullable Node node) {
    int sum = isEncrypted(node) ? 1 : 0;
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        sum += count(object.get(key));
      }
    } else if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        sum += count(element);
      }
    }
    return sum;
  }
}
