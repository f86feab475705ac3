package dev.gimbal.source.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.store.StoreChange;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One watch of a range of keys, from its begin until the connection, the server or the session ends
 * it; it is never taken up again. What has the same revision is told at once: a server may send it
 * in several responses, of which all but the last say that they are fragments.
 *
 * <p>The revision of a notice of progress is not used: servers before 3.4.25 and 3.5.8 may send it
 * before the changes that it tells of. Such a notice is asked for only to see that the server is
 * there.
 *
 * <p>Responses come one after the other, each after the one before was taken; so a slow engine
 * slows the server down. Other methods may be called from any thread.
 */
final class EtcdWatch implements ClientResponseObserver<WatchRequest, WatchResponse> {

  /** Hears of changes. */
  interface Listener {
    /** Keys that changed together; the revision rises. May block. */
    void changed(long revision, List<StoreChange> changes);

    /** What was told cannot be relied on: the keys must be read. {@link #lost} may follow. */
    void doubted();

    /** The watch has ended by itself; nothing comes after it. */
    void lost(IOException why);
  }

  /**
   * Asks the server to send large responses in parts, so that none is too large to be taken. The
   * stubs do not know the two fields that this needs.
   */
  private static final UnknownFieldSet FRAGMENT =
      UnknownFieldSet.newBuilder()
          .addField(8, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  /** Whether another part follows. */
  private static final int FRAGMENT_OF_RESPONSE = 7;

  private final EtcdConnection connection;
  private final Listener listener;
  private final Tasks tasks;
  private final String name;
  private final EtcdOptions.Times times;
  private final CompletableFuture<Boolean> created = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Written before the call begins; used under its own lock, as it is for one thread at a time. */
  private @Nullable ClientCallStreamObserver<WatchRequest> requests;

  /** When the server was heard last. Written by responses, read by timers. */
  private volatile long heard;

  /** Whether what was heard is being taken. Written by responses, read by timers. */
  private volatile boolean taking;

  // Used by one response at a time:
  private final List<Event> fragments = new ArrayList<>();
  private long told;

  @GuardedBy("this")
  private Tasks.@Nullable Cancellable timer;

  private EtcdWatch(
      EtcdConnection connection, Listener listener, Tasks tasks, EtcdOptions options) {
    this.connection = connection;
    this.listener = listener;
    this.tasks = tasks;
    this.name = options.shownName();
    this.times = options.times();
    this.heard = tasks.nanoTime();
  }

  /**
   * Begins a watch; when this returns, it stands.
   *
   * @param from the first revision that is told, or 0: from now on
   */
  static EtcdWatch begin(
      EtcdConnection connection,
      EtcdRange range,
      long from,
      EtcdOptions options,
      Deadline deadline,
      Tasks tasks,
      Listener listener)
      throws IOException, InterruptedException {
    EtcdWatch watch = new EtcdWatch(connection, listener, tasks, options);
    boolean stands = false;
    try {
      ClientCalls.asyncBidiStreamingCall(
          connection.authorized(true).newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT),
          watch);
      WatchCreateRequest create =
          WatchCreateRequest.newBuilder()
              .setKey(range.first())
              .setRangeEnd(range.end())
              .setStartRevision(from)
              .setUnknownFields(FRAGMENT)
              .build();
      watch.send(WatchRequest.newBuilder().setCreateRequest(create).build());
      watch.created.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      watch.lookLater();
      stands = true;
      return watch;
    } catch (TimeoutException e) {
      throw new IOException(connection.endpoint() + ": no answer in time", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException why) {
        throw why;
      }
      throw new IOException(e.getCause());
    } finally {
      if (!stands) {
        watch.close();
      }
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
    requests = stream;
  }

  private void send(WatchRequest request) {
    ClientCallStreamObserver<WatchRequest> stream = Objects.requireNonNull(requests);
    synchronized (stream) {
      if (!ended.get()) { // for a canceled call takes no requests
        stream.onNext(request);
      }
    }
  }

  // ---- responses

  @Override
  public void onNext(WatchResponse response) {
    taking = true;
    try {
      take(response);
    } finally {
      heard = tasks.nanoTime();
      taking = false;
    }
  }

  private void take(WatchResponse response) {
    if (response.getCanceled()) {
      listener.doubted(); // the server leaves a watch only where it cannot go on with it
      end(canceled(response));
      return;
    }
    if (response.getCreated()) {
      created.complete(true);
    }
    fragments.addAll(response.getEventsList());
    if (!isFragment(response)) {
      List<Event> events = List.copyOf(fragments);
      fragments.clear();
      tell(events);
    }
  }

  private static boolean isFragment(WatchResponse response) {
    return response.getUnknownFields().getField(FRAGMENT_OF_RESPONSE).getVarintList().contains(1L);
  }

  private IOException canceled(WatchResponse response) {
    long compacted = response.getCompactRevision();
    String reason =
        compacted > 0
            ? "the history before revision " + compacted + " is gone"
            : response.getCancelReason();
    return EtcdFailure.refusal(connection.endpoint(), "the watch ended: " + reason, null);
  }

  private void tell(List<Event> events) {
    for (int from = 0; from < events.size() && !ended.get(); ) {
      long revision = events.get(from).getKv().getModRevision();
      int to = from + 1;
      while (to < events.size() && events.get(to).getKv().getModRevision() == revision) {
        to++;
      }
      if (revision <= told) {
        listener.doubted();
        end(new IOException(connection.endpoint() + ": revision " + revision + " after " + told));
        return;
      }
      told = revision;
      listener.changed(revision, changes(events.subList(from, to)));
      from = to;
    }
  }

  private static List<StoreChange> changes(List<Event> events) {
    List<StoreChange> changes = new ArrayList<>(events.size());
    for (Event event : events) {
      ByteString key = event.getKv().getKey();
      if (key.isValidUtf8()) {
        boolean gone = event.getType() == Event.EventType.DELETE;
        byte[] value = gone ? null : event.getKv().getValue().toByteArray();
        changes.add(new StoreChange(key.toStringUtf8(), value));
      }
    }
    return changes;
  }

  @Override
  public void onError(Throwable failure) {
    if (failure instanceof StatusRuntimeException e && EtcdFailure.isTooLarge(e)) {
      // The history still has what is too large when its key has another value.
      listener.doubted();
    }
    end(connection.failure(failure));
  }

  @Override
  public void onCompleted() {
    end(new IOException(connection.endpoint() + ": the watch ended"));
  }

  private void end(IOException why) {
    if (!finish()) {
      return;
    }
    if (!created.completeExceptionally(why)) {
      listener.lost(why);
    }
  }

  // ---- whether the server is there

  private void lookLater() {
    Tasks.Cancellable set = tasks.schedule(name, times.askAfter(), this::look);
    synchronized (this) {
      timer = set;
    }
    if (ended.get()) {
      set.cancel();
    }
  }

  private void look() {
    if (ended.get()) {
      return;
    }
    long silent = tasks.nanoTime() - heard;
    if (!taking && silent > times.silentAfter().toNanos()) {
      end(
          new IOException(
              connection.endpoint()
                  + ": silent for "
                  + TimeUnit.NANOSECONDS.toSeconds(silent)
                  + " s"));
      return;
    }
    send(
        WatchRequest.newBuilder()
            .setProgressRequest(WatchProgressRequest.getDefaultInstance())
            .build());
    lookLater();
  }

  // ---- the end

  private boolean finish() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    Tasks.Cancellable set;
    synchronized (this) {
      set = timer;
    }
    if (set != null) {
      set.cancel();
    }
    ClientCallStreamObserver<WatchRequest> stream = requests;
    if (stream != null) {
      synchronized (stream) {
        stream.cancel("ended", null);
      }
    }
    return true;
  }

  /** Ends the watch; nothing is told from now on, except what is being told. Idempotent. */
  void close() {
    finish();
    created.completeExceptionally(new IOException("closed"));
  }
}
