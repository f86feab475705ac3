package dev.gimbal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Objects;

/**
 * Puts a new file in the place of another one, with its permissions, owner and group. What it makes
 * on the way is gone afterwards, whatever fails. Used by one thread.
 */
final class Replacement {

  /** Somebody else changes the file. */
  static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
      super(message);
    }
  }

  /** The new file would belong to somebody else. */
  static final class OwnerException extends Exception {
    private static final long serialVersionUID = 1L;

    OwnerException(Throwable cause) {
      super(cause);
    }
  }

  /** What is done next. */
  enum Step {
    WRITE,
    OWNER,
    FORCE,
    COMPARE,
    REPLACE,
    FORCE_FOLDER
  }

  /** Told before each step; what it throws fails the step. */
  @FunctionalInterface
  interface Steps {
    void next(Step step) throws IOException;
  }

  /** Throws when the file must not be replaced any more. */
  @FunctionalInterface
  interface Check {

    /**
     * @param now what stands in the file
     */
    void run(InputStream now) throws IOException;
  }

  static final String CHANGED = "the file has changed since it was read";
  private static final String LOCKED = "another edit of this file is under way";

  private final Path real;
  private final Path folder;
  private final Steps steps;

  /**
   * @param real a file, no link
   */
  Replacement(Path real, Steps steps) {
    this.real = real;
    this.folder = Objects.requireNonNull(real.getParent());
    this.steps = steps;
  }

  /**
   * @param check run under the lock, just before the file is replaced
   */
  void replace(byte[] content, Check check) throws IOException, ConflictException, OwnerException {
    Path temporary = Files.createTempFile(folder, "." + real.getFileName() + ".", ".tmp");
    try {
      write(temporary, content);
      keepAttributes(temporary);
      force(Step.FORCE, temporary, StandardOpenOption.WRITE);
      replaceLocked(temporary, check);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceFolder();
  }

  private void write(Path temporary, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
    steps.next(Step.OWNER);
  }

  private void keepAttributes(Path temporary) throws IOException, OwnerException {
    copyUserAttributes(temporary);
    PosixFileAttributeView to = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (to == null) {
      return; // a file system without owners and permissions of this kind
    }
    PosixFileAttributes wanted = Files.readAttributes(real, PosixFileAttributes.class);
    PosixFileAttributes made = to.readAttributes();
    try {
      if (!made.group().equals(wanted.group())) {
        to.setGroup(wanted.group());
      }
      if (!made.owner().equals(wanted.owner())) {
        to.setOwner(wanted.owner());
      }
    } catch (IOException e) {
      throw new OwnerException(e);
    }
    to.setPermissions(wanted.permissions());
  }

  private void copyUserAttributes(Path temporary) throws IOException {
    UserDefinedFileAttributeView from =
        Files.getFileAttributeView(real, UserDefinedFileAttributeView.class);
    UserDefinedFileAttributeView to =
        Files.getFileAttributeView(temporary, UserDefinedFileAttributeView.class);
    if (from == null || to == null || !Files.getFileStore(real).supportsFileAttributeView("user")) {
      return;
    }
    for (String name : from.list()) {
      ByteBuffer value = ByteBuffer.allocate(from.size(name));
      from.read(name, value);
      to.write(name, value.flip());
    }
  }

  /** Compares and replaces, while nobody else does. */
  private void replaceLocked(Path temporary, Check check) throws IOException, ConflictException {
    Object file = key();
    try (FileChannel channel =
            FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new ConflictException(LOCKED);
      }
      steps.next(Step.COMPARE);
      // closing another channel of the file would give the lock away
      check.run(Channels.newInputStream(channel));
      if (!file.equals(key())) {
        throw new ConflictException(CHANGED); // the lock is that of a file which was replaced
      }
      steps.next(Step.REPLACE);
      Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
    } catch (OverlappingFileLockException e) {
      throw new ConflictException(LOCKED);
    }
  }

  private Object key() throws IOException {
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    return key == null ? real : key;
  }

  private void force(Step step, Path path, StandardOpenOption how) throws IOException {
    steps.next(step);
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** Makes the rename last; some systems cannot open folders, and need no such thing. */
  private void forceFolder() {
    try {
      force(Step.FORCE_FOLDER, folder, StandardOpenOption.READ);
    } catch (IOException e) {
      // The file is replaced, and readers have seen it: to say that it was not changed were wrong.
      // Windows opens no folders, and some network file systems have nothing to force in them.
    }
  }
}
