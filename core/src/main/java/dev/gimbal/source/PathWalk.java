package dev.gimbal.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows paths link by link and collects the folders where a change would lead them elsewhere.
 * Used by one thread, for one look.
 */
final class PathWalk {

  private static final int MAX_LINKS = 40;

  // of st_mode
  private static final int FILE_TYPE = 0170000;
  private static final int FIFO = 0010000;

  private final Map<Path, Look.Folder> folders = new HashMap<>();

  Map<Path, Look.Folder> folders() {
    return folders;
  }

  /** Where a path leads, through all symbolic links, or null if there is nothing. */
  @Nullable Path resolve(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path current = Objects.requireNonNull(absolute.getRoot());
    Deque<Path> names = new ArrayDeque<>();
    for (Path name : absolute) {
      names.addLast(name);
    }
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.removeFirst().toString();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        current = current.getParent() == null ? current : current.getParent();
        continue;
      }
      Path next = current.resolve(name);
      BasicFileAttributes attributes = attributes(next);
      if (attributes == null || !(names.isEmpty() || leadsOn(attributes))) {
        add(current, name);
        return null;
      }
      if (attributes.isSymbolicLink()) {
        add(current, name);
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(path.toString());
        }
        Path target = Files.readSymbolicLink(next);
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
          names.addFirst(target.getName(i));
        }
        current = target.isAbsolute() ? Objects.requireNonNull(target.getRoot()) : current;
        continue;
      }
      if (names.isEmpty()) {
        add(current, name);
        addToParent(current);
      }
      current = next;
    }
    return current;
  }

  private static boolean leadsOn(BasicFileAttributes attributes) {
    return attributes.isDirectory() || attributes.isSymbolicLink();
  }

  private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** A folder may be renamed away as a whole; its own events do not tell. */
  private void addToParent(Path folder) {
    Path parent = folder.getParent();
    Path name = folder.getFileName();
    if (parent != null && name != null) {
      add(parent, name.toString());
    }
  }

  private void add(Path folder, String name) {
    add(folder, Set.of(name));
  }

  /** Adds a folder in which everything matters. */
  void addWhole(Path folder) {
    add(folder, Set.of());
  }

  private void add(Path folder, Set<String> names) {
    Look.Folder present = folders.get(folder);
    if (present == null) {
      folders.put(folder, new Look.Folder(inode(folder), names));
    } else if (!present.covers(new Look.Folder(present.inode(), names))) {
      Set<String> all = new HashSet<>(names);
      all.addAll(names.isEmpty() ? Set.of() : present.names());
      folders.put(folder, new Look.Folder(present.inode(), all));
    }
  }

  private static Object inode(Path folder) {
    try {
      Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      return key == null ? folder : key;
    } catch (IOException e) {
      return folder;
    }
  }

  /** What can be seen of a file, by its real path. */
  static Fingerprint.Entry entry(Path real) throws IOException {
    BasicFileAttributes basic = Files.readAttributes(real, BasicFileAttributes.class);
    return new Fingerprint.Entry(
        real, basic.fileKey(), basic.size(), basic.lastModifiedTime(), changeTime(real, basic));
  }

  /** Whether a path is one that mkfifo made; what shells put below /dev for a command is none. */
  static boolean isNamedPipe(Path real) throws IOException {
    if (real.startsWith("/dev") || real.startsWith("/proc")) {
      return false;
    }
    try {
      return ((int) Files.getAttribute(real, "unix:mode") & FILE_TYPE) == FIFO;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static FileTime changeTime(Path real, BasicFileAttributes basic) throws IOException {
    try {
      return (FileTime) Files.getAttribute(real, "unix:ctime");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return basic.lastModifiedTime();
    }
  }
}
