package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.engine.PlaceholderCell.Place;
import dev.gimbal.engine.PlaceholderCell.Target;
import dev.gimbal.engine.PlaceholderParser.Kind;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.PlaceholderParser.Text;
import dev.gimbal.engine.Placeholders.Outside;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one run: the name that a placeholder puts together, what stands outside the tree,
 * what stands among other text, and how a message shows it. Used by the run's thread.
 */
final class PlaceholderText {

  /** Characters of a text that is put together. */
  static final int MAX_TEXT = 1 << 20;

  private final PlaceholderRun run;
  private final PlaceholderSecrets secrets;
  private final Outside outside;

  PlaceholderText(PlaceholderRun run, PlaceholderSecrets secrets, Outside outside) {
    this.run = run;
    this.secrets = secrets;
    this.outside = outside;
  }

  /** The text of a name outside the tree, or null; also null for a path. */
  @Nullable String outside(Ref ref) {
    if (ref.kind() == Kind.PATH) {
      return null;
    }
    if (ref.kind() == Kind.SECRET) {
      throw run.stop(
          ErrorCode.PLACEHOLDER,
          written(ref) + " is reserved; a source marked .secret() gives secrets");
    }
    boolean environment = ref.kind() == Kind.ENV;
    if (run.frame().template.template() != Scalar.Template.ALL) {
      throw run.stop(
          ErrorCode.PLACEHOLDER,
          written(ref)
              + " stands in a remote document, which does not see "
              + (environment ? "the environment" : "system properties"));
    }
    String name = name(ref);
    if (name.isEmpty()) {
      return null;
    }
    String text = environment ? outside.environment(name) : outside.systemProperty(name);
    if (text != null
        && text.stripLeading().startsWith(EncryptedValue.BEGIN) // loads no class
        && EncryptedValue.isMeantForKnownAlgorithm(text)) {
      throw run.stop(
          ErrorCode.PLACEHOLDER,
          written(ref)
              + " is encrypted; "
              + (environment ? "an env" : "a sys")
              + " source reads it");
    }
    return text;
  }

  /** The place a placeholder names, whether something is there or not. */
  ConfigPath path(Ref ref) {
    try {
      ConfigPath path = ConfigPath.parse(name(ref));
      if (!path.isRoot()) {
        return path;
      }
    } catch (ConfigException notAPath) {
      // said below
    }
    throw run.stop(ErrorCode.PLACEHOLDER, "what " + written(ref) + " puts together is not a path");
  }

  /** The name that a placeholder puts together. */
  String name(Ref ref) {
    StringBuilder name = new StringBuilder();
    for (Part part : ref.name()) {
      if (part instanceof Ref inner) {
        String text = of(inner);
        append(name, inner.quoted() ? escaped(text) : text);
      } else {
        append(name, ((Text) part).text());
      }
    }
    return name.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** What parts come to, side by side. */
  String of(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      append(text, part instanceof Ref ref ? of(ref) : ((Text) part).text());
    }
    return text.toString();
  }

  private void append(StringBuilder text, String more) {
    if (text.length() + more.length() > MAX_TEXT) {
      throw run.stop(ErrorCode.LIMIT, "resolves to more than " + MAX_TEXT + " characters");
    }
    text.append(more);
  }

  /** The text of a placeholder that stands among other text. */
  private String of(Ref ref) {
    Target target = run.target(ref);
    Place place = target.place();
    if (place == null) {
      return of(target.text());
    }
    while (place.node() instanceof ObjectNode object && object.get("") != null) {
      place = new Place(place.path().child(""), object.get(""));
    }
    Node node = place.node() instanceof Scalar ? run.node(place) : place.node();
    while (node instanceof ObjectNode object && object.get("") != null) {
      node = object.get("");
    }
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    throw run.stop(
        ErrorCode.PLACEHOLDER,
        written(ref)
            + " stands inside text, but names "
            + (node instanceof ObjectNode ? "an object" : "a list")
            + " (expected: a string, a number or a boolean)");
  }

  /**
   * Whether the name of a placeholder is put together from secrets, so that no message shows it.
   */
  boolean showsSecret(Ref ref) {
    return secrets.in(ref.name());
  }

  /** A placeholder as written, for messages. */
  String written(Ref ref) {
    return new WrittenSecrets(secrets).show(ref);
  }
}
