package dev.gimbal.bind;

import dev.gimbal.ConfigPath;
import dev.gimbal.bind.ConversionException.Failure;
import dev.gimbal.bind.ConversionException.Found;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong with the parts of one node, until there is too much of it. Used by one thread. */
final class Failures {

  /** Nobody reads more. */
  static final int MOST = 100;

  private final List<Failure> all = new ArrayList<>();

  /** One failure, of the node itself. */
  static ConversionException wrong(Node node, String expected) {
    return wrong(node, expected, List.of(), null);
  }

  /** The same; of a secret the reason is left out, which may hold it. */
  static ConversionException wrong(
      Node node, String expected, List<String> choices, @Nullable String reason) {
    Scalar scalar = Conversions.scalar(node);
    String text = scalar == null || scalar.isSecret() ? null : scalar.text();
    return of(found(node, scalar), text, expected, choices, holdsSecret(node) ? null : reason);
  }

  /** One failure, of a node whose text is not what is wrong with it. */
  static ConversionException wrongWhole(Node node, String expected, String reason) {
    return of(found(node, null), null, expected, List.of(), holdsSecret(node) ? null : reason);
  }

  private static ConversionException of(
      Found found,
      @Nullable String text,
      String expected,
      List<String> choices,
      @Nullable String reason) {
    return new ConversionException(
        List.of(new Failure(ConfigPath.ROOT, found, text, expected, choices, reason)));
  }

  private static boolean holdsSecret(Node node) {
    boolean[] any = new boolean[1];
    Nodes.mapScalars(
        node,
        (path, scalar) -> {
          any[0] |= scalar.isSecret();
          return scalar;
        });
    return any[0];
  }

  /**
   * Nothing is there.
   *
   * @param choices keys that may have been written in the place of the first that is missing
   */
  static ConversionException absent(
      String expected, List<String> choices, @Nullable String reason) {
    return new ConversionException(
        List.of(new Failure(ConfigPath.ROOT, Found.ABSENT, null, expected, choices, reason)));
  }

  /** What is absent, with the keys that may have been written in the place of what it stands in. */
  static ConversionException offering(ConversionException wrong, List<String> choices) {
    List<Failure> failures = new ArrayList<>();
    for (Failure failure : wrong.failures()) {
      failures.add(failure.found() == Found.ABSENT ? failure.offering(choices) : failure);
    }
    return new ConversionException(failures);
  }

  private static Found found(Node node, @Nullable Scalar scalar) {
    if (scalar != null) {
      return scalar.kind() == Scalar.Kind.STRING ? Found.STRING : Found.PLAIN;
    }
    if (node instanceof ObjectNode) {
      return Found.OBJECT;
    }
    return node == NullNode.NULL ? Found.NULL : Found.LIST;
  }

  /** Takes a part of a node. */
  interface Step {
    void take(Node part) throws ConversionException;
  }

  /** Takes a member of an object. */
  interface MemberStep {
    void take(String key, Node member) throws ConversionException;
  }

  /** Goes through the elements of a list; in the end throws what is wrong with them. */
  static void ofElements(List<Node> elements, Step step) throws ConversionException {
    Failures failures = new Failures();
    for (int i = 0; i < elements.size() && !failures.isFull(); i++) {
      try {
        step.take(elements.get(i));
      } catch (ConversionException e) {
        failures.addAll(ConfigPath.ROOT.child(i), e);
      }
    }
    failures.throwIfAny();
  }

  /** The same for the members of an object, in the order of their keys. */
  static void ofMembers(ObjectNode object, MemberStep step) throws ConversionException {
    Failures failures = new Failures();
    for (String key : object.keys()) {
      try {
        step.take(key, Objects.requireNonNull(object.get(key)));
      } catch (ConversionException e) {
        failures.addAll(ConfigPath.ROOT.child(key), e);
      }
      if (failures.isFull()) {
        break;
      }
    }
    failures.throwIfAny();
  }

  void addAll(ConfigPath part, ConversionException wrong) {
    for (Failure failure : wrong.failures()) {
      if (!isFull()) {
        all.add(failure.under(part));
      }
    }
  }

  /** Keys of an object that mean the same: each is wrong. */
  void addTooMany(ObjectNode object, List<String> keys) {
    String expected = "only one of the keys " + String.join(", ", keys);
    for (String key : keys) {
      addAll(ConfigPath.ROOT.child(key), wrong(Objects.requireNonNull(object.get(key)), expected));
    }
  }

  boolean isFull() {
    return all.size() >= MOST;
  }

  void throwIfAny() throws ConversionException {
    if (!all.isEmpty()) {
      throw new ConversionException(all);
    }
  }
}
