package dev.gimbal.source.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Tasks;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lease that the values of one session are bound to: granted with the first, kept while the
 * session is open, and given back at its end. If the server hears nothing for longer than the lease
 * lasts, it ends it with the values; the next write begins another.
 *
 * <p>Safe for use by many threads.
 */
final class EtcdLease {

  private static final Duration REVOKE_WITHIN = Duration.ofSeconds(1);

  /** How often it is kept alive while it lasts once. */
  private static final int KEPT = 4;

  private final EtcdOptions options;
  private final Duration length;
  private final Tasks tasks;

  /** 0 while there is none. */
  @GuardedBy("this")
  private long id;

  /** The newest connection; null before the first write. */
  @GuardedBy("this")
  private @Nullable EtcdConnection over;

  @GuardedBy("this")
  private Tasks.@Nullable Cancellable timer;

  @GuardedBy("this")
  private boolean closed;

  EtcdLease(EtcdOptions options, Duration length, Tasks tasks) {
    this.options = options;
    this.length = length;
    this.tasks = tasks;
  }

  /** A new connection: the lease is kept over it. */
  synchronized void connected(EtcdConnection connection) {
    over = connection;
  }

  /** The lease to bind values to, which is granted if there is none. */
  long id(EtcdConnection connection) throws IOException, InterruptedException {
    while (true) {
      synchronized (this) {
        if (closed) {
          throw new IOException("closed");
        }
        if (id != 0) {
          return id;
        }
      }
      long granted = grant(connection);
      if (keep(granted, connection)) {
        later(granted);
        return granted;
      }
      revoke(connection, granted); // another write was faster
    }
  }

  private long grant(EtcdConnection connection) throws IOException, InterruptedException {
    LeaseGrantRequest request =
        LeaseGrantRequest.newBuilder().setTTL(Math.max(1, length.toSeconds())).build();
    try {
      return connection
          .call(LeaseGrpc.getLeaseGrantMethod(), request, options.times().whole())
          .getID();
    } catch (StatusRuntimeException e) {
      throw connection.failure(e);
    }
  }

  /** The lease that values are bound to; 0 while there is none. */
  synchronized long present() {
    return id;
  }

  private synchronized boolean keep(long granted, EtcdConnection connection) {
    if (closed || id != 0) {
      return false;
    }
    id = granted;
    over = connection;
    return true;
  }

  /** The server does not know a lease any more. */
  synchronized void forget(long gone) {
    id = id == gone ? 0 : id;
  }

  private void later(long kept) {
    Tasks.Cancellable set =
        tasks.schedule(options.shownName(), length.dividedBy(KEPT), () -> keepAlive(kept));
    Tasks.Cancellable old;
    synchronized (this) {
      boolean late = closed || id != kept; // another lease may have its timer already
      old = late ? set : timer;
      timer = late ? timer : set;
    }
    if (old != null) {
      old.cancel();
    }
  }

  private void keepAlive(long kept) {
    EtcdConnection connection;
    synchronized (this) {
      connection = over;
      if (closed || id != kept || connection == null) {
        return;
      }
    }
    try {
      ask(kept, connection);
    } finally {
      later(kept);
    }
  }

  private void ask(long kept, EtcdConnection connection) {
    CallOptions within =
        CallOptions.DEFAULT.withDeadlineAfter(
            options.times().whole().toNanos(), TimeUnit.NANOSECONDS);
    StreamObserver<LeaseKeepAliveRequest> asking =
        ClientCalls.asyncBidiStreamingCall(
            connection.authorized(true).newCall(LeaseGrpc.getLeaseKeepAliveMethod(), within),
            new Answer(kept));
    asking.onNext(LeaseKeepAliveRequest.newBuilder().setID(kept).build());
    asking.onCompleted();
  }

  /** What comes of keeping it alive once; a failure is left to the next time. */
  private final class Answer implements StreamObserver<LeaseKeepAliveResponse> {

    private final long kept;

    Answer(long kept) {
      this.kept = kept;
    }

    @Override
    public void onNext(LeaseKeepAliveResponse response) {
      if (response.getTTL() <= 0) {
        forget(kept);
      }
    }

    @Override
    public void onError(Throwable failure) {
      // the connection's own watch finds that it is lost
    }

    @Override
    public void onCompleted() {
      // it was answered before
    }
  }

  private void revoke(EtcdConnection connection, long granted) throws InterruptedException {
    Deadline deadline = Deadline.after(REVOKE_WITHIN, tasks);
    try {
      connection.call(
          LeaseGrpc.getLeaseRevokeMethod(),
          LeaseRevokeRequest.newBuilder().setID(granted).build(),
          deadline::left);
    } catch (StatusRuntimeException | IOException e) {
      // it runs out by itself
    }
  }

  /** Gives it back, with the values that are bound to it; waits a second at most. */
  void close() {
    long last;
    EtcdConnection connection;
    Tasks.Cancellable set;
    synchronized (this) {
      closed = true;
      last = id;
      id = 0;
      connection = over;
      set = timer;
    }
    if (set != null) {
      set.cancel();
    }
    if (last == 0 || connection == null) {
      return;
    }
    try {
      revoke(connection, last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
