package dev.gimbal.source.nats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Tasks.Cancellable;
import dev.gimbal.source.store.StoreChange;
import io.nats.client.Dispatcher;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and watches over one connection.
 *
 * <p>The first reading takes the first keys of the watch that began with the connection. A later
 * one of a tree begins a new watch in its place, so that the two never differ; one of a document
 * asks for its key. Every 2 s it looks at what no watch tells: a bucket that is gone, made anew or
 * purged, revisions that went by age, and a watch of which nothing is heard.
 */
final class NatsLink implements Link {

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final NatsRemote remote;
  private final NatsOptions options;
  private final NatsClient client;
  private final Feed feed;
  private final Dispatcher dispatcher;

  /** The watch that tells; null where there is no bucket. Written by who connects and reads. */
  private volatile @Nullable NatsWatch watch;

  /** Whether the first keys of {@link #watch} were read. Used by one reading at a time. */
  private boolean taken;

  /** The bucket as it was seen last; null where there is none. */
  private volatile @Nullable Bucket seen;

  @GuardedBy("this")
  private @Nullable Cancellable timer;

  @GuardedBy("this")
  private boolean closed;

  NatsLink(NatsRemote remote, NatsClient client, Feed feed) throws IOException {
    this.remote = remote;
    this.options = remote.options();
    this.client = client;
    this.feed = feed;
    this.dispatcher = client.dispatcher();
  }

  void begin() throws IOException, InterruptedException {
    Revision handed = feed.resumeAfter();
    Bucket bucket = client.stream().bucket();
    if (bucket != null) {
      watch(bucket, handed);
    }
    seen = bucket;
    lookLater();
  }

  private NatsWatch watch(Bucket bucket, @Nullable Revision handed)
      throws IOException, InterruptedException {
    NatsWatch old = watch;
    if (old != null) {
      old.stop();
    }
    remote.beforeWatch(bucket, handed, feed);
    NatsWatch begun = NatsWatch.begin(remote, client, dispatcher, bucket, new Telling());
    watch = begun;
    taken = false;
    return begun;
  }

  @Override
  public RemoteState read(Sink sink) throws IOException, InterruptedException {
    NatsWatch present = watch;
    if (present == null || taken) {
      Revision handed = feed.resumeAfter(); // before the bucket, which may grow meanwhile
      Bucket bucket = client.stream().bucket();
      seen = bucket;
      if (bucket == null) {
        return noBucket();
      }
      boolean another = present == null || remote.isAnother(bucket, handed);
      if (!another && !options.keys().isTree()) {
        return readDocument();
      }
      present = watch(bucket, handed);
    }
    NatsWatch.Keys keys = present.first(client, options.times().whole());
    taken = true;
    return remote.reader().read(Revision.of(keys.revision()), keys.values());
  }

  private RemoteState readDocument() throws IOException, InterruptedException {
    String key = options.keys().prefix();
    MessageInfo newest = client.stream().newest(key);
    if (newest == null) {
      return remote.reader().read(null, Map.of());
    }
    NatsWatch.Entry entry = NatsWatch.entry(newest.getSeq(), newest.getHeaders(), newest.getData());
    byte[] value = entry.value();
    Revision revision = Revision.of(entry.revision());
    return remote.reader().read(revision, value == null ? Map.of() : Map.of(key, value));
  }

  private RemoteState noBucket() {
    NatsWatch old = watch;
    if (old != null) {
      old.stop();
      watch = null;
    }
    RemoteState missing = remote.reader().read(null, Map.of());
    String message = "there is no bucket " + options.bucket();
    return missing.kind() == RemoteState.Kind.ABSENT
        ? RemoteState.absent(remote.error(ErrorCode.SOURCE_ABSENT, message))
        : RemoteState.failed(
            remote.error(ErrorCode.SOURCE_FAILED, message + "; the last content stays"));
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) throws IOException, InterruptedException {
    remote.reader().edit(edit, check, new NatsWriter(remote, client));
  }

  // ---- what no watch tells

  private void lookLater() {
    if (!remote.sink().watching()) {
      return;
    }
    Cancellable set = remote.sink().tasks().schedule(options.shownName(), LOOK, this::look);
    boolean late;
    synchronized (this) {
      late = closed;
      timer = set;
    }
    if (late) {
      set.cancel();
    }
  }

  private void look() {
    NatsWatch present = watch;
    if (present != null && present.isSilent()) {
      feed.lost(new IOException("nothing is heard of the watch"));
      return;
    }
    Bucket before = seen;
    Revision handed = feed.resumeAfter();
    try {
      Bucket now = client.stream().bucket(LOOK);
      if (isWorthReading(before, now, handed)) {
        feed.changed();
      }
      if (before == seen) { // else it was read meanwhile
        seen = now;
      }
    } catch (IOException e) {
      // Nobody leads now: what changes comes by the watch, and an end is told by the client. But
      // the client does not ask who sends heartbeats whether it hears anything.
      if (!isHeard()) {
        feed.lost(new IOException("the server does not hear what is sent"));
        return;
      }
    }
    lookLater();
  }

  private boolean isHeard() {
    try {
      return client.isHeard(options.times().whole());
    } catch (IOException e) {
      return false; // the connection is closed
    }
  }

  private boolean isWorthReading(
      @Nullable Bucket before, @Nullable Bucket now, @Nullable Revision handed) {
    if (before == null || now == null) {
      return before != now;
    }
    return remote.isAnother(now, handed) || now.mayLackSome(before);
  }

  @Override
  public void close() {
    Cancellable set;
    synchronized (this) {
      closed = true;
      set = timer;
    }
    if (set != null) {
      set.cancel();
    }
    client.close();
  }

  /** What a watch tells. Called by the dispatcher's thread. */
  private final class Telling implements NatsWatch.Told {
    @Override
    public void change(String key, long revision, byte @Nullable [] value) {
      if (remote.sink().watching()) { // else the first keys are all that is wanted
        StoreChange change = new StoreChange(key, value);
        remote.reader().change(feed, Revision.of(revision), List.of(change));
      }
    }

    @Override
    public void incomplete() {
      if (remote.sink().watching()) {
        feed.changed();
      }
    }

    @Override
    public void lost(IOException why) {
      feed.lost(why);
    }
  }
}
