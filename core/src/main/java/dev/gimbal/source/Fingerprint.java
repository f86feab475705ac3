package dev.gimbal.source;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a file or folder saw without reading content: equal fingerprints mean that, as far
 * as the file system tells, nothing changed.
 *
 * @param presence whether there is something to read
 * @param base where the path leads, through all symbolic links; null unless present
 * @param files by their name below the path; {@code ""} for a file itself
 * @param problem why it is unreadable or too large, else empty
 * @param document the file that the problem is about, as messages call it; null: the whole
 */
record Fingerprint(
    Presence presence,
    @Nullable Path base,
    Map<String, Entry> files,
    String problem,
    @Nullable String document) {

  enum Presence {
    PRESENT,
    /** A pipe or device, whose content comes once. */
    STREAM,
    MISSING,
    /** There are more files than a limit allows. */
    TOO_LARGE,
    UNREADABLE
  }

  /**
   * One file.
   *
   * @param realPath through all symbolic links
   * @param fileKey its inode, or null where the file system has none
   * @param size in bytes
   * @param modified when its content changed last
   * @param changed when content, name, owner or permissions changed last
   */
  record Entry(
      Path realPath, @Nullable Object fileKey, long size, FileTime modified, FileTime changed) {

    // Written out, as below: the JVM makes dozens of classes for the ones that records have.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry
          && size == entry.size
          && realPath.equals(entry.realPath)
          && Objects.equals(fileKey, entry.fileKey)
          && modified.equals(entry.modified)
          && changed.equals(entry.changed);
    }

    @Override
    public int hashCode() {
      return realPath.hashCode() * 31 + modified.hashCode();
    }

    /**
     * Whether this file took the place of another one whole: by a link, or by its rename, as events
     * or its times tell.
     */
    boolean replaced(@Nullable Entry before, Set<Path> renamed) {
      if (before == null) {
        return changed.compareTo(modified) > 0;
      }
      if (!realPath.equals(before.realPath)) {
        return true;
      }
      boolean sameFile = fileKey != null && fileKey.equals(before.fileKey);
      return !sameFile && (renamed.contains(realPath) || changed.compareTo(modified) > 0);
    }
  }

  static final Fingerprint MISSING = new Fingerprint(Presence.MISSING, null, Map.of(), "", null);

  static Fingerprint unreadable(IOException e) {
    return new Fingerprint(
        Presence.UNREADABLE, null, Map.of(), SourceErrors.reason(e), SourceErrors.document(e));
  }

  static Fingerprint unreadable(String problem) {
    return new Fingerprint(Presence.UNREADABLE, null, Map.of(), problem, null);
  }

  static Fingerprint tooLarge(String problem) {
    return new Fingerprint(Presence.TOO_LARGE, null, Map.of(), problem, null);
  }

  Fingerprint {
    files = Map.copyOf(files);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint seen
        && presence == seen.presence
        && Objects.equals(base, seen.base)
        && files.equals(seen.files)
        && problem.equals(seen.problem)
        && Objects.equals(document, seen.document);
  }

  @Override
  public int hashCode() {
    return files.hashCode() * 31 + problem.hashCode();
  }

  boolean isPresent() {
    return presence == Presence.PRESENT || presence == Presence.STREAM;
  }

  /**
   * Whether all that differs came into place whole, by a link that leads elsewhere or by renames,
   * so that nobody is still writing it.
   *
   * @param renamed files that, if they were there before, were renamed into place since
   */
  boolean replaced(Fingerprint before, Set<Path> renamed) {
    if (base != null && before.base != null && !base.equals(before.base)) {
      return true;
    }
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      Entry was = before.files.get(file.getKey());
      if (!file.getValue().equals(was) && !file.getValue().replaced(was, renamed)) {
        return false;
      }
    }
    return files.keySet().containsAll(before.files.keySet());
  }

  /** Whether every file's content is older than this, by the time of day. */
  boolean isOlderThan(Duration age, Instant now) {
    Instant latest = now.minus(age);
    for (Entry file : files.values()) {
      if (file.modified.toInstant().isAfter(latest)) {
        return false;
      }
    }
    return true;
  }
}
