package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.text.Causes;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values where they stand in a file, and leaves every other byte as it is. All of the file
 * is done or nothing; it is replaced as {@link FileEdit} replaces it, and a change by others is
 * GIM-029 and stays.
 *
 * <p>A value is encrypted for its path in the document, as the file is read by the edit that was
 * given. Where the application reads it with {@code dottedKeys=expand}, values below keys with dots
 * have another path there: they cannot be edited, and are encrypted one by one.
 *
 * <p>Immutable and safe for use by many threads. Key providers are called by the calling thread.
 *
 * @since 0.1.0
 */
public final class EncryptedFile {

  private final FileEdit file;

  /**
   * What was done.
   *
   * @param changed the paths of the values that were encrypted, in the order of the document or as
   *     they were given
   * @param left the paths of those that were left alone: they are encrypted with the key already,
   *     or, when plain values were to be encrypted, with whatever key
   */
  public record Result(List<ConfigPath> changed, List<ConfigPath> left) {

    public Result {
      changed = List.copyOf(changed);
      left = List.copyOf(left);
    }
  }

  /**
   * The values of a file.
   *
   * @param file says which, its format, and how it is read
   */
  public EncryptedFile(FileEdit file) {
    this.file = file;
  }

  /**
   * Encrypts the plain values at some paths. What is encrypted already is left alone, whatever its
   * key. A number or boolean becomes its text, which getters and bound types read as the same.
   *
   * @param paths each of a single value; an element of a list by its index
   * @throws ConfigException GIM-002 where nothing stands at a path; GIM-028 where a list, an
   *     object, null, a text with a placeholder or with half a surrogate pair stands, or the file
   *     cannot be changed safely; GIM-027 where what begins as an encrypted value is none; all of
   *     them at once, each with its place. And as {@link FileEdit#apply}. The file is as it was
   *     then.
   */
  public Result encrypt(List<ConfigPath> paths, EncryptionKey key) {
    List<ConfigPath> changed = new ArrayList<>();
    List<ConfigPath> left = new ArrayList<>();
    Set<ConfigPath> wanted = new LinkedHashSet<>(paths);
    file.applyPlanned(document -> encrypting(document, wanted, key, changed, left));
    return new Result(changed, left);
  }

  private Edit encrypting(
      Document document,
      Set<ConfigPath> paths,
      EncryptionKey key,
      List<ConfigPath> changed,
      List<ConfigPath> left) {
    Edit.Builder edit = Edit.builder();
    List<Problem> problems = new ArrayList<>();
    for (ConfigPath path : paths) {
      Node node = Nodes.at(document.tree(), path);
      Problem problem = problem(document, path, node);
      if (problem != null) {
        problems.add(problem);
      } else if (node instanceof Scalar scalar && isEncrypted(scalar)) {
        left.add(path);
      } else if (node instanceof Scalar scalar) {
        edit.set(path, encrypted(key, path, scalar.text()));
        changed.add(path);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return edit.build();
  }

  /** Why what stands at a path cannot be encrypted, or null. */
  private @Nullable Problem problem(Document document, ConfigPath path, @Nullable Node node) {
    if (node == null) {
      Origin origin = new Origin(file.name(), file.name(), 0, 0);
      return new Problem(ErrorCode.ABSENT, path, "nothing stands here", origin, null);
    }
    ErrorCode code = ErrorCode.NOT_EDITABLE;
    String why = null;
    if (node instanceof ObjectNode) {
      why = "an object stands here; name the values in it";
    } else if (node instanceof ListNode) {
      why = "a list stands here; name its values by their indexes";
    } else if (node instanceof NullNode) {
      why = "null is no value that could be encrypted";
    } else if (node.hasTemplates()) {
      why = "a text with a placeholder is not resolved any more when it is encrypted";
    } else if (node instanceof Scalar scalar && isEncrypted(scalar)) {
      code = ErrorCode.DECRYPTION;
      why = malformed(scalar.text());
    } else if (node instanceof Scalar scalar && hasHalfACharacter(scalar.text())) {
      why = "half a character, which cannot be encrypted";
    }
    Origin origin = document.origins().find(file.name(), path);
    return why == null ? null : new Problem(code, path, why, origin, null);
  }

  /** Half a surrogate pair, which UTF-8 cannot have. */
  private static boolean hasHalfACharacter(String text) {
    return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static @Nullable String malformed(String text) {
    try {
      EncryptedValue.parse(text);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Encrypts anew, with another key, each value of the file that is encrypted with one that is not
   * it. All that are encrypted are decrypted for that, those of this key as well.
   *
   * @param keys has the keys that they are encrypted with; {@code to} needs not be among them
   * @param to what they are encrypted with afterwards
   * @throws ConfigException GIM-027 with the values that do not decrypt, in the order of the
   *     document, of each reason the first three places and how many more there are; GIM-028 when
   *     the file cannot be changed safely; and as {@link FileEdit#apply}. The file is as it was
   *     then.
   */
  public Result rotate(KeyProvider keys, EncryptionKey to) {
    List<ConfigPath> changed = new ArrayList<>();
    List<ConfigPath> left = new ArrayList<>();
    file.applyPlanned(document -> rotating(document, new Rotation(keys, to), changed, left));
    return new Result(changed, left);
  }

  private Edit rotating(
      Document document, Rotation rotation, List<ConfigPath> changed, List<ConfigPath> left) {
    Edit.Builder edit = Edit.builder();
    List<Problem> problems = new ArrayList<>();
    Nodes.mapScalars(
        document.tree(),
        (path, scalar) -> {
          if (!isEncrypted(scalar)) {
            return scalar;
          }
          try {
            String text = rotation.text(path, scalar.text());
            if (text == null) {
              left.add(path);
            } else {
              edit.set(path, encrypted(rotation.to(), path, text));
              changed.add(path);
            }
          } catch (IllegalArgumentException e) {
            Origin origin = document.origins().find(file.name(), path);
            String why = String.valueOf(e.getMessage());
            problems.add(new Problem(ErrorCode.DECRYPTION, path, why, origin, null));
          }
          return scalar;
        });
    if (!problems.isEmpty()) {
      throw Causes.failure(problems);
    }
    return edit.build();
  }

  private static boolean isEncrypted(Scalar scalar) {
    return scalar.kind() == Scalar.Kind.STRING && EncryptedValue.isMeant(scalar.text());
  }

  private static Scalar encrypted(EncryptionKey key, ConfigPath path, String text) {
    return Scalar.string(EncryptedValue.encrypt(key, path.toString(), text).toString());
  }
}
