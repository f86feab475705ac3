package dev.gimbal.source.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.Feed;
import dev.gimbal.source.OnMissing;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a store as they were told last, and what is made of what comes next. The monitor
 * guards all of it; nothing foreign is called with it held.
 */
final class StoreState {

  /**
   * How many changed keys are kept while the keys are read; if there are more, it is done again.
   */
  static final int MAX_KEPT = 100_000;

  private final StoreKeys keys;
  private final Sink sink;
  private final StoreValues values;

  /** The connection that counts; null before the first. */
  @GuardedBy("this")
  private @Nullable Feed feed;

  /** The keys as they were told last; null while they are not known. */
  @GuardedBy("this")
  private @Nullable ObjectNode tree;

  /** Whether the keys held anything when they were told last. */
  @GuardedBy("this")
  private boolean held;

  /** The revision of {@link #tree} or {@link #document}; null where the store has none. */
  @GuardedBy("this")
  private @Nullable Revision last;

  /** What was told since somebody was to read the keys; null while they are known. */
  @GuardedBy("this")
  private @Nullable List<Told> kept;

  @GuardedBy("this")
  private int keptKeys;

  /** Whether the store was set up anew since the keys were told last. */
  @GuardedBy("this")
  private boolean anew;

  /** The document as it was told last; null while nothing is held. */
  @GuardedBy("this")
  private byte @Nullable [] document;

  private record Told(Revision revision, List<StoreChange> changes) {}

  StoreState(StoreKeys keys, Sink sink, StoreValues values) {
    this.keys = keys;
    this.sink = sink;
    this.values = values;
  }

  synchronized @Nullable Revision connected(Feed to) {
    feed = to;
    Revision handed = to.resumeAfter();
    boolean same = tree != null && last != null && handed != null && last.order() == handed.order();
    if (!same) {
      keepFromNow();
    }
    return same ? last : null;
  }

  synchronized void connectedToRead(Feed to) {
    feed = to;
    keepFromNow();
  }

  synchronized void restart() {
    anew = true;
    last = null;
    keepFromNow();
  }

  /** The keys are not known: what is told from now on is put on top of what is read. */
  @GuardedBy("this")
  private void keepFromNow() {
    tree = null;
    kept = new ArrayList<>();
    keptKeys = 0;
  }

  void change(Feed from, Revision revision, List<StoreChange> changes) {
    List<StoreChange> ours = changes.stream().filter(one -> keys.covers(one.key())).toList();
    Patch patch = null;
    synchronized (this) {
      if (feed != from || ours.isEmpty() || last != null && revision.order() <= last.order()) {
        return;
      }
      if (keys.isTree()) {
        Told told = new Told(revision, ours);
        if (kept != null) {
          keep(told);
          return; // who reads puts it on top
        }
        patch = apply(told);
        if (patch == null) {
          keepFromNow();
          keep(told);
        }
      }
    }
    if (patch == null) {
      from.changed();
    } else if (!patch.ops().isEmpty()) {
      from.patch(revision, patch);
    }
  }

  @GuardedBy("this")
  private void keep(Told told) {
    keptKeys += told.changes.size();
    if (kept != null && keptKeys <= MAX_KEPT) {
      kept.add(told);
    } else if (kept != null) {
      kept.clear();
    }
  }

  /** Changes the tree; null when that cannot be done, or leaves nothing: the keys must be read. */
  @GuardedBy("this")
  private @Nullable Patch apply(Told told) {
    if (tree == null) {
      return null;
    }
    TreeChange change = new TreeChange(tree);
    try {
      told.changes.forEach(one -> values.apply(change, one));
    } catch (ConfigException malformed) {
      return null; // who reads says what is wrong
    }
    if (change.tree().isEmpty()) {
      return null; // who reads says that there is nothing
    }
    tree = change.tree();
    last = told.revision;
    return change.patch();
  }

  RemoteState read(@Nullable Revision revision, Map<String, byte[]> entries) {
    if (!keys.isTree()) {
      byte[] value = entries.get(keys.prefix());
      return value == null ? missing() : document(revision, value);
    }
    try {
      return onTop(revision, values.tree(entries));
    } catch (ConfigException malformed) {
      forget();
      throw malformed;
    }
  }

  private RemoteState document(@Nullable Revision revision, byte[] value) {
    synchronized (this) {
      if (!anew && Arrays.equals(value, document)) {
        return RemoteState.unchanged();
      }
    }
    Document read = values.document(sink, value);
    synchronized (this) {
      if (last == null || revision == null || revision.order() >= last.order()) {
        document = value;
        last = revision;
      } // else of a server that lags behind: the session leaves it out
    }
    return holding(revision, read);
  }

  /** The keys are not known, and nobody is about to read them. */
  private synchronized void forget() {
    tree = null;
    kept = null;
  }

  /** Puts what was told meanwhile on top of what was read. */
  private RemoteState onTop(@Nullable Revision revision, ObjectNode read) {
    Revision now = revision;
    ObjectNode after = read;
    Feed again = null;
    synchronized (this) {
      if (tree == null || last == null || now == null || now.order() >= last.order()) {
        TreeChange change = new TreeChange(read);
        for (Told told : kept == null ? List.<Told>of() : kept) {
          if (now != null && told.revision.order() > now.order()) {
            told.changes.forEach(one -> values.apply(change, one));
            now = told.revision;
          }
        }
        after = change.tree();
        again = kept != null && keptKeys > MAX_KEPT ? feed : null;
        tree = after;
        last = now;
        kept = null;
        if (again != null) {
          keepFromNow();
        }
      } // else changes that were told since are on their way, and follow it
    }
    if (again != null) {
      again.changed();
    }
    return after.isEmpty() ? missing() : holding(now, Document.of(after));
  }

  private RemoteState holding(@Nullable Revision revision, Document document) {
    boolean restarted;
    synchronized (this) {
      held = true;
      restarted = anew;
      anew = false;
    }
    if (revision == null) {
      return RemoteState.of(document);
    }
    return restarted
        ? RemoteState.restarted(revision, document)
        : RemoteState.of(revision, document);
  }

  private RemoteState missing() {
    boolean stays = keys.onMissing() == OnMissing.KEEP;
    synchronized (this) {
      stays &= held;
      held = stays;
      document = stays ? document : null;
    }
    if (!stays) {
      return RemoteState.absent(values.error(ErrorCode.SOURCE_ABSENT, keys.none()));
    }
    forget(); // what comes next is no change of what the layer has
    String message = keys.none() + " any more; the last content stays";
    return RemoteState.failed(values.error(ErrorCode.SOURCE_FAILED, message));
  }
}
