package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code --set} says, in order. Immutable. */
final class Assignments {

  private record Assignment(ConfigPath path, Node value) {}

  private final List<Assignment> assignments;

  private Assignments(List<Assignment> assignments) {
    this.assignments = List.copyOf(assignments);
  }

  /**
   * Reads {@code path=value} texts.
   *
   * @throws UsageException when one is none
   */
  static Assignments parse(List<String> texts) {
    List<Assignment> assignments = new ArrayList<>();
    for (String text : texts) {
      int equals = equalsSign(text);
      if (equals < 1) {
        throw new UsageException("--set: \"" + key(text) + "\" (expected: PATH=VALUE)");
      }
      ConfigPath path = path(text.substring(0, equals));
      assignments.add(new Assignment(path, value(text.substring(equals + 1))));
    }
    return new Assignments(assignments);
  }

  /** What may be shown of a text: never its value. */
  private static String key(String text) {
    int equals = text.indexOf('=');
    return equals < 0 ? text : text.substring(0, equals) + "=...";
  }

  private static ConfigPath path(String text) {
    try {
      return Options.parsePath(text);
    } catch (UsageException e) {
      throw text.indexOf('=') < 0
          ? e
          : new UsageException("--set: \"" + key(text) + "\" begins with no path");
    }
  }

  /** Where the first {@code =} outside quotes stands, or -1. */
  private static int equalsSign(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '=' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /** A number, true, false and null are what they are; anything else is text. */
  static Node value(String text) {
    return switch (text) {
      case "null" -> NullNode.NULL;
      case "true" -> Scalar.bool(true);
      case "false" -> Scalar.bool(false);
      default -> Scalar.isJsonNumber(text) ? Scalar.number(text) : Scalar.string(text);
    };
  }

  boolean isEmpty() {
    return assignments.isEmpty();
  }

  /** Whether one changes an element of a list, so that the list below must be known. */
  boolean changeElements() {
    for (Assignment assignment : assignments) {
      if (firstIndex(assignment.path()) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int firstIndex(ConfigPath path) {
    for (int i = 0; i < path.size(); i++) {
      if (path.isIndex(i)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The layer, with places of what is set, so that what a copied list has beside it keeps its own.
   *
   * @param below finds what the sources say at a path
   */
  SetLayer layer(Function<ConfigPath, @Nullable Node> below) {
    OriginTable.Builder origins = OriginTable.builder().document(SetLayer.NAME);
    for (Assignment assignment : assignments) {
      ConfigPath path = assignment.path();
      int index = firstIndex(path);
      origins.put(path, 0, 0);
      if (index >= 0) {
        origins.put(path.prefix(index), 0, 0);
      }
    }
    return new SetLayer(tree(below), origins.build());
  }

  /**
   * The layer's tree. A list replaces the one below, so a path with an index starts from a copy of
   * the list that it names.
   *
   * @param below finds what the sources say at a path
   */
  ObjectNode tree(Function<ConfigPath, @Nullable Node> below) {
    Node tree = ObjectNode.EMPTY;
    for (Assignment assignment : assignments) {
      tree = assign(tree, assignment, below);
    }
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new UsageException("--set: the root is an object; a path is missing");
  }

  private static Node assign(
      Node tree, Assignment assignment, Function<ConfigPath, @Nullable Node> below) {
    ConfigPath path = assignment.path();
    int index = firstIndex(path);
    if (index < 0) {
      return Nodes.set(tree, path, assignment.value());
    }
    ConfigPath listPath = path.prefix(index);
    Node copied = tree;
    if (!(Nodes.at(tree, listPath) instanceof ListNode)
        && below.apply(listPath) instanceof ListNode list) {
      copied = Nodes.set(tree, listPath, list);
    }
    try {
      return assignment.value() == NullNode.NULL
          ? Nodes.remove(copied, path)
          : Nodes.set(copied, path, assignment.value());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--set: " + e.getMessage());
    }
  }
}
