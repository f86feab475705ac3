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
 * Tells which paths are secret, be something there or not, and whether a text may be put together
 * from secrets: from values whose key, or whose name outside the tree, says so, or that are marked,
 * directly or through others. Evaluates nothing; what it cannot tell without that counts as secret.
 * Used by one thread.
 */
final class PlaceholderSecrets {

  private final ObjectNode merged;
  private final @Nullable SecretPaths marks;

  /** Those that the present question has led to. */
  private final Set<ConfigPath> asked = new HashSet<>();

  /**
   * @param marks what patterns and types say, or null
   */
  PlaceholderSecrets(ObjectNode merged, @Nullable SecretPaths marks) {
    this.merged = merged;
    this.marks = marks;
  }

  ObjectNode merged() {
    return merged;
  }

  @Nullable SecretPaths marks() {
    return marks;
  }

  /** Whether a path is secret: its own key, a pattern or a type says so. */
  boolean isSecret(ConfigPath path) {
    return SecretKeys.isSecret(path) || isMarked(path);
  }

  /** Whether a pattern or a type says that a path is secret. */
  boolean isMarked(ConfigPath path) {
    return marks != null && marks.covers(path);
  }

  /** Whether one of these parts may hold a secret. */
  boolean in(List<Part> parts) {
    asked.clear();
    return anyIn(parts);
  }

  /** Whether what is at a path may be, or hold, a secret; an object by its own key only. */
  boolean at(ConfigPath path) {
    asked.clear();
    return leadsTo(path);
  }

  /** Whether a placeholder names a secret: by its path, or by all words of it. */
  boolean names(Ref ref) {
    ConfigPath path = path(ref);
    return path != null && isSecret(path) || !isPlain(ref) && SecretKeys.isSecret(ref.written());
  }

  /** Whether a placeholder is a path without inner ones, whose own key alone counts. */
  private static boolean isPlain(Ref ref) {
    return ref.kind() == Kind.PATH && ref.name().size() == 1 && ref.name().get(0) instanceof Text;
  }

  /** Whether the default of a placeholder stands for what may be a secret. */
  boolean ofDefault(Ref ref) {
    ConfigPath path = path(ref);
    return names(ref) || (path == null ? ref.kind() == Kind.PATH : at(path));
  }

  private boolean anyIn(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Ref ref && in(ref)) {
        return true;
      }
    }
    return false;
  }

  private boolean in(Ref ref) {
    List<Part> fallback = ref.fallback();
    if (names(ref) || anyIn(ref.name()) || (fallback != null && anyIn(fallback))) {
      return true;
    }
    ConfigPath path = path(ref);
    return path == null ? ref.kind() == Kind.PATH : leadsTo(path);
  }

  /** The path of a placeholder; null for a name outside the tree, or where it cannot be told. */
  private @Nullable ConfigPath path(Ref ref) {
    String name = ref.kind() == Kind.PATH ? text(ref.name()) : null;
    try {
      return name == null ? null : ConfigPath.parse(name);
    } catch (ConfigException notAPath) {
      return null;
    }
  }

  /** A text that is put together from plain values only, or null. */
  private @Nullable String text(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String more = part instanceof Ref ref ? text(ref) : ((Text) part).text();
      if (more == null) {
        return null;
      }
      text.append(more);
    }
    return text.toString();
  }

  private @Nullable String text(Ref ref) {
    ConfigPath path = ref.quoted() ? null : path(ref);
    Node node = path == null ? null : Nodes.at(merged, path);
    return node instanceof Scalar plain && !plain.hasTemplates() ? plain.text() : null;
  }

  private boolean leadsTo(ConfigPath path) {
    if (isSecret(path)) {
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
    ConfigPath path = only == null ? null : path(only);
    return anyIn(parts) || (path != null && leadsTo(path.resolve(rest)));
  }
}
