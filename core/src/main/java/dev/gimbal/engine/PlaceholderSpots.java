package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderParser.Kind;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.PlaceholderParser.Text;
import dev.gimbal.engine.Placeholders.Outside;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the placeholders of a snapshot to the places where values were written, and tells what is
 * secret on the way. Each template is looked at once, and none is resolved again. Used by one
 * thread.
 */
final class PlaceholderSpots {

  /**
   * A place in the merged tree.
   *
   * @param node as merged, or null for a text that a placeholder put together
   * @param secret whether a scalar or list here is secret
   */
  record Spot(ConfigPath path, @Nullable Node node, boolean secret) {

    Spot {
      secret |= node instanceof Scalar scalar && scalar.isSecret();
    }

    /** Whether what stands below cannot be told. */
    boolean isUnknown() {
      return node == null;
    }

    Spot or(boolean more) {
      return secret || !more ? this : new Spot(path, node, true);
    }

    Spot child(String key) {
      Node child = node instanceof ObjectNode object ? object.get(key) : null;
      boolean own = key.isEmpty() ? secret : SecretKeys.isSecret(key);
      return new Spot(path.child(key), child, own || child == null);
    }

    Spot child(int index) {
      Node child = node instanceof ListNode list ? list.get(index) : null;
      return new Spot(path.child(index), child, secret || child == null);
    }
  }

  /**
   * What a template stands for.
   *
   * @param secret whether it names, or is put together from, a secret
   * @param target the place that it takes a node from, or null for a text
   */
  private record Stand(boolean secret, @Nullable ConfigPath target) {
    static final Stand UNKNOWN = new Stand(true, null);
  }

  private final PublishedSnapshot snapshot;
  private final PlaceholderSecrets secrets;
  private final Map<ConfigPath, Stand> stands = new HashMap<>();
  private @Nullable PlaceholderRun run;

  PlaceholderSpots(PublishedSnapshot snapshot) {
    this.snapshot = snapshot;
    this.secrets = snapshot.secrets();
  }

  /** The place that a path leads to, through templates on the way; null where nothing is. */
  @Nullable Spot find(ConfigPath path) {
    ConfigPath wanted = path;
    boolean secret = SecretKeys.isSecret(path);
    boolean marked = secrets.isMarked(path);
    for (int hops = 0; hops <= PlaceholderRun.MAX_DEPTH; hops++) {
      Node node = snapshot.merged();
      int i = 0;
      while (i < wanted.size() && node != null && !Origins.isTemplate(node)) {
        node = Nodes.child(node, wanted, i++);
      }
      if (node == null || node == NullNode.NULL) {
        return null;
      }
      if (i == wanted.size()) {
        return new Spot(wanted, node, secret || marked && node instanceof Scalar);
      }
      Stand stand = stand(wanted.prefix(i), (Scalar) node);
      if (stand.target() == null) {
        return null;
      }
      ConfigPath rest = wanted.suffix(i);
      wanted = stand.target().resolve(rest);
      secret |= SecretKeys.isSecret(wanted) || stand.secret() && hasNoKey(rest);
      marked |= secrets.isMarked(wanted);
    }
    return null;
  }

  /** Whether what a path was marked for must be asked for, as it leads through templates. */
  boolean hasMarks() {
    return secrets.marks() != null;
  }

  /** Whether a path names a secret, be something there or not. */
  boolean names(ConfigPath path) {
    return secrets.isSecret(path);
  }

  /** Whether a path leads only to elements of lists and to the scalars of objects. */
  private static boolean hasNoKey(ConfigPath path) {
    for (int i = 0; i < path.size(); i++) {
      if (!path.isIndex(i) && !path.key(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The place where what readers see at a spot is written, if a template stands there. */
  Spot through(Spot spot) {
    Spot at = spot;
    for (int hops = 0; hops <= PlaceholderRun.MAX_DEPTH; hops++) {
      if (!(at.node() instanceof Scalar template) || !template.hasTemplates()) {
        return at;
      }
      Stand stand = stand(at.path(), template);
      Spot next = stand.target() == null ? null : find(stand.target());
      boolean secret = at.secret() || stand.secret();
      if (next == null) {
        return new Spot(at.path(), null, secret);
      }
      at = next.or(secret);
    }
    return new Spot(at.path(), null, true);
  }

  /** Whether the text of what stands here is, or holds, a secret. */
  boolean isSecretText(Spot spot) {
    Spot at = through(spot);
    while (!at.secret() && at.node() instanceof ObjectNode object && object.get("") != null) {
      at = through(at.child(""));
    }
    return at.secret();
  }

  private Stand stand(ConfigPath at, Scalar template) {
    Stand stand = stands.get(at);
    if (stand == null) {
      stands.put(at, Stand.UNKNOWN);
      stand = new Reader(at, template).stand();
      stands.put(at, stand);
    }
    return stand;
  }

  /** Reads one template. */
  private final class Reader {
    private final ConfigPath at;
    private final Scalar template;

    Reader(ConfigPath at, Scalar template) {
      this.at = at;
      this.template = template;
    }

    Stand stand() {
      List<Part> parts;
      try {
        parts = PlaceholderParser.parse(template.text());
      } catch (PlaceholderParser.TooDeep notRead) {
        return Stand.UNKNOWN;
      }
      boolean secret = false;
      Ref only = PlaceholderParser.only(parts);
      while (only != null) {
        ConfigPath path = path(only);
        secret |= names(only, path);
        if (path != null && isThere(path)) {
          return new Stand(secret, path);
        }
        List<Part> fallback = only.fallback();
        if (fallback == null || only.kind() != Kind.PATH && isSet(only)) {
          return new Stand(secret, null);
        }
        parts = fallback;
        only = PlaceholderParser.only(parts);
      }
      return new Stand(secret || holds(parts), null);
    }

    /** Whether one of the parts of a text gives it a secret. */
    private boolean holds(List<Part> parts) {
      for (Part part : parts) {
        if (part instanceof Ref ref && holds(ref)) {
          return true;
        }
      }
      return false;
    }

    private boolean holds(Ref ref) {
      ConfigPath path = path(ref);
      if (names(ref, path)) {
        return true;
      }
      Spot spot = path == null || !isThere(path) ? null : find(path);
      if (spot != null) {
        return isSecretText(spot);
      }
      List<Part> fallback = ref.fallback();
      return fallback != null && (ref.kind() == Kind.PATH || !isSet(ref)) && holds(fallback);
    }

    /** Whether what a placeholder names is secret, or its name is put together from secrets. */
    private boolean names(Ref ref, @Nullable ConfigPath path) {
      boolean own =
          path == null
              ? ref.kind() == Kind.PATH || SecretKeys.isSecret(ref.written())
              : isThere(path) ? secrets.isSecret(path) : secrets.at(path);
      return own || holds(ref.name());
    }

    private boolean isThere(ConfigPath path) {
      Node node = Nodes.at(snapshot.resolved(), path);
      return node != null && node != NullNode.NULL;
    }

    /** The path of a placeholder; null for a name outside the tree, or where it cannot be told. */
    private @Nullable ConfigPath path(Ref ref) {
      if (ref.kind() != Kind.PATH) {
        return null;
      }
      try {
        if (ref.name().size() == 1 && ref.name().get(0) instanceof Text name) {
          return ConfigPath.parse(name.text());
        }
        return evaluating(() -> run().texts().path(ref));
      } catch (ConfigException notAPath) {
        return null;
      }
    }

    /** Whether a name outside the tree has a value. */
    private boolean isSet(Ref ref) {
      return evaluating(() -> run().texts().outside(ref)) != null;
    }

    private <T> @Nullable T evaluating(Supplier<@Nullable T> asks) {
      PlaceholderRun run = run();
      run.begin(run.cell(at, template));
      try {
        return asks.get();
      } catch (PlaceholderCell.Stop notTold) {
        return null;
      } finally {
        run.end();
      }
    }
  }

  private PlaceholderRun run() {
    PlaceholderRun made = run;
    if (made == null) {
      made = PlaceholderRun.of(secrets, Outside.PROCESS);
      run = made;
    }
    return made;
  }
}
