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

  private final String source;
  private final long maxBytes;
  private long bytes;

  ByteLimit(String source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /**
   * A file's bytes.
   *
   * @throws ConfigException GIM-005 when they are too many; no more than the limit is read
   */
  byte[] read(Path file, String document) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long left = maxBytes - bytes;
      byte[] content = in.readNBytes((int) Math.min(left, Integer.MAX_VALUE - 8));
      if (content.length == left && in.read() >= 0) {
        throw new ConfigException(
            Problem.at(
                ErrorCode.LIMIT,
                new Origin(source, document, 0, 0),
                "more than maxBytes " + maxBytes));
      }
      bytes += content.length;
      return content;
    }
  }
}
