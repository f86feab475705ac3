package dev.gimbal.source.store;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store in memory, with compare-and-set, and a source of it. Safe for use by many threads. */
final class HeldStore implements Source {

  private final StoreKeys keys;
  private final TreeMap<String, byte[]> held = new TreeMap<>();
  private long revision = 1;
  private Feed feed;
  private StoreReader reader;

  /** Called between the reading and the writing of an edit. */
  volatile Runnable beforeWrite = () -> {};

  /** Why an edit cannot read, or cannot write, or null. */
  volatile IOException readFailure;

  volatile IOException writeFailure;

  /** Called while the keys are on their way to who reads them. */
  volatile Runnable duringRead = () -> {};

  /** Called when the keys were read, before that is handed over. */
  volatile Runnable afterRead = () -> {};

  HeldStore(StoreKeys keys, String... entries) {
    this.keys = keys;
    for (int i = 0; i < entries.length; i += 2) {
      held.put(entries[i], entries[i + 1].getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes keys and values; null: the key goes. */
  void put(String... entries) {
    for (int i = 0; i < entries.length; i += 2) {
      String value = entries[i + 1];
      put(entries[i], value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }
  }

  synchronized void put(String key, byte[] value) {
    if (value == null) {
      held.remove(key);
    } else {
      held.put(key, value);
    }
    revision++;
    reader.change(feed, Revision.of(revision), List.of(new StoreChange(key, value)));
  }

  /** The connection is lost. */
  void cut() {
    feed.lost(new IOException("cut"));
  }

  synchronized Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    held.forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
    return texts;
  }

  private synchronized Map<String, byte[]> all() {
    return new HashMap<>(held);
  }

  @Override
  public String name() {
    return "held";
  }

  @Override
  public Session open(Sink sink) {
    reader = new StoreReader(keys, sink, "held", "memory");
    return RemoteOptions.of("held", "memory").open(this::connect, sink);
  }

  private synchronized Link connect(Feed to) {
    feed = to;
    reader.connected(to);
    return new Link() {
      @Override
      public RemoteState read(Sink sink) {
        Revision at;
        Map<String, byte[]> entries;
        synchronized (HeldStore.this) {
          at = Revision.of(revision);
          entries = all();
        }
        duringRead.run();
        RemoteState state = reader.read(at, entries);
        afterRead.run();
        return state;
      }

      @Override
      public void edit(Edit edit, Consumer<Document> check)
          throws IOException, InterruptedException {
        reader.edit(edit, check, new Writer());
      }

      @Override
      public void close() {}
    };
  }

  private final class Writer implements StoreWriter {
    private Map<String, byte[]> read = Map.of();

    private static void fail(IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public Map<String, byte[]> read() throws IOException {
      fail(readFailure);
      read = all();
      return read;
    }

    @Override
    public boolean write(StoreEdit edit) throws IOException {
      beforeWrite.run();
      fail(writeFailure);
      synchronized (HeldStore.this) {
        Set<String> all = new HashSet<>(held.keySet());
        all.addAll(read.keySet());
        for (String key : all) {
          if (edit.relies(key) && !Arrays.equals(held.get(key), read.get(key))) {
            return false;
          }
        }
        if (!held.keySet().containsAll(edit.present())) {
          return false;
        }
        edit.puts().forEach((key, value) -> put(key, value));
        edit.deletes().forEach(key -> put(key, (byte[]) null));
        return true;
      }
    }
  }
}
