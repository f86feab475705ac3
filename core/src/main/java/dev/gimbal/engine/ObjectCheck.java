package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.ObjectValidator;
import dev.gimbal.Problem;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validator of the objects of declared keys, with its name. Immutable.
 *
 * @param name what messages call it
 */
record ObjectCheck(String name, ObjectValidator validator) {

  static ObjectCheck of(String name, ObjectValidator validator) {
    return new ObjectCheck("the validator \"" + name + "\"", validator);
  }

  /** What is wrong with an object, at the keys of its members; not placed yet. */
  List<Problem> problems(PublishedSnapshot view, ConfigPath at, Node node, Object object) {
    Secrecy secrecy = new Secrecy(view);
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : UserCheck.problems(name, () -> validator.validate(object))) {
      if (problem.code() != ErrorCode.REFUSED) {
        problems.add(problem); // of a value that it read, at that value's path
        continue;
      }
      ConfigPath path = problem.path() == null ? at : at.resolve(keys(node, problem.path()));
      String message =
          isSecret(secrecy, view, path)
              ? UserCheck.message(name, "it is not valid")
              : problem.message();
      problems.add(new Problem(ErrorCode.REFUSED, path, message, null, null));
    }
    return problems;
  }

  /**
   * Whether what is said of a path may tell a secret: its own, or one below it. Where nothing
   * stands, a member is read from another key, and any secret beside it may be meant.
   */
  private static boolean isSecret(Secrecy secrecy, PublishedSnapshot view, ConfigPath path) {
    ConfigPath place = path;
    Node node = Nodes.at(view.resolved(), place);
    while (node == null && !place.isRoot()) {
      place = place.parent();
      node = Nodes.at(view.resolved(), place);
    }
    return secrecy.isSecret(path) || node != null && !secrecy.mask(place, node).equals(node);
  }

  /** The path with the keys that members are read from, as far as there are any. */
  private static ConfigPath keys(Node node, ConfigPath members) {
    ConfigPath keys = ConfigPath.ROOT;
    Node place = node;
    for (int i = 0; i < members.size(); i++) {
      if (members.isIndex(i)) {
        keys = keys.child(members.index(i));
      } else {
        keys = keys.child(key(place, members.key(i)));
      }
      place = Nodes.at(node, keys);
    }
    return keys;
  }

  private static String key(@Nullable Node place, String member) {
    if (place instanceof ObjectNode object && object.get(member) == null) {
      List<String> named = object.keysNamed(ObjectNode.bareName(member));
      return named.isEmpty() ? member : named.get(0);
    }
    return member;
  }
}
