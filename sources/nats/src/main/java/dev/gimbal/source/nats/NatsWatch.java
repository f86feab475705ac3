package dev.gimbal.source.nats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.RemoteUnavailableException;
import dev.gimbal.source.Tasks;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.support.NatsKeyValueUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of the server's that sends the newest message of each key, and then each message that
 * comes: one stream of numbered messages, so that nothing falls between the two (G6). What is
 * missing in it shows by its number, and what does not come by the heartbeats that do not.
 *
 * <p>Messages come on the dispatcher's thread.
 */
final class NatsWatch {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Four heartbeats. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final String LAST_NUMBER = "Nats-Last-Consumer";

  /** Who takes what comes after the first keys. Called by the dispatcher's thread. */
  interface Told {

    /**
     * @param value null when the key is gone
     */
    void change(String key, long revision, byte @Nullable [] value);

    /** The first keys were not all that they are said to be. */
    void incomplete();

    /** The watch has come to its end. Perhaps called by who begins it, too. */
    void lost(IOException why);
  }

  /**
   * The newest message of a key.
   *
   * @param value null when it says that the key is gone
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Entry(long revision, byte @Nullable [] value) {}

  /** Keys at a revision. */
  record Keys(long revision, Map<String, Entry> entries) {

    /** Those that are there. */
    Map<String, byte[]> values() {
      Map<String, byte[]> values = new HashMap<>();
      entries.forEach(
          (key, entry) -> {
            if (entry.value != null) {
              values.put(key, entry.value);
            }
          });
      return values;
    }
  }

  private final Tasks tasks;
  private final String subjectPrefix;
  private final String filter;
  private final long atLeast;
  private final Told told;
  private final CompletableFuture<Long> end = new CompletableFuture<>();

  /** Whether it tells what comes; until then that belongs to the first keys. */
  @GuardedBy("this")
  private boolean chosen;

  /** Whether all first keys came. */
  @GuardedBy("this")
  private boolean complete;

  /** Why it ended by itself. */
  @GuardedBy("this")
  private @Nullable IOException failure;

  /** The first keys; empty once they were taken. */
  @GuardedBy("this")
  private Map<String, Entry> entries = new HashMap<>();

  /** The revision of the first keys. */
  @GuardedBy("this")
  private long newest;

  /** When something was heard last. Written by the dispatcher's thread, and by who begins. */
  private volatile long heard;

  /** Whether the dispatcher's thread waits for who is told. */
  private volatile boolean telling;

  private volatile boolean stopped;

  /** The dispatcher's thread's own. */
  private long number;

  /** Both written by who begins it, read by who stops it. */
  private volatile @Nullable Dispatcher dispatcher;

  private volatile @Nullable Subscription subscription;

  NatsWatch(NatsRemote remote, Bucket bucket, Told told) {
    this.tasks = remote.sink().tasks();
    this.heard = tasks.nanoTime();
    this.subjectPrefix = remote.options().subjectPrefix();
    this.filter = remote.options().filter();
    this.atLeast = bucket.last();
    this.told = told;
  }

  /**
   * Begins to watch. When no answer comes, it begins another one: the servers of a cluster may have
   * chosen one for it that is away. The first one that there is stays, and no other one tells
   * anything.
   *
   * @param bucket as it was before: the first keys are at least of its last revision
   */
  static NatsWatch begin(
      NatsRemote remote, NatsClient client, Dispatcher dispatcher, Bucket bucket, Told told)
      throws IOException, InterruptedException {
    Queue<NatsWatch> begun = new ConcurrentLinkedQueue<>();
    AtomicBoolean ended = new AtomicBoolean();
    NatsWatch first = null;
    try {
      first =
          client.stream()
              .ask(
                  timeout -> {
                    NatsWatch watch = new NatsWatch(remote, bucket, told);
                    begun.add(watch);
                    if (ended.get()) {
                      throw new IOException("another one is there");
                    }
                    watch.begin(client, dispatcher, timeout);
                    return watch;
                  });
      first.choose();
      return first;
    } finally {
      ended.set(true); // before: so one of the two sees the other
      for (NatsWatch watch : begun) {
        if (watch != first) {
          watch.stop();
        }
      }
    }
  }

  /** Begins to take the first keys. It tells nothing before it is chosen. */
  void begin(NatsClient client, Dispatcher from, Duration timeout)
      throws IOException, JetStreamApiException {
    String inbox = client.inbox();
    listen(from, inbox);
    try {
      long pending = client.stream().add(consumer(inbox), timeout).getCalculatedPending();
      heard = tasks.nanoTime();
      if (pending == 0) {
        complete();
      }
    } finally {
      if (stopped) {
        stop(); // again, as it may have listened since
      }
    }
  }

  private ConsumerConfiguration consumer(String inbox) {
    return ConsumerConfiguration.builder()
        .deliverSubject(inbox)
        .deliverPolicy(DeliverPolicy.LastPerSubject)
        .filterSubject(filter)
        .ackPolicy(AckPolicy.None)
        .idleHeartbeat(HEARTBEAT)
        .memStorage(true)
        .numReplicas(1)
        .build();
  }

  private void listen(Dispatcher from, String inbox) {
    dispatcher = from;
    subscription = from.subscribe(inbox, this::take);
  }

  /** From now on it tells what comes. What came so far belongs to the first keys. */
  void choose() {
    IOException ended;
    synchronized (this) {
      chosen = true;
      ended = failure;
      if (complete) {
        complete();
      }
    }
    if (ended != null) {
      told.lost(ended);
    }
  }

  /** Waits for the first keys, and takes them away. It is chosen before. */
  Keys first(NatsClient client, Duration timeout) throws IOException, InterruptedException {
    Long revision = client.await(end, timeout);
    if (revision == null) {
      throw new IOException("the keys did not all come within " + timeout);
    }
    synchronized (this) {
      Map<String, Entry> taken = entries;
      entries = new HashMap<>();
      return new Keys(revision, taken);
    }
  }

  /** Whether nothing came for so long that nothing will come, though it was not stopped. */
  boolean isSilent() {
    return !stopped && !telling && tasks.nanoTime() - heard > SILENCE_NANOS;
  }

  /** From now on nothing is told. */
  void stop() {
    stopped = true;
    Dispatcher from = dispatcher;
    Subscription to = subscription;
    if (from != null && to != null && from.isActive()) {
      try {
        from.unsubscribe(to);
      } catch (IllegalStateException closed) {
        return; // and the server knows
      }
    }
  }

  private void take(Message message) {
    heard = tasks.nanoTime();
    if (stopped) {
      return;
    }
    if (message.isStatusMessage()) {
      takeStatus(message);
    } else {
      take(message, message.metaData());
    }
  }

  private void takeStatus(Message message) {
    if (!message.getStatus().isHeartbeat()) {
      fail(message.getStatus().getMessageWithCode());
      return;
    }
    Headers headers = message.getHeaders();
    String last = headers == null ? null : headers.getFirst(LAST_NUMBER);
    if (last == null) {
      return;
    }
    if (!last.equals(Long.toString(number))) {
      fail("messages are missing");
      return;
    }
    complete(); // the server has no more
  }

  private void fail(String why) {
    stopped = true;
    IOException lost = new RemoteUnavailableException("the watch ended: " + why, null);
    end.completeExceptionally(lost);
    if (isToldOf(lost)) {
      told.lost(lost);
    }
  }

  /** Whether it tells of its end; if not, it does when it is chosen. */
  private synchronized boolean isToldOf(IOException lost) {
    failure = lost;
    return chosen;
  }

  private void take(Message message, NatsJetStreamMetaData data) {
    number++;
    if (data.consumerSequence() != number) {
      fail("messages are missing");
      return;
    }
    if (!message.getSubject().startsWith(subjectPrefix)) {
      return;
    }
    String key = message.getSubject().substring(subjectPrefix.length());
    Entry entry = entry(data.streamSequence(), message.getHeaders(), message.getData());
    if (isFirst(key, entry)) {
      if (data.pendingCount() == 0) {
        complete();
      }
      return;
    }
    telling = true;
    try {
      if (entry.revision <= end.join()) {
        told.incomplete(); // of a server that lagged behind
      } else {
        told.change(key, entry.revision, entry.value);
      }
    } finally {
      heard = tasks.nanoTime();
      telling = false;
    }
  }

  static Entry entry(long revision, @Nullable Headers headers, byte @Nullable [] data) {
    boolean there = NatsKeyValueUtil.getOperation(headers) == KeyValueOperation.PUT;
    return new Entry(revision, !there ? null : data == null ? new byte[0] : data);
  }

  private synchronized boolean isFirst(String key, Entry entry) {
    if (end.isDone()) {
      return false;
    }
    entries.put(key, entry);
    newest = entry.revision;
    return true;
  }

  private synchronized void complete() {
    complete = true;
    if (chosen) {
      end.complete(Math.max(newest, atLeast));
    }
  }
}
