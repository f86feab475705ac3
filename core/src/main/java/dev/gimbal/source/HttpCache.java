package dev.gimbal.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last good body in a file: a SHA-256 of all that follows, the address, the format, ETag,
 * Last-Modified and the body. The file is replaced as a whole, and may be read by its owner only.
 */
final class HttpCache {

  private static final int DIGEST = 32;
  private static final String MAGIC = "gimbal http cache 1";

  private HttpCache() {}

  /** A body and what is known of it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by sameContent
  record Entry(String format, @Nullable String etag, @Nullable String lastModified, byte[] body) {

    boolean sameContent(Entry other) {
      return format.equals(other.format) && Arrays.equals(body, other.body);
    }
  }

  static void write(Path file, String address, Entry entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(MAGIC);
    out.writeUTF(address);
    out.writeUTF(entry.format);
    out.writeUTF(orEmpty(entry.etag));
    out.writeUTF(orEmpty(entry.lastModified));
    out.writeInt(entry.body.length);
    out.write(entry.body);
    byte[] content = bytes.toByteArray();
    Path whole = file.toAbsolutePath();
    requireReplaceable(whole);
    Path folder = whole.getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "." + file.getFileName(), "", ownerOnly());
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        write(channel, digest(content));
        write(channel, content);
        channel.force(true);
      }
      Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A path may name by mistake what is no cache. */
  private static void requireReplaceable(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is there and no regular file");
    }
    byte[] begin;
    try (InputStream in = Files.newInputStream(file)) {
      begin = in.readNBytes(DIGEST + 2 + MAGIC.length());
    }
    boolean cache = new String(begin, StandardCharsets.ISO_8859_1).endsWith(MAGIC);
    if (begin.length > 0 && !cache) {
      throw new IOException("it is there and no cache");
    }
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
      channel.write(rest);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * What was kept of an address; null when there is no file.
   *
   * @throws IOException when it cannot be read, was damaged, or is of another address
   */
  static @Nullable Entry read(Path file, String address) throws IOException {
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
    byte[] content = Arrays.copyOfRange(all, Math.min(DIGEST, all.length), all.length);
    if (!Arrays.equals(Arrays.copyOf(all, DIGEST), digest(content))) {
      throw new IOException("what was kept in " + file + " is damaged");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    if (!in.readUTF().equals(MAGIC) || !in.readUTF().equals(address)) {
      throw new IOException("what was kept in " + file + " is of another address");
    }
    String format = in.readUTF();
    String etag = in.readUTF();
    String lastModified = in.readUTF();
    byte[] body = in.readNBytes(in.readInt());
    return new Entry(format, orNull(etag), orNull(lastModified), body);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
