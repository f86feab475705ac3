package dev.gimbal.source.etcd;

import com.google.protobuf.ByteString;
import dev.gimbal.source.store.StoreKeys;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are read and watched: one, or all with a prefix, and no others, so that a role that
 * may read these is enough. Immutable.
 *
 * @param first the first
 * @param end behind the last; empty for the first alone
 */
record EtcdRange(ByteString first, ByteString end) {

  private static final int ATTEMPTS = 5;

  /** All keys as they were at one revision. */
  record Read(ResponseHeader header, List<KeyValue> entries) {

    long revision() {
      return header.getRevision();
    }

    /** By key; a key that is not UTF-8 is left out. */
    Map<String, byte[]> values() {
      Map<String, byte[]> values = new LinkedHashMap<>(entries.size() * 2);
      for (KeyValue entry : entries) {
        if (entry.getKey().isValidUtf8()) {
          values.put(entry.getKey().toStringUtf8(), entry.getValue().toByteArray());
        }
      }
      return values;
    }
  }

  static EtcdRange of(StoreKeys keys) {
    return keys.isTree()
        ? below(keys.prefix())
        : new EtcdRange(ByteString.copyFromUtf8(keys.prefix()), ByteString.EMPTY);
  }

  /** All keys that begin with a prefix. */
  static EtcdRange below(String text) {
    ByteString prefix = ByteString.copyFromUtf8(text);
    ByteString zero = ByteString.copyFrom(new byte[1]);
    return prefix.isEmpty() ? new EtcdRange(zero, zero) : new EtcdRange(prefix, behind(prefix));
  }

  /** The first key that does not begin with a prefix in UTF-8, of which no byte is 0xff. */
  private static ByteString behind(ByteString prefix) {
    byte[] bytes = prefix.toByteArray();
    bytes[bytes.length - 1]++;
    return ByteString.copyFrom(bytes);
  }

  /** Refuses what is too much. */
  @FunctionalInterface
  interface Limit {
    /**
     * @param count how many keys were read so far
     * @param bytes of their values
     */
    void requireWithin(long revision, int count, long bytes);
  }

  /**
   * Reads all keys at one revision, page by page: those after the first are read at the revision of
   * the first. If that revision is compacted meanwhile, it begins anew.
   */
  Read read(EtcdConnection connection, int pageSize, Duration deadline, Limit limit)
      throws IOException, InterruptedException {
    int size = pageSize;
    for (int i = 0; ; i++) {
      try {
        return pages(connection, size, deadline, limit);
      } catch (StatusRuntimeException e) {
        boolean again = EtcdFailure.isCompacted(e) && i < ATTEMPTS;
        boolean smaller = EtcdFailure.isTooLarge(e) && size > 1;
        if (!again && !smaller) {
          throw connection.failure(e);
        }
        size = smaller ? Math.max(1, size / 8) : size;
        i = smaller ? i - 1 : i;
      }
    }
  }

  private Read pages(EtcdConnection connection, int size, Duration deadline, Limit limit)
      throws IOException, InterruptedException {
    List<KeyValue> entries = new ArrayList<>();
    RangeRequest.Builder request =
        RangeRequest.newBuilder().setKey(first).setRangeEnd(end).setLimit(size);
    ResponseHeader header = null;
    long bytes = 0;
    while (true) {
      RangeResponse page = connection.call(KVGrpc.getRangeMethod(), request.build(), deadline);
      header = header == null ? page.getHeader() : header;
      for (KeyValue entry : page.getKvsList()) {
        bytes += entry.getValue().size();
        entries.add(entry);
      }
      limit.requireWithin(header.getRevision(), entries.size(), bytes);
      if (!page.getMore() || page.getKvsCount() == 0) {
        return new Read(header, entries);
      }
      ByteString last = page.getKvs(page.getKvsCount() - 1).getKey();
      request.setKey(last.concat(ByteString.copyFrom(new byte[1])));
      request.setRevision(header.getRevision());
    }
  }

  /**
   * What the server says of itself.
   *
   * @param revision the answer is null where the server has not all that came after it; 0 for none
   */
  @Nullable ResponseHeader probe(EtcdConnection connection, long revision, Duration deadline)
      throws IOException, InterruptedException {
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(first)
            .setRangeEnd(end)
            .setRevision(revision)
            .setLimit(1)
            .setKeysOnly(true)
            .build();
    try {
      return connection.call(KVGrpc.getRangeMethod(), request, deadline).getHeader();
    } catch (StatusRuntimeException e) {
      if (EtcdFailure.isOutOfHistory(e)) {
        return null;
      }
      throw connection.failure(e);
    }
  }
}
