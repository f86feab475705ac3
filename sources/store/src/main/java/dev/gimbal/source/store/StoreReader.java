package dev.gimbal.source.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.OnMissing;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes states and patches of the keys of a store, over all connections of one session. The store's
 * client tells two things, in any order: the keys as they were at a revision, and the changes after
 * some revision, in their order. What was told while the keys were read is put on top of them, so
 * that nothing is missed in between (G6), and nothing is told twice.
 *
 * <p>Methods may be called from any thread; {@link #change} from one at a time. Nothing foreign is
 * called with the monitor held.
 *
 * @since 0.1.0
 */
public final class StoreReader {

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

  /** The revision of {@link #tree}; null where the store has none. */
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

  private static final int ATTEMPTS = 10;

  private record Told(Revision revision, List<StoreChange> changes) {}

  /**
   * @param name the source's, for messages
   * @param place what messages call the store, such as its address without secrets
   */
  public StoreReader(StoreKeys keys, Sink sink, String name, String place) {
    this.keys = keys;
    this.sink = sink;
    this.values = new StoreValues(keys, name, place, keys.reading(sink.readOptions()));
  }

  /**
   * Begins a connection. What others tell from now on is left out. Must be called before the store
   * is asked to tell changes.
   *
   * @return the revision after which changes may be told without reading the keys, or null: they
   *     must be read
   */
  public synchronized @Nullable Revision connected(Feed to) {
    feed = to;
    Revision handed = to.resumeAfter();
    boolean same = tree != null && last != null && handed != null && last.order() == handed.order();
    if (!same) {
      keepFromNow();
    }
    return same ? last : null;
  }

  /**
   * The store is another one: it was set up anew, and its revisions begin again. Must be called
   * before it is asked to tell changes; the keys must be read then.
   */
  public synchronized void restart() {
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

  /**
   * Takes a transaction of the store: one change of the layer, whatever it changes.
   *
   * @param from the connection that told it
   * @param revision rises from one to the next
   * @param changes of any keys; those that do not belong to the layer are left out
   */
  public void change(Feed from, Revision revision, List<StoreChange> changes) {
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

  /**
   * Makes a state of keys that were read.
   *
   * @param revision at which they were read, or null where the store has none
   * @param entries all keys of the layer with their values, and perhaps others; not kept
   * @throws ConfigException when they are malformed: GIM-004 for a value that is not UTF-8, GIM-005
   *     when there are too many, and everything that can be wrong with a document
   */
  public RemoteState read(@Nullable Revision revision, Map<String, byte[]> entries) {
    return read(revision, entries, false);
  }

  /** The same of a store that was set up anew, whatever its revision. */
  public RemoteState readAnew(Revision revision, Map<String, byte[]> entries) {
    return read(revision, entries, true);
  }

  private RemoteState read(@Nullable Revision revision, Map<String, byte[]> entries, boolean anew) {
    if (!keys.isTree()) {
      byte[] value = entries.get(keys.prefix());
      return value == null ? missing() : holding(revision, values.document(sink, value));
    }
    try {
      return onTop(revision, values.tree(entries));
    } catch (ConfigException malformed) {
      forget();
      throw malformed;
    }
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
    }
    if (!stays) {
      return RemoteState.absent(
          values.error(ErrorCode.SOURCE_ABSENT, "there is no " + keys.shown()));
    }
    forget(); // what comes next is no change of what the layer has
    String message = "there is no " + keys.shown() + " any more; the last content stays";
    return RemoteState.failed(values.error(ErrorCode.SOURCE_FAILED, message));
  }

  /**
   * Edits the keys, as {@link dev.gimbal.source.Session#edit} says: they are read, and written
   * unless others changed them meanwhile; then it begins anew, up to ten times.
   *
   * @throws ConfigException GIM-019 for what keys cannot express, GIM-028 when it cannot be done
   *     safely, GIM-029 when something else stands there than is expected, or others change it all
   *     the time
   */
  public void edit(Edit edit, Consumer<Document> check, StoreWriter writer)
      throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      StoreEdit planned = new EditPlan(keys, values, sink).of(edit, writer.read(), check);
      if (planned.isEmpty() || writer.write(planned)) {
        return;
      }
    }
    throw values.error(
        ErrorCode.CONFLICT, "others changed it meanwhile, " + ATTEMPTS + " times in a row");
  }
}
