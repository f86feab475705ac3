package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderParser.Kind;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.PlaceholderParser.Text;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a text may be put together from secrets: from values whose key, or whose name
 * outside the tree, says so, directly or through others. Evaluates nothing; what it cannot tell
 * without that counts as secret. Used by one thread, for one text.
 */
final class PlaceholderSecrets {

  private final ObjectNode merged;
  private final Set<ConfigPath> asked = new HashSet<>();

  PlaceholderSecrets(ObjectNode merged) {
    this.merged = merged;
  }

  /** Whether one of these parts may hold a secret. */
  boolean in(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Ref ref && in(ref)) {
        return true;
      }
    }
    return false;
  }

  private boolean in(Ref ref) {
    List<Part> fallback = ref.fallback();
    if (names(ref) || (fallback != null && in(fallback))) {
      return true;
    }
    if (ref.kind() != Kind.PATH) {
      return in(ref.name());
    }
    ConfigPath path = path(ref);
    return path == null || at(path);
  }

  /**
   * Whether a placeholder names a secret: by the own key of its path; by all words of a name
   * outside the tree, and of a path that holds placeholders.
   */
  static boolean names(Ref ref) {
    ConfigPath path = ref.kind() == Kind.PATH ? path(ref) : null;
    return path == null ? SecretKeys.isSecret(ref.written()) : SecretKeys.isSecret(path);
  }

  /** The path of a placeholder without inner ones, or null. */
  private static @Nullable ConfigPath path(Ref ref) {
    if (ref.name().size() != 1 || !(ref.name().get(0) instanceof Text name)) {
      return null;
    }
    try {
      return ConfigPath.parse(name.text());
    } catch (ConfigException notAPath) {
      return null;
    }
  }

  /** Whether what is at a path may be, or hold, a secret; an object by its own key only. */
  boolean at(ConfigPath path) {
    if (SecretKeys.isSecret(path)) {
      return true;
    }
    if (asked.size() >= PlaceholderRun.MAX_DEPTH) {
      return true;
    }
    if (!asked.add(path)) {
      return false;
    }
    Node node = merged;
    for (int i = 0; node != null; i++) {
      if (node instanceof Scalar scalar) {
        return scalar.isSecret() || scalar.hasTemplates() && in(scalar, path.suffix(i));
      }
      if (i == path.size()) {
        return false;
      }
      node = Nodes.child(node, path, i);
    }
    return false;
  }

  /** Whether what lies at the rest of a path, below a template, may hold a secret. */
  private boolean in(Scalar template, ConfigPath rest) {
    List<Part> parts;
    try {
      parts = PlaceholderParser.parse(template.text());
    } catch (PlaceholderParser.TooDeep notRead) {
      return true;
    }
    Ref only = PlaceholderParser.only(parts);
    ConfigPath path = only == null || only.kind() != Kind.PATH ? null : path(only);
    return in(parts) || (path != null && at(path.resolve(rest)));
  }
}
