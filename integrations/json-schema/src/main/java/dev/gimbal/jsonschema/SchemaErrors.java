package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How what is wrong with a schema itself is told. */
final class SchemaErrors {

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  private SchemaErrors() {}

  static ConfigException unreadable(Path file, IOException e) {
    Origin origin = Origin.of(file.toString());
    if (e instanceof NoSuchFileException) {
      String where = file.isAbsolute() ? "" : " (in " + Path.of("").toAbsolutePath() + ")";
      String message = "there is no schema at this path" + where;
      return new ConfigException(List.of(Problem.at(ErrorCode.SOURCE_ABSENT, origin, message)), e);
    }
    String message = "the schema cannot be read: " + reason(file, e);
    return new ConfigException(List.of(Problem.at(ErrorCode.SOURCE_FAILED, origin, message)), e);
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    return e instanceof AccessDeniedException ? "permission denied" : e.getClass().getSimpleName();
  }

  static ConfigException unknownDraft(Document document, String name, String id) {
    ConfigPath path = ConfigPath.ROOT.child("$schema");
    String message =
        "found \""
            + id
            + "\", expected the draft 4, 6, 7, 2019-09 or 2020-12 of JSON Schema, such as"
            + " https://json-schema.org/draft/2020-12/schema; nothing is fetched";
    Origin origin = document.origins().find(name, path);
    return new ConfigException(
        List.of(new Problem(ErrorCode.MALFORMED, path, message, origin, null)), null);
  }

  /** The schema follows its draft, and still is of no use. */
  static ConfigException unusable(Document document, String name, SchemaException e) {
    ConfigPath path = reference(e, document.tree(), ConfigPath.ROOT);
    if (path == null) {
      String message = "it cannot be used as a schema: " + e.getMessage();
      return new ConfigException(
          List.of(Problem.at(ErrorCode.MALFORMED, Origin.of(name), message)), e);
    }
    String message =
        isOutside(e)
            ? "the reference leads out of the schema; nothing is fetched"
            : "the reference leads to nothing";
    Origin origin = document.origins().find(name, path);
    return new ConfigException(
        List.of(new Problem(ErrorCode.MALFORMED, path, message, origin, null)), e);
  }

  private static boolean isOutside(SchemaException e) {
    return e.getCause() instanceof FileNotFoundException;
  }

  /** Where the first reference stands that a failure is about; null if there is none. */
  private static @Nullable ConfigPath reference(SchemaException e, Node node, ConfigPath at) {
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        ConfigPath path = at.child(key);
        Node child = object.get(key);
        if (REFERENCES.contains(key) && child instanceof Scalar to && isAbout(e, to.text())) {
          return path;
        }
        ConfigPath found = child == null ? null : reference(e, child, path);
        if (found != null) {
          return found;
        }
      }
    }
    if (node instanceof ListNode list) {
      for (int i = 0; i < list.elements().size(); i++) {
        ConfigPath found = reference(e, list.elements().get(i), at.child(i));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static boolean isAbout(SchemaException e, String reference) {
    String message = String.valueOf(e.getMessage());
    int fragment = reference.indexOf('#');
    if (!isOutside(e)) {
      return message.equals(
          "Reference " + reference.substring(fragment + 1) + " cannot be resolved");
    }
    String document = fragment < 0 ? reference : reference.substring(0, fragment);
    return !document.isEmpty() && message.endsWith(document);
  }

  /** What the library says, without what it says twice. */
  static String message(Error error) {
    String message = error.getMessage();
    int sentence = message.indexOf("must be a valid ");
    return "format".equals(error.getKeyword()) && sentence > 0
        ? message.substring(sentence)
        : message;
  }
}
