package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.util.HashSet;
import java.util.Set;

/**
 * Which values of a snapshot are secret: by their key, or because a placeholder put a secret into
 * them. Shows values as text with the secrets masked. Used by one thread.
 */
final class Secrecy {

  private final PublishedSnapshot snapshot;
  private final Set<ConfigPath> asked = new HashSet<>();

  Secrecy(PublishedSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Whether what readers see at this path is, or holds, a secret. */
  boolean isSecret(ConfigPath path) {
    asked.clear();
    return holdsSecret(path);
  }

  private boolean holdsSecret(ConfigPath path) {
    if (SecretKeys.isSecret(path)) {
      return true;
    }
    int depth = Origins.templateDepth(snapshot.merged(), path);
    ConfigPath written = path.prefix(depth);
    if (!asked.add(path) || !Origins.isTemplate(Nodes.at(snapshot.merged(), written))) {
      return false;
    }
    for (Placeholders.Step step : Placeholders.steps(snapshot.merged(), written)) {
      ConfigPath target = step.target();
      if (SecretKeys.isSecret(step.placeholder())
          || target != null && holdsSecret(target.resolve(path.suffix(depth)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a placeholder stands for a secret. */
  boolean isSecret(Placeholders.Step step) {
    ConfigPath target = step.target();
    return step.secretDefault()
        || SecretKeys.isSecret(step.placeholder())
        || target != null && isSecret(target);
  }

  /** What readers see at a path, in one line: a scalar as its text, else like JSON. */
  String show(ConfigPath path, Node node) {
    if (isSecret(path)) {
      return SecretKeys.MASK;
    }
    return new TreeText(this, path).of(node);
  }

  /** A node as it is written in a layer: placeholders as they stand, secret keys masked. */
  static String showWritten(ConfigPath path, Node node) {
    return SecretKeys.isSecret(path) ? SecretKeys.MASK : new TreeText(true).of(node);
  }

  /** A node with its secrets. */
  static String reveal(Node node) {
    return new TreeText(false).of(node);
  }
}
