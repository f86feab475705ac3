package dev.gimbal.source.nats;

import dev.gimbal.ErrorCode;
import dev.gimbal.source.RemoteUnavailableException;
import dev.gimbal.source.store.StoreEdit;
import dev.gimbal.source.store.StoreWriter;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.support.NatsKeyValueUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a key if it is as it was read. NATS has no transactions, so that an edit of more keys is
 * refused. One that relies on other keys than it writes is done only if nothing at all was written
 * to the bucket since; one that relies on what is below its key, if nothing was written there just
 * before.
 */
final class NatsWriter implements StoreWriter {

  private static final int WRONG_LAST_SEQUENCE = 10_071;

  private final NatsRemote remote;
  private final NatsOptions options;
  private final NatsClient client;

  /** The bucket's last revision before the keys were read. */
  private long bucketRevision;

  private Map<String, NatsWatch.Entry> entries = Map.of();

  NatsWriter(NatsRemote remote, NatsClient client) {
    this.remote = remote;
    this.options = remote.options();
    this.client = client;
  }

  @Override
  public Map<String, byte[]> read() throws IOException, InterruptedException {
    Bucket bucket = client.stream().bucket();
    if (bucket == null) {
      throw new RemoteUnavailableException("there is no bucket " + options.bucket(), null);
    }
    bucketRevision = bucket.last();
    NatsWatch.Keys keys = options.keys().isTree() ? readTree(bucket) : readDocument();
    entries = keys.entries();
    return keys.values();
  }

  private NatsWatch.Keys readTree(Bucket bucket) throws IOException, InterruptedException {
    Dispatcher dispatcher = client.dispatcher();
    try {
      return NatsWatch.begin(remote, client, dispatcher, bucket, new Nobody())
          .first(client, options.times().whole());
    } finally {
      client.end(dispatcher);
    }
  }

  private NatsWatch.Keys readDocument() throws IOException, InterruptedException {
    String key = options.keys().prefix();
    Map<String, NatsWatch.Entry> found = new HashMap<>();
    MessageInfo newest = client.stream().newest(key);
    if (newest != null) {
      found.put(key, NatsWatch.entry(newest.getSeq(), newest.getHeaders(), newest.getData()));
    }
    return new NatsWatch.Keys(bucketRevision, found);
  }

  @Override
  public boolean write(StoreEdit edit) throws IOException, InterruptedException {
    Set<String> written = new TreeSet<>(edit.puts().keySet());
    written.addAll(edit.deletes());
    if (written.size() > 1) {
      throw remote.error(
          ErrorCode.NOT_EDITABLE,
          "NATS writes one key at a time, and this is about " + String.join(", ", written));
    }
    String key = written.iterator().next();
    byte[] value = edit.puts().get(key);
    requirePossible(key, value);
    NatsWatch.Entry before = entries.get(key);
    PublishOptions.Builder expected = PublishOptions.builder();
    expected.expectedLastSubjectSequence(before == null ? 0 : before.revision());
    if (!written.containsAll(edit.relied())) {
      expected.expectedLastSequence(bucketRevision);
    }
    return isAsRead(edit, key) && publish(key, value, expected.build());
  }

  /** Whether what is not written is as it was read: who was read may have lagged behind. */
  private boolean isAsRead(StoreEdit edit, String written)
      throws IOException, InterruptedException {
    for (String key : edit.relied()) {
      if (!key.equals(written) && NatsKeys.isKey(key) && !isAsRead(key)) {
        return false;
      }
    }
    for (String prefix : edit.reliedBelow()) { // no key begins with one that cannot be
      if (NatsKeys.isPrefix(prefix, options.separator()) && !areAsRead(prefix)) {
        return false;
      }
    }
    return true;
  }

  private boolean isAsRead(String key) throws IOException, InterruptedException {
    MessageInfo newest = client.stream().newest(key);
    return newest == null ? !entries.containsKey(key) : isRead(newest);
  }

  /** Whether the newest below a prefix was read, and so all before it. */
  private boolean areAsRead(String prefix) throws IOException, InterruptedException {
    MessageInfo newest = client.stream().newest(options.filterBelow(prefix));
    return newest == null
        ? entries.keySet().stream().noneMatch(key -> key.startsWith(prefix))
        : isRead(newest);
  }

  private boolean isRead(MessageInfo message) {
    NatsWatch.Entry read = entries.get(options.key(String.valueOf(message.getSubject())));
    return read != null && read.revision() == message.getSeq();
  }

  private void requirePossible(String key, byte @Nullable [] value) throws IOException {
    if (!NatsKeys.isKey(key)) {
      throw remote.error(
          ErrorCode.NOT_EDITABLE,
          "the key " + key + " cannot be: NATS has letters, digits and -/_=. in keys");
    }
    if (value != null && value.length > client.maxPayload()) {
      throw remote.error(
          ErrorCode.NOT_EDITABLE,
          "the value of " + key + " is larger than the server takes: " + client.maxPayload());
    }
  }

  private boolean publish(String key, byte @Nullable [] value, PublishOptions expected)
      throws IOException, InterruptedException {
    Headers headers = value == null ? NatsKeyValueUtil.getDeleteHeaders() : null;
    try {
      client.publish(options.subjectPrefix() + key, headers, value, expected);
      return true;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
        return false;
      }
      throw NatsStream.answered(e);
    } catch (IllegalStateException e) {
      throw new IOException("the connection is closed; it may be written or not", e);
    }
  }

  /** Nobody hears of what comes afterwards. */
  private static final class Nobody implements NatsWatch.Told {
    @Override
    public void change(String key, long revision, byte @Nullable [] value) {}

    @Override
    public void incomplete() {}

    @Override
    public void lost(IOException why) {}
  }
}
