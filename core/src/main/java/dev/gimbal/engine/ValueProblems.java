package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
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

  private static final int MAX_SIBLINGS = 1000;
  private static final int MAX_DISTANCE = 2;
  private static final int MAX_KEY = 100;

  private ValueProblems() {}

  /** The problems of a node that does not convert, each with its place and what it overrides. */
  static List<Problem> conversion(
      PublishedSnapshot snapshot, ConfigPath path, Node node, ConversionException wrong) {
    List<Problem> problems = new ArrayList<>();
    for (ConversionException.Failure failure : wrong.failures()) {
      problems.add(conversion(snapshot, path, node, failure));
    }
    return problems;
  }

  private static Problem conversion(
      PublishedSnapshot snapshot, ConfigPath path, Node node, ConversionException.Failure failure) {
    ConfigPath about = path.resolve(failure.below());
    boolean absent = failure.found() == ConversionException.Found.ABSENT;
    ConfigPath written = written(path, node, failure.below(), failure.text() != null);
    Origin origin = null;
    Origin overrides = null;
    for (Origins.Entry entry : Origins.entries(snapshot, written)) {
      if (entry.outcome() == Explanation.Outcome.WON) {
        origin = entry.origin();
      } else if (origin != null && entry.outcome() != Explanation.Outcome.REMOVED) {
        overrides = entry.origin();
        break;
      }
    }
    boolean secret = isSecret(snapshot, written, failure);
    String message = failure.describe(secret);
    Object meant = absent ? meantKey(snapshot, about, failure) : secret ? null : meant(failure);
    if (meant != null) {
      message += "; did you mean " + meant + "?";
    }
    ErrorCode code = absent ? ErrorCode.ABSENT : ErrorCode.CONVERSION;
    return new Problem(code, about, message, origin, overrides);
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
    Nearest nearest = new Nearest(text.toLowerCase(Locale.ROOT));
    Map<String, String> choices = new LinkedHashMap<>();
    failure.choices().forEach(c -> choices.putIfAbsent(c.toLowerCase(Locale.ROOT), c));
    choices.keySet().forEach(nearest::look);
    return nearest.found == null ? null : choices.get(nearest.found);
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

  /** The problem of a place that has no value, with the key that may have been meant. */
  static Problem absent(PublishedSnapshot snapshot, ConfigPath path) {
    ConfigPath meant = meant(snapshot, path);
    String message = "there is no value";
    if (meant != null) {
      message += "; did you mean " + meant + "?";
    }
    return new Problem(ErrorCode.ABSENT, path, message, null, null);
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
    if (nearest.found != null || bare.found == null) {
      return nearest.found;
    }
    return object.keysNamed(bare.found).stream().filter(mayBe).sorted().findFirst().orElse(null);
  }

  /** The sibling with the fewest edits, the first in order among equals. */
  private static final class Nearest {
    private final String key;
    private int looks;
    private int distance = MAX_DISTANCE + 1;
    private @Nullable String found;

    Nearest(String key) {
      this.key = key;
    }

    void look(String sibling) {
      if (looks++ >= MAX_SIBLINGS || Math.abs(sibling.length() - key.length()) > MAX_DISTANCE) {
        return;
      }
      int edits = key.length() > MAX_KEY ? distance : edits(key, sibling);
      boolean closer =
          edits < distance || edits == distance && found != null && sibling.compareTo(found) < 0;
      if (closer && edits < Math.max(key.length(), sibling.length())) {
        distance = edits;
        found = sibling;
      }
    }
  }

  /** The Levenshtein distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
