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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a key if it is as it was read. NATS has no transactions, so that an edit of more keys is
 * refused.
 *
 * <p>Nor has it conditions on other keys; but it has one on the whole stream, that a revision is
 * still the last one. So an edit that relies on other keys looks at what was written since they
 * were read, and is written if nothing was written since it looked. Else it looks again. In a
 * bucket that is never still for so long, or in which more is written than it can look at, it gives
 * that up in the end: then its own key must be as it was read, and the others must have been when
 * it looked at them once more, just before.
 */
final class NatsWriter implements StoreWriter {

  /** What servers say to a condition that does not hold; the second one of a stream of replicas. */
  private static final Set<Integer> WRONG_LAST_SEQUENCE = Set.of(10_071, 10_164);

  /** How often it looks, in the hope that nothing is written meanwhile. */
  private static final int LOOKS = 10;

  /** How many messages are looked at one by one, and how many of them at once. */
  private static final int MOST_OTHERS = 512;

  private static final int OTHERS_AT_ONCE = 16;

  private final NatsRemote remote;
  private final NatsOptions options;
  private final NatsClient client;

  /** The bucket before the keys were read. */
  private @Nullable Bucket bucket;

  /** The last revision when the keys were read, or an earlier one. */
  private long readAt;

  /** Up to this revision, nothing was written but other keys, or what was read. */
  private long looked;

  /** How many messages were looked at one by one. */
  private int others;

  private Map<String, NatsWatch.Entry> entries = Map.of();

  NatsWriter(NatsRemote remote, NatsClient client) {
    this.remote = remote;
    this.options = remote.options();
    this.client = client;
  }

  @Override
  public Map<String, byte[]> read() throws IOException, InterruptedException {
    Bucket present = present();
    NatsWatch.Keys keys = options.keys().isTree() ? readTree(present) : readDocument(present);
    bucket = present;
    readAt = keys.revision();
    entries = keys.entries();
    looked = newest(entries);
    others = 0;
    return keys.values();
  }

  private static long newest(Map<String, NatsWatch.Entry> entries) {
    return entries.values().stream().mapToLong(NatsWatch.Entry::revision).max().orElse(0);
  }

  private Bucket present() throws IOException, InterruptedException {
    Bucket present = client.stream().bucket();
    if (present == null) {
      throw new RemoteUnavailableException("there is no bucket " + options.bucket(), null);
    }
    return present;
  }

  private NatsWatch.Keys readTree(Bucket present) throws IOException, InterruptedException {
    Dispatcher dispatcher = client.dispatcher();
    try {
      return NatsWatch.begin(remote, client, dispatcher, present, new Nobody())
          .first(client, options.times().whole());
    } finally {
      client.end(dispatcher);
    }
  }

  private NatsWatch.Keys readDocument(Bucket present) throws IOException, InterruptedException {
    String key = options.keys().prefix();
    Map<String, NatsWatch.Entry> found = new HashMap<>();
    MessageInfo newest = client.stream().newest(key);
    if (newest != null) {
      found.put(key, NatsWatch.entry(newest.getSeq(), newest.getHeaders(), newest.getData()));
    }
    return new NatsWatch.Keys(present.last(), found);
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
    long keyRevision = before == null ? 0 : before.revision();
    boolean isAlone = written.containsAll(edit.relied()) && edit.reliedBelow().isEmpty();
    if (isAlone && edit.present().isEmpty()) {
      return publish(key, value, ifLast(keyRevision).build());
    }
    for (int look = 1; ; look++) {
      boolean isHopeless = look > LOOKS || others >= MOST_OTHERS;
      if (!(look == 1 || isHopeless ? isAsRead(edit) : isStillAsRead(edit))) {
        return false;
      }
      PublishOptions.Builder expected = ifLast(keyRevision);
      if (!isHopeless) {
        expected.expectedLastSequence(looked);
      }
      if (publish(key, value, expected.build())) {
        return true;
      }
      if (isHopeless) {
        return false;
      }
    }
  }

  private static PublishOptions.Builder ifLast(long keyRevision) {
    return PublishOptions.builder().expectedLastSubjectSequence(keyRevision);
  }

  /** Whether all is as it was read, of which who was read may have lagged behind. */
  private boolean isAsRead(StoreEdit edit) throws IOException, InterruptedException {
    Set<String> asked = new HashSet<>();
    for (String key : edit.relied()) { // no other can be there
      if (NatsKeys.isKey(key)) {
        asked.add(key);
      }
    }
    Set<String> keys = Set.copyOf(asked);
    boolean tellsBelow = options.separator() == NatsKeys.SEPARATOR;
    if (!tellsBelow) {
      asked.add(options.filterBelow(""));
    }
    for (String prefix : edit.reliedBelow()) {
      if (NatsKeys.isPrefix(prefix, options.separator())) {
        asked.add(options.filterBelow(prefix));
      }
    }
    asked.addAll(edit.present());
    Map<String, MessageInfo> newest = client.stream().newest(asked);
    if (!edit.present().stream().map(newest::get).allMatch(NatsWriter::isThere)) {
      return false;
    }
    for (String key : keys) {
      if (!isAsRead(newest.get(key), key::equals)) {
        return false;
      }
    }
    boolean isAsRead =
        tellsBelow
            ? areAsRead(edit.reliedBelow(), newest)
            : areAsRead(edit, newest.get(options.filterBelow("")));
    if (isAsRead) {
      looked = Math.max(looked, readAt);
    }
    return isAsRead;
  }

  /** Whether the newest below each prefix was read, and so all before it. */
  private boolean areAsRead(Set<String> prefixes, Map<String, MessageInfo> newest) {
    return prefixes.stream()
        .allMatch(
            prefix ->
                isAsRead(newest.get(options.filterBelow(prefix)), key -> key.startsWith(prefix)));
  }

  /**
   * The same where NATS cannot tell the keys below a prefix from others.
   *
   * @param newest of all keys
   */
  private boolean areAsRead(StoreEdit edit, @Nullable MessageInfo newest)
      throws IOException, InterruptedException {
    return newest == null ? isAsRead(null, edit::relies) : areOthers(edit);
  }

  /** Whether only other keys were written since it was looked at last. */
  private boolean isStillAsRead(StoreEdit edit) throws IOException, InterruptedException {
    long before = looked;
    return areOthers(edit)
        && (looked > before || isAsReadNow(edit)); // else what was written is gone already
  }

  /**
   * The same. Looks at what was written since, message by message; and when it was too much for
   * that, at all that the edit relies on.
   */
  private boolean areOthers(StoreEdit edit) throws IOException, InterruptedException {
    boolean more = true;
    while (more && others < MOST_OTHERS) {
      long end = looked + OTHERS_AT_ONCE;
      List<MessageInfo> next = client.stream().next(looked + 1, OTHERS_AT_ONCE);
      for (MessageInfo message : next) {
        String key = key(message);
        if (edit.relies(key) && !isRead(message)
            || edit.present().contains(key) && !isThere(message)) {
          return false;
        }
        looked = message.getSeq();
      }
      others += next.size();
      more = looked >= end;
    }
    return !more || isAsReadNow(edit);
  }

  /** Whether all is as it was read, whatever was written since. */
  private boolean isAsReadNow(StoreEdit edit) throws IOException, InterruptedException {
    Bucket now = present();
    boolean isSame = bucket != null && bucket.created().isEqual(now.created());
    boolean isAsRead =
        isSame
            && (options.separator() == NatsKeys.SEPARATOR
                ? isAsRead(edit)
                : isReadAgain(edit, now));
    if (isAsRead) {
      looked = Math.max(looked, now.last());
    }
    return isAsRead;
  }

  /** The same where NATS cannot tell the keys below a prefix from others: all are read again. */
  private boolean isReadAgain(StoreEdit edit, Bucket now) throws IOException, InterruptedException {
    String all = options.filterBelow("");
    MessageInfo newest = client.stream().newest(Set.of(all)).get(all);
    Map<String, NatsWatch.Entry> present = readTree(now).entries();
    if (newest != null && newest(present) < newest.getSeq()) {
      return false; // of a server that lags behind
    }
    Set<String> relied = new HashSet<>(entries.keySet());
    relied.addAll(present.keySet());
    relied.removeIf(key -> !edit.relies(key));
    boolean isAsRead =
        relied.stream().allMatch(key -> isRead(key, present.get(key)))
            && edit.present().stream().map(present::get).allMatch(NatsWriter::isThere);
    if (!isAsRead) {
      return false;
    }
    looked = Math.max(looked, newest(present));
    return true;
  }

  /**
   * Whether what is there of some keys was read.
   *
   * @param newest null when nothing is there
   */
  private boolean isAsRead(@Nullable MessageInfo newest, Predicate<String> keys) {
    return newest == null ? entries.keySet().stream().noneMatch(keys) : isRead(newest);
  }

  /** Whether a message is no one that says that its key is gone. */
  private static boolean isThere(@Nullable MessageInfo message) {
    return message != null
        && isThere(NatsWatch.entry(message.getSeq(), message.getHeaders(), message.getData()));
  }

  private static boolean isThere(NatsWatch.@Nullable Entry entry) {
    return entry != null && entry.value() != null;
  }

  private String key(MessageInfo message) {
    return options.key(String.valueOf(message.getSubject()));
  }

  private boolean isRead(MessageInfo message) {
    NatsWatch.Entry read = entries.get(key(message));
    return read != null && read.revision() == message.getSeq();
  }

  /**
   * Whether an entry is the one that was read.
   *
   * @param present null when there is none now
   */
  private boolean isRead(String key, NatsWatch.@Nullable Entry present) {
    NatsWatch.Entry read = entries.get(key);
    return read == null
        ? present == null
        : present != null && read.revision() == present.revision();
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
      if (WRONG_LAST_SEQUENCE.contains(e.getApiErrorCode())) {
        return false;
      }
      throw NatsStream.answered(e);
    } catch (IllegalArgumentException e) { // it is too large with its headers, or its key too long
      throw remote.error(
          ErrorCode.NOT_EDITABLE, "the key " + key + " cannot be written: " + e.getMessage());
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
