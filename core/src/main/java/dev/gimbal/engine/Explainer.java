package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import dev.gimbal.SourceStatus;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes explanations of values. */
final class Explainer {

  private Explainer() {}

  /**
   * Who won, who lost, how placeholders were resolved.
   *
   * @param reveal whether secrets are shown
   */
  static Explanation explain(PublishedSnapshot snapshot, ConfigPath path, boolean reveal) {
    Node node = Nodes.at(snapshot.resolved(), path);
    Secrecy secrecy = new Secrecy(snapshot);
    Optional<String> value =
        node == null || node instanceof NullNode
            ? Optional.empty()
            : Optional.of(reveal ? Secrecy.reveal(node) : secrecy.show(path, node));
    return new Explanation(
        path, value, candidates(snapshot, path, reveal), steps(snapshot, path, reveal, secrecy));
  }

  /** The same, with what the sources' states say of it: their labels, and those that are down. */
  static Explanation withSources(Explanation explanation, List<SourceStatus> sources) {
    Map<String, Map<String, String>> labels = new HashMap<>();
    List<Explanation.Down> down = new ArrayList<>();
    for (SourceStatus source : sources) {
      ConfigException reason = source.reason();
      labels.put(source.name(), source.labels());
      if (source.state() == SourceStatus.State.DOWN && reason != null) {
        String message = reason.problems().get(0).message();
        down.add(0, new Explanation.Down(source.name(), message));
      }
    }
    List<Explanation.Candidate> candidates = new ArrayList<>();
    for (Explanation.Candidate candidate : explanation.candidates()) {
      candidates.add(
          new Explanation.Candidate(
              candidate.source(),
              candidate.origin(),
              candidate.outcome(),
              candidate.value(),
              labels.getOrDefault(candidate.source(), Map.of())));
    }
    return new Explanation(
        explanation.path(), explanation.value(), candidates, explanation.steps(), down);
  }

  private static List<Explanation.Candidate> candidates(
      PublishedSnapshot snapshot, ConfigPath path, boolean reveal) {
    List<Explanation.Candidate> candidates = new ArrayList<>();
    for (Origins.Entry entry : Origins.entries(snapshot, path)) {
      Node node = entry.node();
      String value = reveal ? Secrecy.reveal(node) : WrittenSecrets.show(entry.at(), node);
      candidates.add(
          new Explanation.Candidate(
              entry.layer().source(), entry.origin(), entry.outcome(), value));
    }
    return candidates;
  }

  private static List<Explanation.Step> steps(
      PublishedSnapshot snapshot, ConfigPath path, boolean reveal, Secrecy secrecy) {
    boolean secret = SecretKeys.isSecret(path);
    List<Explanation.Step> steps = new ArrayList<>();
    for (Placeholders.Step step : Placeholders.steps(snapshot.merged(), path)) {
      ConfigPath target = step.target();
      Node given = target == null ? null : Nodes.at(snapshot.resolved(), target);
      Node seen = given == NullNode.NULL ? null : given;
      String value = reveal ? revealed(step, seen) : secrecy.show(step, seen, secret);
      steps.add(new Explanation.Step(step.placeholder(), value));
    }
    return steps;
  }

  private static String revealed(Placeholders.Step step, @Nullable Node seen) {
    return seen == null ? step.value() : Secrecy.reveal(seen);
  }
}
