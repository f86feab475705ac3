package dev.gimbal.text;

import dev.gimbal.Excerpt;
import dev.gimbal.Origin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Excerpts of the documents of one snapshot, which never change: a value that fails each time it is
 * read costs one look at its document. Holds no document. Any thread reads and writes.
 */
public final class KnownExcerpts {

  /** How many places are kept; with one more it begins anew. */
  static final int MOST = 1_000;

  /**
   * Made by who keeps the first, because most snapshots have none. Written and read by any thread;
   * where two make it, one is lost, and its line is looked for again.
   */
  private volatile @Nullable Map<Origin, Excerpt> excerpts;

  /** Knows nothing. */
  public KnownExcerpts() {}

  @Nullable Excerpt find(Origin origin) {
    Map<Origin, Excerpt> known = excerpts;
    return known == null ? null : known.get(origin);
  }

  void keep(Origin origin, Excerpt excerpt) {
    Map<Origin, Excerpt> known = excerpts;
    if (known == null || known.size() >= MOST) {
      known = new ConcurrentHashMap<>();
      excerpts = known;
    }
    known.put(origin, excerpt);
  }
}
