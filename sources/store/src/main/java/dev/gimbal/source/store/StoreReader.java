package dev.gimbal.source.store;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.RemoteUnavailableException;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import java.io.IOException;
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
 * <p>Methods may be called from any thread; {@link #change} by one at a time.
 *
 * @since 0.1.0
 */
public final class StoreReader {

  private static final int ATTEMPTS = 10;

  private final StoreKeys keys;
  private final Sink sink;
  private final StoreValues values;
  private final StoreState state;

  /**
   * @param name the source's, for messages
   * @param place what messages call the store, such as its address without secrets
   */
  public StoreReader(StoreKeys keys, Sink sink, String name, String place) {
    this.keys = keys;
    this.sink = sink;
    this.values = new StoreValues(keys, name, place, keys.reading(sink.readOptions()));
    this.state = new StoreState(keys, sink, values);
  }

  /**
   * Begins a connection. What others tell from now on is left out. Must be called before the store
   * is asked to tell changes.
   *
   * @return the revision after which changes may be told without reading the keys, or null: they
   *     must be read
   */
  public @Nullable Revision connected(Feed to) {
    return state.connected(to);
  }

  /**
   * Begins a connection whose keys are read, whatever was told over those before. It is as {@link
   * #connected}, for stores that cannot tell changes after a revision.
   */
  public void connectedToRead(Feed to) {
    state.connectedToRead(to);
  }

  /**
   * The store is another one: it was set up anew, and its revisions begin again. Must be called
   * before it is asked to tell changes; the keys must be read then.
   */
  public void restart() {
    state.restart();
  }

  /**
   * Takes a transaction of the store: one change of the layer, whatever it changes.
   *
   * @param from the connection that told it
   * @param revision rises from one to the next
   * @param changes of any keys; those that do not belong to the layer are left out
   */
  public void change(Feed from, Revision revision, List<StoreChange> changes) {
    state.change(from, revision, changes);
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
    return state.read(revision, entries);
  }

  /**
   * Refuses what is more than may be read, before all of it is held: for stores that are read page
   * by page, or row by row. Then it is as if all was read, and refused.
   *
   * @param revision at which the keys are read, or null where the store has none
   * @param count how many were read so far
   * @param bytes of their values
   * @throws ConfigException GIM-005 when it is too much
   */
  public void requireWithin(@Nullable Revision revision, int count, long bytes) {
    state.requireWithin(revision, count, bytes);
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
      StoreEdit planned = new EditPlan(keys, values, sink).of(edit, read(writer), check);
      if (planned.isEmpty() || writer.write(planned)) {
        return;
      }
    }
    throw values.error(
        ErrorCode.CONFLICT, "others changed it meanwhile, " + ATTEMPTS + " times in a row");
  }

  /** What cannot be read now is not written either, and who edits is told no doubt. */
  private static Map<String, byte[]> read(StoreWriter writer)
      throws IOException, InterruptedException {
    try {
      return writer.read();
    } catch (RemoteUnavailableException e) {
      throw e;
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      IOException unread = new RemoteUnavailableException("it cannot be reached: " + why, null);
      unread.initCause(e);
      throw unread;
    }
  }
}
