package dev.gimbal.source.etcd;

import com.google.protobuf.ByteString;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.source.store.StoreEdit;
import dev.gimbal.source.store.StoreWriter;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes in one transaction, which the store does only if each key that the edit relies on has the
 * revision at which it was read, and each that must be there has any. Used by one thread.
 */
final class EtcdWriter implements StoreWriter {

  private final EtcdRemote remote;
  private final EtcdConnection connection;

  /** As they were read last. */
  private Map<String, KeyValue> present = Map.of();

  /** At which they were read. */
  private long revision;

  EtcdWriter(EtcdRemote remote, EtcdConnection connection) {
    this.remote = remote;
    this.connection = connection;
  }

  @Override
  public Map<String, byte[]> read() throws IOException, InterruptedException {
    EtcdOptions options = remote.options();
    EtcdRange.Read read =
        remote
            .range()
            .read(
                connection,
                options.pageSize(),
                options.times().whole(),
                (at, count, bytes) -> {}); // what is too much was refused when it was read
    Map<String, KeyValue> byKey = new HashMap<>();
    for (KeyValue entry : read.entries()) {
      if (entry.getKey().isValidUtf8()) {
        byKey.put(entry.getKey().toStringUtf8(), entry);
      }
    }
    present = byKey;
    revision = read.revision();
    return read.values();
  }

  @Override
  public boolean write(StoreEdit edit) throws IOException, InterruptedException {
    EtcdLease lease = remote.lease();
    if (lease != null) {
      requireTemporary(edit, lease.present());
    }
    long bound = lease == null || edit.puts().isEmpty() ? 0 : granted(lease);
    try {
      return commit(edit, bound);
    } catch (StatusRuntimeException e) {
      if (EtcdFailure.isTooMany(e)) {
        throw refusal(
            "the edit changes or relies on more keys than the server takes at once"
                + " (128, unless it was started with another --max-txn-ops)");
      }
      if (lease == null || !EtcdFailure.isWithoutLease(e)) {
        throw connection.failure(e);
      }
      lease.forget(bound); // it ran out while the server was away
      return false;
    }
  }

  private long granted(EtcdLease lease) throws IOException, InterruptedException {
    try {
      return lease.id(connection);
    } catch (IOException e) {
      throw EtcdFailure.beforeWriting(e);
    }
  }

  private boolean commit(StoreEdit edit, long lease) throws IOException, InterruptedException {
    TxnRequest.Builder transaction = TxnRequest.newBuilder();
    relied(edit).forEach(key -> transaction.addCompare(asRead(key)));
    edit.reliedBelow().forEach(prefix -> transaction.addCompare(noneJoined(prefix)));
    edit.present().forEach(key -> transaction.addCompare(isThere(key)));
    edit.puts().forEach((key, value) -> transaction.addSuccess(put(key, value, lease)));
    for (String key : edit.deletes()) {
      transaction.addSuccess(
          RequestOp.newBuilder()
              .setRequestDeleteRange(
                  DeleteRangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key))));
    }
    return connection
        .write(KVGrpc.getTxnMethod(), transaction.build(), remote.options().times().whole())
        .getSucceeded();
  }

  /** What is there now must be there still; the range says nothing of keys that are gone. */
  private Set<String> relied(StoreEdit edit) {
    Set<String> relied = new HashSet<>(edit.relied());
    present.keySet().stream().filter(edit::relies).forEach(relied::add);
    return relied;
  }

  /** No key with this prefix is newer than what was read; it holds where there is none. */
  private Compare noneJoined(String prefix) {
    EtcdRange below = EtcdRange.below(prefix);
    return Compare.newBuilder()
        .setKey(below.first())
        .setRangeEnd(below.end())
        .setTarget(Compare.CompareTarget.MOD)
        .setResult(Compare.CompareResult.LESS)
        .setModRevision(revision + 1)
        .build();
  }

  private Compare asRead(String key) {
    KeyValue read = present.get(key);
    Compare.Builder compare =
        Compare.newBuilder()
            .setKey(ByteString.copyFromUtf8(key))
            .setResult(Compare.CompareResult.EQUAL);
    return read == null
        ? compare.setTarget(Compare.CompareTarget.VERSION).setVersion(0).build()
        : compare
            .setTarget(Compare.CompareTarget.MOD)
            .setModRevision(read.getModRevision())
            .build();
  }

  private static Compare isThere(String key) {
    return Compare.newBuilder()
        .setKey(ByteString.copyFromUtf8(key))
        .setResult(Compare.CompareResult.GREATER)
        .setTarget(Compare.CompareTarget.VERSION)
        .setVersion(0)
        .build();
  }

  /** What is there for good, or is another session's, is neither overwritten nor deleted. */
  private void requireTemporary(StoreEdit edit, long lease) {
    Set<String> written = new HashSet<>(edit.puts().keySet());
    written.addAll(edit.deletes());
    for (String key : written) {
      KeyValue read = present.get(key);
      if (read != null && (lease == 0 || read.getLease() != lease)) {
        throw refusal("the key " + key + " is not one of this session's temporary values");
      }
    }
  }

  /** A value for good keeps the lease that its key has. */
  private RequestOp put(String key, byte[] value, long lease) {
    KeyValue read = present.get(key);
    PutRequest.Builder put =
        PutRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8(key))
            .setValue(ByteString.copyFrom(value))
            .setLease(lease);
    if (lease == 0 && read != null && read.getLease() != 0) {
      put.setIgnoreLease(true);
    }
    return RequestOp.newBuilder().setRequestPut(put).build();
  }

  private ConfigException refusal(String message) {
    EtcdOptions options = remote.options();
    Origin origin = new Origin(options.shownName(), options.place(), 0, 0);
    return new ConfigException(Problem.at(ErrorCode.NOT_EDITABLE, origin, message));
  }
}
