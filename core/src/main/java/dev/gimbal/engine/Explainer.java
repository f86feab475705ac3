package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.SourceStatus;
import dev.gimbal.engine.Placeholders.Outside;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes explanations of values. */
final class Explainer {

  /** Nobody reads more of them in a problem. */
  private static final int MOST_STEPS = 20;

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
        path,
        value,
        candidates(snapshot, path, reveal),
        steps(snapshot, path, reveal, secrecy),
        List.of(),
        snapshot.pinned() == 0 ? OptionalLong.empty() : OptionalLong.of(snapshot.pinned()));
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
        explanation.path(),
        explanation.value(),
        candidates,
        explanation.steps(),
        down,
        explanation.pinned());
  }

  private static List<Explanation.Candidate> candidates(
      PublishedSnapshot snapshot, ConfigPath path, boolean reveal) {
    WrittenSecrets secrets = new WrittenSecrets(snapshot.secrets());
    boolean isSecret = Nodes.at(snapshot.merged(), path) instanceof Scalar won && won.isSecret();
    List<Explanation.Candidate> candidates = new ArrayList<>();
    for (Origins.Entry entry : Origins.entries(snapshot, path)) {
      Node node = entry.node();
      Node won = Nodes.at(snapshot.merged(), isSecret ? path : entry.at());
      String value = reveal ? Secrecy.reveal(node) : secrets.show(entry.at(), node, won);
      candidates.add(
          new Explanation.Candidate(
              entry.layer().source(), entry.origin(), entry.outcome(), value));
    }
    return candidates;
  }

  private static List<Explanation.Step> steps(
      PublishedSnapshot snapshot, ConfigPath path, boolean reveal, Secrecy secrecy) {
    PlaceholderSecrets secrets = snapshot.secrets();
    boolean secret = secrets.isSecret(path);
    boolean marked = secrets.marks() != null && secrecy.isSecret(path);
    List<Explanation.Step> steps = new ArrayList<>();
    for (Placeholders.Step step : Placeholders.steps(secrets, path, Outside.PROCESS)) {
      ConfigPath target = step.target();
      Node given = target == null ? null : Nodes.at(snapshot.resolved(), target);
      Node seen = given == NullNode.NULL ? null : given;
      boolean whole = marked && seen != null && !(seen instanceof Scalar); // its own keys say less
      String value =
          reveal
              ? revealed(step, seen)
              : whole ? SecretKeys.MASK : secrecy.show(step, seen, secret);
      Origin origin = target == null || seen == null ? null : Origins.winner(snapshot, target);
      steps.add(new Explanation.Step(step.placeholder(), value, origin));
    }
    return steps;
  }

  private static String revealed(Placeholders.Step step, @Nullable Node seen) {
    return seen == null ? orUnresolved(step) : Secrecy.reveal(seen);
  }

  /** The text that a placeholder gave. */
  static String orUnresolved(Placeholders.Step step) {
    String value = step.value();
    return value == null ? "(unresolved)" : value;
  }

  /**
   * How placeholders gave what is at a path, or how far they were resolved, as problems tell it:
   * masked and brief. Of what names nothing, the problem's message tells.
   */
  static List<Explanation.Step> stepsOfProblem(PublishedSnapshot snapshot, ConfigPath path) {
    if (!leadsToTemplate(snapshot.merged(), path)) {
      return List.of();
    }
    List<Explanation.Step> steps =
        snapshot.resolved().hasTemplates()
            ? unresolved(snapshot, path)
            : steps(snapshot, path, false, new Secrecy(snapshot));
    List<Explanation.Step> brief = new ArrayList<>();
    for (Explanation.Step step : steps.subList(0, Math.min(steps.size(), MOST_STEPS))) {
      String value = TreeText.brief(step.value());
      brief.add(new Explanation.Step(step.placeholder(), value, step.origin()));
    }
    return brief;
  }

  private static boolean leadsToTemplate(Node merged, ConfigPath path) {
    Node node = merged;
    for (int i = 0; i < path.size() && node != null && !Origins.isTemplate(node); i++) {
      node = Nodes.child(node, path, i);
    }
    return Origins.isTemplate(node);
  }

  /** What cannot be resolved shows what is written in the place that it names. */
  private static List<Explanation.Step> unresolved(PublishedSnapshot snapshot, ConfigPath path) {
    PlaceholderSecrets secrets = snapshot.secrets();
    boolean secret = secrets.isSecret(path);
    List<Explanation.Step> steps = new ArrayList<>();
    for (Placeholders.Step step : Placeholders.stepsOfUnresolved(secrets, path)) {
      ConfigPath target = step.target();
      Node written = target == null ? null : Nodes.at(snapshot.merged(), target);
      boolean text = written == null || written instanceof Scalar;
      String value = text ? step.value() : null;
      if (secret || step.secret()) {
        value = SecretKeys.MASK;
      } else if (value == null && target != null && written != null) {
        value = new WrittenSecrets(secrets).show(target, written);
      }
      if (value != null && (step.value() != null || written != null)) {
        Origin origin =
            written == null ? null : Origins.winner(snapshot, Objects.requireNonNull(target));
        steps.add(new Explanation.Step(step.placeholder(), value, origin));
      }
    }
    return steps;
  }
}
