package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.InvalidSchemaException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.path.NodePath;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.Validator;
import dev.gimbal.Value;
import dev.gimbal.Verdict;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A validator by a JSON Schema (draft 4, 6, 7, 2019-09 or 2020-12, as its {@code $schema} says;
 * 2020-12 if it says nothing).
 *
 * <pre>{@code
 * Config.builder()
 *     .source(Sources.file("app.yaml"))
 *     .validator("app.schema.json", JsonSchema.read(Path.of("app.schema.json")))
 * }</pre>
 *
 * <p>A text that is a number or a boolean to getters counts as one, because what comes from the
 * environment, from arguments and from properties is text. {@code minimum}, {@code maximum}, {@code
 * exclusiveMinimum}, {@code exclusiveMaximum} and {@code multipleOf} hold for it as for the number;
 * for {@code type}, {@code enum} and {@code const} it is enough that the text passes, or the number
 * or boolean. Where that lets more than one alternative of a {@code oneOf} match, it is enough that
 * exactly one does when all texts there are taken as such, none of them within such a limit, or all
 * as what they say. All other keywords see the text.
 *
 * <p>{@code format} is asserted. References must stay inside the document; nothing is fetched.
 * Messages are in English, and those about secret values name the keyword only. What is {@code
 * writeOnly} is a secret (G11).
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 * @since 0.1.0
 */
public final class JsonSchema implements Validator {

  /** Their messages name keys, never values. */
  private static final Set<String> OF_KEYS =
      Set.of("required", "additionalProperties", "unevaluatedProperties", "dependentRequired");

  private final Schema schema;
  private final List<String> secrets;

  private JsonSchema(Schema schema, List<String> secrets) {
    this.schema = schema;
    this.secrets = secrets;
  }

  /**
   * Reads a schema from a file, in any format that is installed; now, and not again.
   *
   * @throws ConfigException when there is no such file (GIM-011), it cannot be read (GIM-012), does
   *     not follow its format, or is not a schema (GIM-004), with all that is wrong
   */
  public static JsonSchema read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw SchemaErrors.unreadable(file, e);
    }
    String name = file.toString();
    Content content = new Content(name, Formats.extension(name), bytes);
    ReadOptions options = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);
    return of(Formats.installed(List.of()).parse(name, content, options), name);
  }

  /**
   * A schema that was read already.
   *
   * @param name what messages call it
   * @throws ConfigException GIM-004 when it is not a schema, with all that is wrong
   */
  public static JsonSchema of(Document document, String name) {
    JsonNode tree = JsonNodes.of(document.tree());
    JsonNode named = tree.get("$schema");
    String id = named != null && named.isString() ? named.stringValue() : DialectId.DRAFT_2020_12;
    Schema metaschema = metaschema(id);
    if (metaschema == null) {
      throw SchemaErrors.unknownDraft(document, name, id);
    }
    try {
      List<Problem> problems = new ArrayList<>();
      for (Error error : metaschema.validate(tree)) {
        ConfigPath path = path(error.getInstanceLocation());
        Origin origin = document.origins().find(name, path);
        problems.add(
            new Problem(ErrorCode.MALFORMED, path, SchemaErrors.message(error), origin, null));
      }
      if (!problems.isEmpty()) {
        throw new ConfigException(problems, null);
      }
      Schema schema = Drafts.ofConfigurations().getSchema(tree);
      schema.initializeValidators();
      return new JsonSchema(schema, WriteOnly.of(document.tree()));
    } catch (SchemaException e) {
      throw SchemaErrors.unusable(document, name, e);
    }
  }

  /** The schema of schemas of a draft; null if there is no such draft. */
  private static @Nullable Schema metaschema(String id) {
    SchemaRegistry registry = Drafts.ofSchemas();
    try {
      return registry.getSchema(SchemaLocation.of(registry.getDialect(id).getId()));
    } catch (InvalidSchemaException unknown) {
      return null;
    }
  }

  @Override
  public Verdict validate(Snapshot candidate) {
    Node root = Objects.requireNonNull(candidate.root().node(), "a snapshot has a root");
    List<Verdict.Rejection> rejections = new ArrayList<>();
    JsonNode tree = JsonNodes.of(root);
    for (Error error : schema.validate(tree)) {
      ConfigPath path = path(error.getInstanceLocation());
      boolean secret = !OF_KEYS.contains(error.getKeyword()) && isSecret(candidate, path);
      if (error.getProperty() != null && candidate.get(path.child(error.getProperty())).exists()) {
        path = path.child(error.getProperty()); // one that should not be there
      }
      String message =
          secret ? "it does not match \"" + error.getKeyword() + "\"" : SchemaErrors.message(error);
      rejections.add(new Verdict.Rejection(path, message));
    }
    rejections.sort(Comparator.comparing(rejection -> String.valueOf(rejection.path())));
    return new Verdict(rejections.stream().distinct().toList());
  }

  /** What the schema calls {@code writeOnly}. References to other documents are not followed. */
  @Override
  public List<String> secrets() {
    return secrets;
  }

  private static boolean isSecret(Snapshot candidate, ConfigPath path) {
    Value value = candidate.get(path);
    return !Objects.equals(value.node(), value.masked());
  }

  private static ConfigPath path(NodePath location) {
    ConfigPath path = ConfigPath.ROOT;
    for (int i = 0; i < location.getNameCount(); i++) {
      Object segment = location.getElement(i);
      path = segment instanceof Integer index ? path.child(index) : path.child(segment.toString());
    }
    return path;
  }
}
