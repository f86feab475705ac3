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
import java.util.HashMap;
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

  /** How many keys {@link #tree} is of. */
  @GuardedBy("this")
  private int count;

  /** How many bytes their values have. */
  @GuardedBy("this")
  private long bytes;

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
    document = null; // what was read of it may not have been handed over
    if (!same) {
      keepFromNow();
    }
    return same ? last : null;
  }

  synchronized void connectedToRead(Feed to) {
    feed = to;
    document = null; // what was read of it was perhaps not handed over
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
      if (feed != from || ours.isEmpty()) {
        return;
      }
      Told told = new Told(revision, ours);
      if (keys.isTree() && kept != null) {
        keep(told);
        return; // who reads puts it on top
      }
      if (last != null && revision.order() <= last.order()) {
        return;
      }
      if (keys.isTree()) {
        patch = apply(told);
        if (patch == null) {
          keepFromNow();
          keep(told);
        }
      }
    }
    if (patch == null) {
      from.changed();
    } else {
      from.patch(revision, patch); // also an empty one, so that it may be resumed after
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
      values.requireWithin(count + change.count(), bytes + change.bytes());
    } catch (ConfigException malformed) {
      return null; // who reads says what is wrong
    }
    if (change.tree().isEmpty()) {
      return null; // who reads says that there is nothing
    }
    tree = change.tree();
    count += change.count();
    bytes += change.bytes();
    held = true;
    last = told.revision;
    return change.patch();
  }

  RemoteState read(@Nullable Revision revision, Map<String, byte[]> entries) {
    if (!keys.isTree()) {
      byte[] value = entries.get(keys.prefix());
      return value == null ? missing() : document(revision, value);
    }
    List<Told> above = above(revision);
    Revision now = above.isEmpty() ? revision : above.get(above.size() - 1).revision;
    StoreValues.Read read;
    try {
      read = values.tree(onTop(entries, above));
    } catch (ConfigException malformed) {
      forget(now);
      throw malformed;
    }
    return take(now, read);
  }

  /** What was told meanwhile and is newer than what was read. */
  private synchronized List<Told> above(@Nullable Revision revision) {
    List<Told> above = new ArrayList<>();
    for (Told told : kept == null ? List.<Told>of() : kept) {
      if (revision != null && told.revision.order() > revision.order()) {
        above.add(told);
      }
    }
    return above;
  }

  private static Map<String, byte[]> onTop(Map<String, byte[]> entries, List<Told> above) {
    if (above.isEmpty()) {
      return entries;
    }
    Map<String, byte[]> all = new HashMap<>(entries);
    for (Told told : above) {
      for (StoreChange one : told.changes) {
        byte[] value = one.value();
        if (value == null) {
          all.remove(one.key());
        } else {
          all.put(one.key(), value);
        }
      }
    }
    return all;
  }

  void requireWithin(@Nullable Revision at, int readCount, long readBytes) {
    try {
      values.requireWithin(readCount, readBytes);
    } catch (ConfigException tooMuch) {
      forget(at);
      throw tooMuch;
    }
  }

  /** The keys are not known. They are read again if more was told since: that may mend them. */
  private void forget(@Nullable Revision at) {
    Feed again;
    synchronized (this) {
      tree = null;
      boolean more = keptKeys > MAX_KEPT || kept != null && isNewer(kept, at);
      again = more ? feed : null;
      if (more) {
        keepFromNow();
      } else {
        kept = null;
      }
    }
    if (again != null) {
      again.changed();
    }
  }

  private static boolean isNewer(List<Told> all, @Nullable Revision at) {
    return at != null && !all.isEmpty() && all.get(all.size() - 1).revision.order() > at.order();
  }

  /** Takes what was read, and what was told since. */
  private RemoteState take(@Nullable Revision read, StoreValues.Read keysRead) {
    Revision now = read;
    ObjectNode after = keysRead.tree();
    Feed again = null;
    synchronized (this) {
      if (tree == null || last == null || now == null || now.order() >= last.order()) {
        List<Told> since = kept == null ? List.of() : kept;
        boolean all = keptKeys <= MAX_KEPT;
        tree = after;
        count = keysRead.count();
        bytes = keysRead.bytes();
        last = now;
        kept = null;
        keptKeys = 0;
        for (Told told : since) {
          boolean known = now == null || told.revision.order() <= now.order();
          all = all && (known || apply(told) != null);
        }
        now = last;
        after = tree == null ? after : tree;
        if (!all) {
          again = feed;
          keepFromNow();
        }
      } // else changes that were told since are on their way, and follow it
    }
    if (again != null) {
      again.changed();
    }
    return after.isEmpty() ? missing() : holding(now, Document.of(after));
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
    forget(null); // what comes next is no change of what the layer has
    String message = keys.none() + " any more; the last content stays";
    return RemoteState.failed(values.error(ErrorCode.SOURCE_FAILED, message));
  }
}
