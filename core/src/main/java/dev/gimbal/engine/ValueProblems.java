package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.text.Nearest;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is wrong with a value that a getter, or a declared key, asks for. */
final class ValueProblems {

  private ValueProblems() {}

  /**
   * The problems of a node that does not convert, each with its place and what it overrides.
   *
   * @param asked what it was to become; what that says is secret is masked, declared or not
   */
  static List<Problem> conversion(
      PublishedSnapshot snapshot,
      ConfigPath path,
      Node node,
      ConversionException wrong,
      Type asked) {
    SecretPaths members =
        SecretMembers.with(null, new Declaration.Key(path, asked), snapshot.conversions());
    List<Problem> problems = new ArrayList<>();
    for (ConversionException.Failure failure : wrong.failures()) {
      problems.add(conversion(snapshot, path, node, failure, members));
    }
    return problems;
  }

  private static Problem conversion(
      PublishedSnapshot snapshot,
      ConfigPath path,
      Node node,
      ConversionException.Failure failure,
      @Nullable SecretPaths members) {
    ConfigPath about = path.resolve(failure.below());
    boolean absent = failure.found() == ConversionException.Found.ABSENT;
    ConfigPath written = written(path, node, failure.below(), failure.text() != null);
    Origin origin = null;
    List<Origin> overridden = new ArrayList<>();
    for (Origins.Entry entry : Origins.entries(snapshot, written)) {
      if (entry.outcome() == Explanation.Outcome.WON) {
        origin = entry.origin();
      } else if (origin != null && entry.outcome() != Explanation.Outcome.REMOVED) {
        overridden.add(entry.origin());
      }
    }
    boolean isMember = isMember(snapshot, written, failure, members);
    boolean secret = isMember || isSecret(snapshot, written, failure);
    String message = failure.describe(secret);
    Object meant = absent ? meantKey(snapshot, about, failure) : secret ? null : meant(failure);
    if (meant != null) {
      message += "; did you mean " + meant + "?";
    }
    ErrorCode code = absent ? ErrorCode.ABSENT : ErrorCode.CONVERSION;
    String suggestion = meant == null ? null : meant.toString();
    List<Explanation.Step> steps = Explainer.stepsOfProblem(snapshot, absent ? about : written);
    return new Problem(
        code,
        about,
        message,
        origin,
        overridden.isEmpty() ? null : overridden.get(0),
        new Problem.Details(
            absent ? null : found(failure, secret),
            failure.expected(),
            suggestion,
            overridden,
            isMember ? steps.stream().map(ValueProblems::masked).toList() : steps,
            null,
            null));
  }

  /** What its description says was found. */
  private static String found(ConversionException.Failure failure, boolean secret) {
    ConversionException.Failure bare =
        new ConversionException.Failure(
            failure.below(),
            failure.found(),
            failure.text(),
            failure.expected(),
            failure.choices(),
            null);
    String text = bare.describe(secret);
    String after = ", expected " + failure.expected();
    return text.substring("found ".length(), text.length() - after.length());
  }

  private static Explanation.Step masked(Explanation.Step step) {
    return new Explanation.Step(step.placeholder(), SecretKeys.MASK, step.origin());
  }

  /**
   * Whether the type that was asked for says that the value is secret, or one that a reason of it
   * may hold.
   */
  private static boolean isMember(
      PublishedSnapshot snapshot,
      ConfigPath written,
      ConversionException.Failure failure,
      @Nullable SecretPaths members) {
    if (members == null) {
      return false;
    }
    Node node = Nodes.at(snapshot.resolved(), written);
    return members.covers(written)
        || failure.reason() != null && node != null && members.coversIn(written, node);
  }

  /** Whether the value is secret; for what was said of an object, whether any below it is. */
  private static boolean isSecret(
      PublishedSnapshot snapshot, ConfigPath written, ConversionException.Failure failure) {
    Secrecy secrecy = new Secrecy(snapshot);
    Node node = Nodes.at(snapshot.resolved(), written);
    return secrecy.isSecret(written)
        || failure.reason() != null
            && node instanceof ObjectNode
            && !secrecy.mask(written, node).equals(node);
  }

  private static @Nullable ConfigPath meantKey(
      PublishedSnapshot snapshot, ConfigPath path, ConversionException.Failure failure) {
    return meant(snapshot, path, Set.copyOf(failure.choices())::contains);
  }

  /** The only choice, or the one most like the text that was found, without regard to case. */
  private static @Nullable String meant(ConversionException.Failure failure) {
    String text = failure.text();
    if (text == null || failure.choices().size() == 1) {
      return text == null ? null : failure.choices().get(0);
    }
    Map<String, String> choices = new LinkedHashMap<>();
    failure.choices().forEach(c -> choices.putIfAbsent(c.toLowerCase(Locale.ROOT), c));
    String nearest = Nearest.of(text.toLowerCase(Locale.ROOT), choices.keySet());
    return nearest == null ? null : choices.get(nearest);
  }

  /**
   * The place that holds what is read below a path: for a part of a text, that text's.
   *
   * @param scalar whether the scalar of an object is what is read of it
   */
  private static ConfigPath written(ConfigPath path, Node node, ConfigPath below, boolean scalar) {
    ConfigPath place = below;
    while (!place.isRoot() && Nodes.at(node, place) == null) {
      place = place.parent();
    }
    ConfigPath written = path.resolve(place);
    return scalar && hasOwnScalar(Nodes.at(node, place)) ? written.child("") : written;
  }

  private static boolean hasOwnScalar(@Nullable Node node) {
    return node instanceof ObjectNode object && object.get("") instanceof Scalar;
  }

  /**
   * The problem of a place that has no value, with the key that may have been meant.
   *
   * @param expected what the type takes that was asked for
   */
  static Problem absent(PublishedSnapshot snapshot, ConfigPath path, String expected) {
    ConfigPath meant = meant(snapshot, path);
    String message =
        new ConversionException.Failure(
                ConfigPath.ROOT, ConversionException.Found.ABSENT, null, expected, List.of(), null)
            .describe(false);
    if (meant != null) {
      message += "; did you mean " + meant + "?";
    }
    String suggestion = meant == null ? null : meant.toString();
    return new Problem(
        ErrorCode.ABSENT,
        path,
        message,
        null,
        null,
        new Problem.Details(
            null,
            expected,
            suggestion,
            List.of(),
            Explainer.stepsOfProblem(snapshot, path),
            null,
            null));
  }

  /**
   * The path with its first missing key replaced by the sibling that is most like it; null where
   * nothing is there either.
   */
  static @Nullable ConfigPath meant(PublishedSnapshot snapshot, ConfigPath path) {
    return meant(snapshot, path, key -> true);
  }

  private static @Nullable ConfigPath meant(
      PublishedSnapshot snapshot, ConfigPath path, Predicate<String> mayBe) {
    ObjectNode root = snapshot.resolved();
    Node node = root;
    for (int i = 0; i < path.size() && node != null; i++) {
      Node child = Nodes.child(node, path, i);
      if (child == null && node instanceof ObjectNode object && !path.isIndex(i)) {
        String key = nearest(object, path.key(i), mayBe);
        if (key == null) {
          return null;
        }
        ConfigPath meant = path.prefix(i).child(key).resolve(path.suffix(i + 1));
        return Nodes.at(root, meant) == null ? null : meant;
      }
      node = child;
    }
    return null;
  }

  private static @Nullable String nearest(ObjectNode object, String key, Predicate<String> mayBe) {
    for (String sameName : object.keysNamed(ObjectNode.bareName(key))) {
      if (mayBe.test(sameName)) {
        return sameName;
      }
    }
    Nearest nearest = new Nearest(key);
    Nearest bare = new Nearest(ObjectNode.bareName(key));
    object.forEach(
        (sibling, child) -> {
          if (mayBe.test(sibling)) {
            nearest.look(sibling);
            bare.look(ObjectNode.bareName(sibling));
          }
        });
    String bareName = bare.found();
    if (nearest.found() != null || bareName == null) {
      return nearest.found();
    }
    return object.keysNamed(bareName).stream().filter(mayBe).sorted().findFirst().orElse(null);
  }
}
