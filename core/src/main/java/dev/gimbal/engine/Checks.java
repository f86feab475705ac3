package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.bind.Conversions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** What a candidate must pass before it is published. Pure, but for users' converters. */
final class Checks {

  private Checks() {}

  /**
   * All problems of a candidate: those of merging and resolving, with their places, and declared
   * keys that do not convert. Values that were checked before are not checked again.
   */
  static List<Problem> problems(
      Candidate candidate,
      Candidate before,
      Collection<Declaration> declarations,
      Conversions conversions) {
    if (candidate.problems().isEmpty() && declarations.isEmpty()) {
      return List.of();
    }
    PublishedSnapshot view = PublishedSnapshot.of(candidate, conversions);
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : candidate.problems()) {
      problems.add(placed(problem, view));
    }
    for (Declaration declaration : declarations) {
      Node node = Nodes.at(candidate.tree(), declaration.path());
      if (node != null && node != Nodes.at(before.tree(), declaration.path())) {
        convert(view, declaration, problems);
      }
    }
    return List.copyOf(new LinkedHashSet<>(problems));
  }

  private static Problem placed(Problem problem, PublishedSnapshot view) {
    ConfigPath path = problem.path();
    return path == null || problem.origin() != null
        ? problem
        : new Problem(
            problem.code(),
            path,
            problem.message(),
            Origins.winner(view, path),
            problem.overrides());
  }

  /** Adds the problem of a value that does not convert. What was not resolved has its own. */
  static void convert(PublishedSnapshot view, Declaration declaration, List<Problem> problems) {
    SnapshotValue value = SnapshotValue.of(view, declaration.path());
    Node node = value.node();
    if (node == null || node.hasTemplates()) {
      return;
    }
    boolean foreign = view.conversions().callsUserCode(declaration.type());
    Callbacks.Kind outer = foreign ? Callbacks.enter(Callbacks.Kind.CHECK) : null;
    try {
      Object converted = value.as(declaration.type());
      assert converted != null;
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    } finally {
      if (foreign) {
        Callbacks.leave(outer);
      }
    }
  }
}
