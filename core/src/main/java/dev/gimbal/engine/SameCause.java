package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.tree.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what is absent because its key, or one above it, is misspelt: the unknown key is told,
 * with the one that is meant. Pure.
 */
final class SameCause {

  private SameCause() {}

  /** The problems without those whose cure another one tells. */
  static List<Problem> without(List<Problem> problems) {
    Map<ConfigPath, ConfigPath> meant = new HashMap<>();
    for (Problem problem : problems) {
      ConfigPath path = problem.path();
      ConfigPath suggestion = suggestion(problem);
      if (problem.code() == ErrorCode.UNKNOWN_KEY && path != null && suggestion != null) {
        meant.put(path, suggestion);
      }
    }
    return meant.isEmpty()
        ? problems
        : problems.stream().filter(problem -> !isOfMisspelt(problem, meant)).toList();
  }

  private static boolean isOfMisspelt(Problem problem, Map<ConfigPath, ConfigPath> meant) {
    ConfigPath path = problem.path();
    ConfigPath written = suggestion(problem);
    if (problem.code() != ErrorCode.ABSENT || path == null || written == null) {
      return false;
    }
    for (int length = 1; length <= written.size(); length++) {
      ConfigPath right = meant.get(written.prefix(length));
      if (right != null) {
        return path.size() >= length && isSame(right, path.prefix(length));
      }
    }
    return false;
  }

  /** Whether two paths of one length differ in case and separators of their last key only. */
  private static boolean isSame(ConfigPath a, ConfigPath b) {
    int last = a.size() - 1;
    return a.parent().equals(b.parent())
        && !b.isIndex(last)
        && ObjectNode.bareName(a.key(last)).equals(ObjectNode.bareName(b.key(last)));
  }

  private static @Nullable ConfigPath suggestion(Problem problem) {
    String text = problem.details().suggestion();
    boolean isKey = problem.code() == ErrorCode.UNKNOWN_KEY || problem.code() == ErrorCode.ABSENT;
    if (text == null || !isKey) {
      return null;
    }
    try {
      return ConfigPath.parse(text);
    } catch (ConfigException noPath) { // a check of the application says what it likes
      return null;
    }
  }
}
