package dev.gimbal.format;

import dev.gimbal.secret.EncryptedValue;
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

  static boolean isEncrypted(Node node) {
    return node instanceof Scalar scalar
        && scalar.kind() == Scalar.Kind.STRING
        && EncryptedValue.isMeant(scalar.text());
  }

  private boolean isIn(@Nullable Node was, Node now) {
    if (now instanceof ObjectNode object) {
      boolean[] any = new boolean[1];
      object.forEach((key, child) -> any[0] |= isIn(child(was, key), child));
      return any[0];
    }
    if (now instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        Node element = list.elements().get(i);
        if (!stood(was, element) && isIn(element(was, i), element)) {
          return true;
        }
      }
      return false;
    }
    if (now instanceof NullNode || isEncrypted(now)) {
      return false;
    }
    return was == null ? fewer : count(was) > 0;
  }

  /** What a member stands in place of: of what is no object, the whole. */
  private static @Nullable Node child(@Nullable Node was, String key) {
    return was instanceof ObjectNode object ? object.get(key) : was;
  }

  private static @Nullable Node element(@Nullable Node was, int i) {
    return was instanceof ListNode list ? list.get(i) : was;
  }

  /** Whether an element stood in the list before: the others of a list move. */
  private static boolean stood(@Nullable Node was, Node element) {
    return was instanceof ListNode list && list.elements().contains(element);
  }

  private static int count(Node node) {
    int[] sum = new int[1];
    if (node instanceof ObjectNode object) {
      object.forEach((key, child) -> sum[0] += count(child));
    } else if (node instanceof ListNode list) {
      list.elements().forEach(element -> sum[0] += count(element));
    } else if (isEncrypted(node)) {
      sum[0]++;
    }
    return sum[0];
  }
}
