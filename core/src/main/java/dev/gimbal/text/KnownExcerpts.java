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

  private final Map<Origin, Excerpt> excerpts = new ConcurrentHashMap<>();

  /** Knows nothing. */
  public KnownExcerpts() {}

  @Nullable Excerpt find(Origin origin) {
    return excerpts.get(origin);
  }

  void keep(Origin origin, Excerpt excerpt) {
    if (excerpts.size() >= MOST) {
      excerpts.clear();
    }
    excerpts.put(origin, excerpt);
  }
}
