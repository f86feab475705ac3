package dev.gimbal.source.etcd;

import dev.gimbal.source.RemoteUnavailableException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the failures of calls mean. */
final class EtcdFailure {

  private static final String COMPACTED = "required revision has been compacted";
  private static final String FUTURE = "required revision is a future revision";
  private static final String NO_AUTH = "authentication is not enabled";
  private static final String NO_LEASE = "requested lease not found";
  private static final String TOO_MANY = "too many operations in txn request";
  private static final int MOST_CAUSES = 10;

  private EtcdFailure() {}

  /** As the session is told; the server's address and no secrets. */
  static IOException of(EtcdOptions.Endpoint from, Throwable failure) {
    Status status = Status.fromThrowable(failure);
    String description = description(status);
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL ->
          new IOException(from + ": " + description, failure);
      default -> refusal(from, description, failure);
    };
  }

  /** A server that answers that it will not. */
  static IOException refusal(
      EtcdOptions.Endpoint from, String description, @Nullable Throwable failure) {
    IOException refused =
        new RemoteUnavailableException(from + " refuses it: " + description, null);
    refused.initCause(failure);
    return refused;
  }

  private static String description(Status status) {
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "no answer in time";
    }
    String said = status.getDescription();
    String text = said == null ? status.getCode().toString() : said;
    if (status.getCause() != null) {
      Throwable root = root(status.getCause());
      text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
    return text.lines().findFirst().orElse("");
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < MOST_CAUSES && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }

  /** Whether nothing was heard in time. */
  static boolean isOfTime(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof TimeoutException
          || cause instanceof ConnectTimeoutException
          || cause instanceof StatusRuntimeException e
              && e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** The same of a call that comes before anything is written: it leaves no doubt. */
  static IOException beforeWriting(IOException failure) {
    if (failure instanceof RemoteUnavailableException) {
      return failure;
    }
    IOException unwritten =
        new RemoteUnavailableException("it cannot be reached: " + failure.getMessage(), null);
    unwritten.initCause(failure);
    return unwritten;
  }

  private static boolean says(StatusRuntimeException failure, String text) {
    String said = failure.getStatus().getDescription();
    return said != null && said.contains(text);
  }

  /** Whether who asks may be known again after another login. */
  static boolean isStaleLogin(StatusRuntimeException failure) {
    return failure.getStatus().getCode() == Status.Code.UNAUTHENTICATED
        || says(failure, "user name is empty")
        || says(failure, "revision of auth store is old");
  }

  static boolean isWithoutAuth(StatusRuntimeException failure) {
    return says(failure, NO_AUTH);
  }

  /** Whether a revision is no longer, or not yet, in the store's history. */
  static boolean isOutOfHistory(StatusRuntimeException failure) {
    return says(failure, COMPACTED) || says(failure, FUTURE);
  }

  static boolean isCompacted(StatusRuntimeException failure) {
    return says(failure, COMPACTED);
  }

  static boolean isWithoutLease(StatusRuntimeException failure) {
    return says(failure, NO_LEASE);
  }

  static boolean isTooMany(StatusRuntimeException failure) {
    return says(failure, TOO_MANY);
  }

  /** Whether the answer has more bytes than are taken. */
  static boolean isTooLarge(StatusRuntimeException failure) {
    return failure.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
        && says(failure, "exceeds maximum size");
  }
}
