package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes values in a file and leaves every other byte as it is. The file is replaced as a whole,
 * by a rename: who reads it finds all of the edit or nothing, also after a crash. Just before, what
 * stands in it is compared with what was read: a change by others is GIM-029 and stays.
 *
 * <p>Permissions, owner, group, the user's extended attributes and, on Linux, the access control
 * list of a file that has one are kept. The JVM cannot see such lists: where the folder has entries
 * for new files, a file without a list gets them, which gives to the users and groups that are
 * named there, and takes from the file's group what the entry for it does not allow. A symbolic
 * link stays, and what it leads to is changed. Of a file with several hard links the other names
 * keep the old content, as with every editor that renames. The folder must be writable, and the
 * file as well. While the content is compared and replaced, the file is locked against other edits
 * of this kind; a program that writes to it in that moment without asking for the lock is not
 * noticed, and on some systems a process that reads the file at the same time in another thread
 * gives the lock away.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class FileEdit {

  private final Formats formats;
  private final Path path;
  private final @Nullable String format;
  private final ReadOptions readOptions;
  private final Replacement.Steps steps;

  /** An edit of the file at a path, whose extension says its format. */
  public FileEdit(Formats formats, Path path) {
    this(formats, path, null, ReadOptions.DEFAULT, step -> {});
  }

  private FileEdit(
      Formats formats,
      Path path,
      @Nullable String format,
      ReadOptions readOptions,
      Replacement.Steps steps) {
    this.formats = formats;
    this.path = path;
    this.format = format;
    this.readOptions = readOptions;
    this.steps = steps;
  }

  /** The name or extension of the format; by default the extension of the path says it. */
  public FileEdit format(String name) {
    return new FileEdit(formats, path, name, readOptions, steps);
  }

  /** How the file is read. Default {@link ReadOptions#DEFAULT}. */
  public FileEdit readOptions(ReadOptions options) {
    return new FileEdit(formats, path, format, options, steps);
  }

  /** The same, with somebody who is told what is done next, and may fail. */
  FileEdit steps(Replacement.Steps told) {
    return new FileEdit(formats, path, format, readOptions, told);
  }

  /**
   * Applies an edit.
   *
   * @return whether the file is another one now; false when it said all of that before, and was
   *     left alone
   * @throws ConfigException for everything that can be wrong with the document; GIM-011 when there
   *     is no file; GIM-012 when it cannot be read or written; GIM-019 when the format cannot
   *     express a value; GIM-028 when it cannot be changed safely; GIM-029 when it does not say
   *     what the edit expects, or was changed meanwhile. The file is as it was then.
   */
  public boolean apply(Edit edit) {
    return apply(content -> formats.edit(name(), content, readOptions, edit));
  }

  /**
   * Applies an edit unless its result is refused.
   *
   * @param check is given what is to be written, and may throw
   */
  boolean apply(Edit edit, Consumer<byte[]> check) {
    return apply(
        content -> {
          byte[] after = formats.edit(name(), content, readOptions, edit);
          if (!Arrays.equals(content.bytes(), after)) {
            check.accept(after);
          }
          return after;
        });
  }

  /**
   * Applies the edit that is made of what the file says: of the same bytes that are compared before
   * the rename.
   *
   * @throws ConfigException as {@link #apply}, and what making the edit throws
   */
  boolean applyPlanned(Function<Document, Edit> plan) {
    return apply(
        content -> {
          Edit edit = plan.apply(formats.parse(name(), content, readOptions));
          return edit.patch().ops().isEmpty()
              ? content.bytes()
              : formats.edit(name(), content, readOptions, edit);
        });
  }

  /** What origins call the file. */
  String name() {
    return path.toString();
  }

  private boolean apply(Function<Content, byte[]> change) {
    String name = name();
    try {
      Path real = path.toRealPath();
      if (!Files.isRegularFile(real)) {
        throw error(ErrorCode.NOT_EDITABLE, "it is no regular file", null);
      }
      byte[] before = read(real);
      String kind = format == null ? Formats.extension(name) : format;
      byte[] after = change.apply(new Content(name, kind, before));
      if (Arrays.equals(before, after)) {
        return false;
      }
      steps.next(Replacement.Step.WRITE);
      new Replacement(real, steps).replace(after, now -> requireSame(real, before, now));
      return true;
    } catch (NoSuchFileException e) {
      throw error(
          ErrorCode.SOURCE_ABSENT,
          "there is no file at this path"
              + SourceErrors.from(path)
              + ", and an edit makes none: make it first",
          e);
    } catch (Replacement.ConflictException e) {
      throw error(ErrorCode.CONFLICT, String.valueOf(e.getMessage()), e);
    } catch (Replacement.OwnerException e) {
      throw error(ErrorCode.NOT_EDITABLE, "its owner and group cannot be kept", e);
    } catch (IOException e) {
      throw error(ErrorCode.SOURCE_FAILED, "it cannot be changed: " + SourceErrors.reason(e), e);
    }
  }

  private byte[] read(Path real) throws IOException {
    return new ByteLimit(path.toString(), readOptions.limits().maxBytes())
        .read(real, path.toString());
  }

  private void requireSame(Path real, byte[] before, InputStream now) throws IOException {
    boolean same;
    try {
      same =
          path.toRealPath().equals(real)
              && Arrays.equals(now.readNBytes(before.length + 1), before);
    } catch (NoSuchFileException gone) {
      same = false;
    }
    if (!same) {
      throw error(ErrorCode.CONFLICT, Replacement.CHANGED, null);
    }
  }

  private ConfigException error(ErrorCode code, String message, @Nullable Throwable cause) {
    Origin origin = new Origin(path.toString(), path.toString(), 0, 0);
    return new ConfigException(List.of(Problem.at(code, origin, message)), cause);
  }
}
