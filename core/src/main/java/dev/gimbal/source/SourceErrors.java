package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.text.Thrown;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How failures of files are told. */
final class SourceErrors {

  private SourceErrors() {}

  /** What the system reported, in words, without the path. */
  static String reason(IOException e) {
    if (e instanceof DocumentFailure && e.getCause() instanceof IOException cause) {
      return reason(cause);
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof FileSystemLoopException) {
      return "its symbolic links lead in a circle";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The file that a failure is about, as messages call it, or null for the whole. */
  static @Nullable String document(IOException e) {
    return e instanceof DocumentFailure failure ? failure.document() : null;
  }

  static ConfigException absent(WatchOptions options) {
    return error(
        ErrorCode.SOURCE_ABSENT, options, "there is nothing at this path" + from(options.path()));
  }

  /** The folder that a relative path counts from. */
  static String from(Path path) {
    return path.isAbsolute()
        ? ""
        : ", seen from " + path.getFileSystem().getPath("").toAbsolutePath();
  }

  static ConfigException gone(WatchOptions options) {
    return error(ErrorCode.SOURCE_FAILED, options, "it is gone; its last content stays");
  }

  /** A document has 0 bytes. */
  static Problem hollow(WatchOptions options, String document, boolean kept) {
    String effect = kept ? "the last content stays" : "taken as an empty document";
    return Problem.at(
        ErrorCode.SOURCE_FAILED,
        new Origin(options.name(), document, 0, 0),
        "0 bytes; " + effect + " ({} is how to say empty)");
  }

  static ConfigException tooLarge(WatchOptions options, String message) {
    return error(ErrorCode.LIMIT, options, message);
  }

  /**
   * @param document what cannot be read, or null for the whole
   */
  static ConfigException unreadable(
      WatchOptions options, @Nullable String document, String reason) {
    String place = document == null ? options.path().toString() : document;
    return new ConfigException(
        Problem.at(
            ErrorCode.SOURCE_FAILED,
            new Origin(options.name(), place, 0, 0),
            "it cannot be read: " + reason));
  }

  /** A failure that nobody foresaw. */
  static ConfigException unexpected(WatchOptions options, Throwable e) {
    Origin origin = new Origin(options.name(), options.path().toString(), 0, 0);
    return new ConfigException(
        List.of(Problem.at(ErrorCode.SOURCE_FAILED, origin, unexpected(e))),
        Thrown.withoutMessage(e));
  }

  static String unexpected(Throwable e) {
    return "unexpected: " + e.getClass().getName();
  }

  private static ConfigException error(ErrorCode code, WatchOptions options, String message) {
    Origin origin = new Origin(options.name(), options.path().toString(), 0, 0);
    return new ConfigException(Problem.at(code, origin, message));
  }
}
