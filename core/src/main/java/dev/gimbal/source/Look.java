package dev.gimbal.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A look at a target.
 *
 * @param fingerprint what was seen
 * @param folders where a change of the answer would begin, by path: the folder of the file, of each
 *     symbolic link on the way, or the nearest one that exists
 */
record Look(Fingerprint fingerprint, Map<Path, Folder> folders) {

  /**
   * A folder on the way.
   *
   * @param inode tells it from a later one of the same path
   * @param names those in it that matter; empty: all
   */
  record Folder(Object inode, Set<String> names) {

    Folder {
      names = Set.copyOf(names);
    }

    boolean concerns(String name) {
      return names.isEmpty() || names.contains(name);
    }

    /** Whether what matters in the other one matters in this one too. */
    boolean covers(Folder other) {
      return names.isEmpty() || !other.names.isEmpty() && names.containsAll(other.names);
    }
  }

  Look {
    folders = Map.copyOf(folders);
  }
}
