package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files while their sum stays below a limit. Used by one thread, for one reading. */
final class ByteLimit {

  /** The longest array that every virtual machine has. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final String source;
  private final long maxBytes;
  private final int longest;
  private long bytes;

  ByteLimit(String source, long maxBytes) {
    this(source, maxBytes, LONGEST);
  }

  /**
   * @param maxBytes of all files
   * @param longest of one file
   */
  ByteLimit(String source, long maxBytes, int longest) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.longest = longest;
  }

  /**
   * A file's bytes.
   *
   * @throws ConfigException GIM-005 when they are too many; no more than the limit is kept
   */
  byte[] read(Path file, String document) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long left = maxBytes - bytes;
      int most = (int) Math.min(left, longest);
      byte[] content = in.readNBytes(most);
      if (content.length == most && in.read() >= 0) {
        String limit =
            most == left
                ? "more than maxBytes " + maxBytes
                : "more than " + longest + " bytes, the most of one file";
        throw new ConfigException(
            Problem.at(ErrorCode.LIMIT, new Origin(source, document, 0, 0), limit));
      }
      bytes += content.length;
      return content;
    }
  }
}
