package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree as formats see it that have a line for each scalar, and nothing for an empty object, an
 * empty list or null. Used by one thread.
 *
 * @since 0.1.0
 */
public final class FlatTree {

  /** Told of each scalar. */
  @FunctionalInterface
  public interface Visitor {

    /** Takes a scalar, and answers what it holds that the format cannot express, or null. */
    @Nullable String visit(ConfigPath path, Scalar scalar);
  }

  private final String format;
  private final Visitor visitor;
  private final List<Problem> problems = new ArrayList<>();

  private FlatTree(String format, Visitor visitor) {
    this.format = format;
    this.visitor = visitor;
  }

  /**
   * Tells each scalar, in the order of the keys.
   *
   * @param format for messages
   * @throws ConfigException GIM-019 with each path that the format cannot express
   */
  public static void visit(String format, Node tree, Visitor visitor) {
    FlatTree flat = new FlatTree(format, visitor);
    if (tree instanceof ObjectNode object) {
      flat.members(object, ConfigPath.ROOT);
    } else {
      flat.problem(ConfigPath.ROOT, "a root that is no object");
    }
    if (!flat.problems.isEmpty()) {
      throw new ConfigException(flat.problems, null);
    }
  }

  private void members(ObjectNode object, ConfigPath path) {
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child != null) {
        node(child, path.child(key));
      }
    }
  }

  private void node(Node node, ConfigPath path) {
    if (node instanceof Scalar scalar) {
      String reason = visitor.visit(path, scalar);
      if (reason != null) {
        problem(path, reason);
      }
    } else if (node instanceof ObjectNode object && object.size() > 0) {
      members(object, path);
    } else if (node instanceof ListNode list && list.size() > 0) {
      for (int i = 0; i < list.size(); i++) {
        node(list.elements().get(i), path.child(i));
      }
    } else if (node instanceof ObjectNode) {
      problem(path, "an empty object");
    } else {
      problem(path, node instanceof ListNode ? "an empty list" : "null");
    }
  }

  private void problem(ConfigPath path, String what) {
    String message = format + " cannot express " + what;
    problems.add(new Problem(ErrorCode.NOT_EXPRESSIBLE, path, message, null, null));
  }
}
