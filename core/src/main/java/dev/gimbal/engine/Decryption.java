package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.Variables;
import dev.gimbal.text.Causes;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts what a source said before it goes to the lane: key providers may wait, and the lane
 * never does. What was encrypted is a secret from then on. Used by one thread, for one thing that
 * was said.
 */
final class Decryption {

  /**
   * What decrypts for a Config. Immutable.
   *
   * @param wanted whether encrypted values are decrypted at all; else they are texts
   * @param providers asked in this order; the first that has a key gives it
   */
  record Keys(boolean wanted, List<KeyProvider> providers) {
    static final Keys NONE = new Keys(true, List.of());

    Keys {
      providers = List.copyOf(providers);
    }
  }

  /** A key, or why there is none. */
  private record Found(@Nullable EncryptionKey key, String why) {}

  private final SourceSession session;
  private final Keys given;
  private final Map<String, Found> keys = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param session whose values
   */
  Decryption(SourceSession session, Keys given) {
    this.session = session;
    this.given = given;
  }

  /**
   * The document with texts in place of encrypted values. What is a secret before is none of them:
   * it was decrypted.
   *
   * @throws ConfigException GIM-027 with each that does not decrypt
   */
  Document document(Document document) {
    return given.wanted()
            && document.origins().mayHold(EncryptedValue.BEGIN)
            && isAnyMeant(document.tree())
        ? inTime(() -> decrypted(document))
        : document;
  }

  private Document decrypted(Document document) {
    Function<ConfigPath, @Nullable Origin> origin =
        path -> document.origins().find(session.name(), path);
    Node tree =
        Nodes.mapScalars(document.tree(), (path, scalar) -> decrypted(path, scalar, origin));
    throwProblems();
    return tree == document.tree()
        ? document
        : new Document((ObjectNode) tree, document.origins(), document.warnings());
  }

  /**
   * The patch with texts in place of encrypted values.
   *
   * @throws ConfigException GIM-027 with each that does not decrypt
   */
  Patch patch(Patch patch) {
    return given.wanted() && isAnyMeant(patch) ? inTime(() -> decrypted(patch)) : patch;
  }

  private Patch decrypted(Patch patch) {
    List<Patch.Op> ops = new ArrayList<>();
    for (Patch.Op op : patch.ops()) {
      ops.add(op instanceof Patch.Set set ? set(set) : op);
    }
    throwProblems();
    return new Patch(ops);
  }

  private Patch.Set set(Patch.Set set) {
    Node value =
        Nodes.mapScalars(
            set.value(),
            (below, scalar) ->
                decrypted(set.path().resolve(below), scalar, path -> Origin.of(session.name())));
    return new Patch.Set(set.path(), value);
  }

  /**
   * The variables with texts in place of encrypted values. Such a value is bound to the name of its
   * variable where it is an environment's, to its path elsewhere.
   *
   * @throws ConfigException GIM-027 with each that does not decrypt
   */
  Variables variables(Variables variables) {
    return given.wanted() && isAnyMeant(variables) ? inTime(() -> decrypted(variables)) : variables;
  }

  private Variables decrypted(Variables variables) {
    Map<String, String> values = new HashMap<>(variables.values());
    Set<String> secrets = new HashSet<>(variables.secrets());
    for (Map.Entry<String, String> variable : new TreeMap<>(variables.values()).entrySet()) {
      if (isMeant(variables, variable.getValue())) {
        String name = variable.getKey();
        String whole = variables.prefix() + name;
        String boundTo = variables.style() == Variables.Style.ENVIRONMENT ? whole : name;
        values.put(
            name,
            text(variable.getValue(), boundTo, null, new Origin(session.name(), whole, 0, 0)));
        secrets.add(name);
      }
    }
    throwProblems();
    return new Variables(
        variables.style(), variables.prefix(), values, variables.onlyKnownKeys(), secrets);
  }

  /** Looks at no class that is for encrypted values only, which most starts do without. */
  private static boolean isAnyMeant(Variables variables) {
    for (String value : variables.values().values()) {
      if (mayBeMeant(value)) {
        return true;
      }
    }
    return false;
  }

  /** Loads no class; blanks before it do not count. */
  private static boolean mayBeMeant(String text) {
    return text.stripLeading().startsWith(EncryptedValue.BEGIN);
  }

  /**
   * Of an environment that others have a part in, a value of another tool's is left as it is: this
   * is no problem as long as no key stands for it.
   */
  private static boolean isMeant(Variables variables, String value) {
    return variables.onlyKnownKeys()
        ? EncryptedValue.isMeantForKnownAlgorithm(value)
        : EncryptedValue.isMeant(value);
  }

  private static boolean isMeant(Scalar scalar) {
    return scalar.kind() == Scalar.Kind.STRING
        && mayBeMeant(scalar.text())
        && !scalar.isSecret()
        && EncryptedValue.isMeant(scalar.text());
  }

  /** Most of what is said has none: this makes no paths. */
  private static boolean isAnyMeant(Node node) {
    if (node instanceof Scalar scalar) {
      return isMeant(scalar);
    }
    if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        if (isAnyMeant(element)) {
          return true;
        }
      }
      return false;
    }
    if (!(node instanceof ObjectNode object)) {
      return false;
    }
    boolean[] any = new boolean[1];
    object.forEach((key, child) -> any[0] |= isAnyMeant(child));
    return any[0];
  }

  private static boolean isAnyMeant(Patch patch) {
    for (Patch.Op op : patch.ops()) {
      if (op instanceof Patch.Set set && isAnyMeant(set.value())) {
        return true;
      }
    }
    return false;
  }

  private Scalar decrypted(
      ConfigPath path, Scalar scalar, Function<ConfigPath, @Nullable Origin> origin) {
    return isMeant(scalar)
        ? Scalar.string(text(scalar.text(), path.toString(), path, origin.apply(path))).asSecret()
        : scalar;
  }

  /** The text of an encrypted value; anything where that is a problem. */
  private String text(
      String written, String boundTo, @Nullable ConfigPath path, @Nullable Origin origin) {
    String why;
    try {
      EncryptedValue value = EncryptedValue.parse(written);
      Found found = keys.computeIfAbsent(value.keyId(), this::find);
      if (found.key() != null) {
        return value.decrypt(found.key(), boundTo);
      }
      EncryptionAlgorithm.named(value.algorithm()); // or says that its module is missing
      why = found.why();
    } catch (IllegalArgumentException e) {
      why = String.valueOf(e.getMessage());
    }
    problems.add(
        new Problem(
            ErrorCode.DECRYPTION, path == null ? ConfigPath.ROOT : path, why, origin, null));
    return "";
  }

  private Found find(String id) {
    if (given.providers().isEmpty()) {
      return new Found(null, "it is encrypted with key \"" + id + "\", and no keys were given");
    }
    List<String> failures = new ArrayList<>();
    for (KeyProvider provider : given.providers()) {
      try {
        Optional<EncryptionKey> key = provider.find(id);
        if (key.isPresent()) {
          return new Found(key.get(), "");
        }
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        failures.add(e.getClass().getName());
      }
    }
    String none = "it is encrypted with key \"" + id + "\", which is none of those that were given";
    return new Found(null, failures.isEmpty() ? none : String.join("; ", failures));
  }

  /** Key providers may wait, but not for ever, and they are told when they call back. */
  private <T> T inTime(Supplier<T> decrypting) {
    if (session.isClosed()) {
      throw new ConfigException(ErrorCode.SOURCE_FAILED, "the source is closed");
    }
    return session.inTime(Origin.of(session.name()), "decrypting did not finish", decrypting);
  }

  private void throwProblems() {
    if (!problems.isEmpty()) {
      throw Causes.failure(problems);
    }
  }
}
