package dev.gimbal.source.etcd;

import dev.gimbal.source.Revision;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What tells one history of a store from another, besides revisions. In a copy that was restored
 * under the same ids terms begin again, and so does the log, while revisions go on from those of
 * the copy. As each revision is an entry of the log, and no entry is two, the entries that are no
 * revisions never get fewer in one history; in such a copy they are fewer by all its revisions.
 *
 * @param others that many entries, or more, were no revisions; the lowest number where the server
 *     does not say
 */
record EtcdHistory(long cluster, long term, long others) {

  private static final long UNKNOWN = Long.MIN_VALUE;

  static EtcdHistory of(ResponseHeader header) {
    return new EtcdHistory(header.getClusterId(), header.getRaftTerm(), UNKNOWN);
  }

  /**
   * The log of a server.
   *
   * @param entries that it has used; 0 for none
   * @param mostOthers that many entries, or fewer, are no revisions
   */
  record Log(long entries, long mostOthers) {

    private static final Log NOT_TOLD = new Log(0, Long.MAX_VALUE);

    /**
     * As the server is now. It says its revision first and its last entry then, so that what came
     * in between makes entries too many and not too few.
     */
    static Log of(EtcdConnection connection, Duration deadline)
        throws IOException, InterruptedException {
      try {
        return of(
            connection.call(
                MaintenanceGrpc.getStatusMethod(), StatusRequest.getDefaultInstance(), deadline));
      } catch (StatusRuntimeException e) {
        if (isRefused(e.getStatus().getCode())) {
          return NOT_TOLD;
        }
        throw connection.failure(e);
      }
    }

    static Log of(StatusResponse status) {
      long last = status.getRaftIndex();
      return last == 0
          ? NOT_TOLD
          : new Log(status.getRaftAppliedIndex(), last - status.getHeader().getRevision());
    }

    /** By a server that tells this not to everybody, or to nobody. */
    static boolean isRefused(Status.Code code) {
      return code == Status.Code.PERMISSION_DENIED
          || code == Status.Code.UNAUTHENTICATED
          || code == Status.Code.INVALID_ARGUMENT
          || code == Status.Code.FAILED_PRECONDITION
          || code == Status.Code.UNIMPLEMENTED;
    }
  }

  /**
   * What is known when this came after it, from a server.
   *
   * @param log of the same server, as it was before it made this header
   */
  EtcdHistory then(ResponseHeader header, Log log) {
    long more = log.entries() == 0 ? UNKNOWN : log.entries() - header.getRevision();
    return new EtcdHistory(header.getClusterId(), header.getRaftTerm(), Math.max(others, more));
  }

  /** Whether what a server said later may be of the same history. */
  boolean goesOn(ResponseHeader later, @Nullable Revision handed) {
    return later.getClusterId() == cluster
        && later.getRaftTerm() >= term
        && (handed == null || later.getRevision() >= handed.order());
  }

  /**
   * The same by the log of a server.
   *
   * @param later as it was when the server had all of this
   */
  boolean goesOn(Log later) {
    return later.mostOthers() >= others;
  }
}
