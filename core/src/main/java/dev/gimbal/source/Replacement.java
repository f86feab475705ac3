package dev.gimbal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Puts a new file in the place of another one, with its permissions, owner, group, extended
 * attributes and access control list; one that has no list gets what the folder has for new files.
 * It is made in a folder of its own, which nobody else can enter, beside the other one: there it
 * has the content before it has the owner. What it makes on the way it removes, whatever fails;
 * what cannot be removed stays, and nothing is said. Used by one thread.
 *
 * <p>A process that is killed leaves its folder. The next edit that replaces the file takes it
 * away, where its user may, and need not know whether somebody still works there: what was begun
 * before this edit was made of a text that is now replaced, and would be refused.
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

  /** No name that anything would load: tools look for files in folders beside a file, too. */
  private static final String NEW = "new";

  private static final String MARK = ".gimbal-edit-";

  /** Of a name in the folder's, which has 255 bytes at most. */
  private static final int LONGEST = 221;

  private static final String LOCKED = "another edit of this file is under way";

  private final Path real;
  private final Path name;
  private final Path folder;
  private final Steps steps;

  /**
   * @param real a file, no link
   */
  Replacement(Path real, Steps steps) {
    this.real = real;
    this.name = Objects.requireNonNull(real.getFileName());
    this.folder = Objects.requireNonNull(real.getParent());
    this.steps = steps;
  }

  /**
   * @param check run under the lock, just before the file is replaced
   */
  void replace(byte[] content, Check check) throws IOException, ConflictException, OwnerException {
    Path own = Files.createTempDirectory(folder, begin());
    Path temporary = own.resolve(NEW);
    List<Path> others;
    try {
      // The JVM knows of no access control lists on Linux, but copies them; it cannot take one
      // away.
      Files.copy(real, temporary, StandardCopyOption.COPY_ATTRIBUTES);
      write(temporary, content);
      keepOwner(temporary);
      force(Step.FORCE, temporary, StandardOpenOption.WRITE);
      others = replaceLocked(own, temporary, check);
    } catch (NoSuchFileException e) {
      if (Files.exists(real) && Files.notExists(temporary)) {
        throw new ConflictException(CHANGED); // by an edit that took this one away
      }
      throw e;
    } finally {
      remove(own);
    }
    forceFolder();
    others.forEach(this::remove);
  }

  /**
   * How the names of folders begin that are made beside the file. A number of 20 digits follows.
   */
  private String begin() {
    String of = name.toString();
    boolean fits = of.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    return "." + (fits ? of : Integer.toHexString(of.hashCode())) + MARK;
  }

  private void write(Path temporary, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
    steps.next(Step.OWNER);
  }

  /** A copy has another owner, and says nothing, where this one may not be given. */
  private void keepOwner(Path temporary) throws IOException, OwnerException {
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

  /**
   * Compares and replaces, while nobody else does.
   *
   * @return the folders of others, who read what is replaced now or what stood there before
   */
  private List<Path> replaceLocked(Path own, Path temporary, Check check)
      throws IOException, ConflictException {
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
      List<Path> others = others(own);
      steps.next(Step.REPLACE);
      Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
      return others;
    } catch (OverlappingFileLockException e) {
      throw new ConflictException(LOCKED);
    }
  }

  private List<Path> others(Path own) {
    Pattern left = Pattern.compile(Pattern.quote(begin()) + "\\d+");
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        if (left.matcher(String.valueOf(path.getFileName())).matches()
            && !path.equals(own)
            && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          others.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder may be writable and not readable: then what is left stays.
    }
    return others;
  }

  private void remove(Path made) {
    try {
      if (!removeOpened(made) && Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(made.resolve(NEW));
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      // It is somebody else's, or has more in it, and stays: the file says what it is to say.
    }
  }

  /**
   * Removes through open folders: what is put in their places meanwhile is not touched.
   *
   * @return whether that can be done on this system, and in this folder
   */
  private boolean removeOpened(Path made) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      if (!(all instanceof SecureDirectoryStream<Path> beside)) {
        return false;
      }
      Path left = made.getFileName();
      try (SecureDirectoryStream<Path> in =
          beside.newDirectoryStream(left, LinkOption.NOFOLLOW_LINKS)) {
        in.deleteFile(made.resolve(NEW).getFileName());
      } catch (NoSuchFileException e) {
        // It was renamed.
      }
      beside.deleteDirectory(left);
      return true;
    } catch (AccessDeniedException e) {
      return false; // a folder may be writable and not readable
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
