package dev.gimbal.source.nats;

import dev.gimbal.format.Document;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatchOption;
import io.nats.client.api.KeyValueWatcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One key, over the watch of the client library, with a bug that the tests must find. */
final class SeededKvSource implements Source {

  /** What it does wrong. */
  enum Bug {
    /** Nothing, as far as the tests go. */
    NONE,
    /** What changes between the reading and the watch is missed. */
    WATCHES_AFTER_IT_HAS_READ,
    /** The connection and the watch are the client library's to mend. */
    TRUSTS_THE_CLIENT,
    /** A connection that is made anew has no watch. */
    WATCHES_ONCE,
    /** A connection that is made anew is watched, but what came before is not read. */
    SKIPS_WHAT_IT_MISSED
  }

  private final Bug bug;
  private final InetSocketAddress server;
  private final String bucket;
  private final String key;
  private final AtomicBoolean connected = new AtomicBoolean();

  SeededKvSource(Bug bug, InetSocketAddress server, String bucket, String key) {
    this.bug = bug;
    this.server = server;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public Session open(Sink sink) {
    return RemoteOptions.of(name(), name())
        .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(2))
        .open(this::connect, sink);
  }

  private Link connect(Feed feed) throws IOException, InterruptedException {
    Options.Builder options = Bucketful.options(server);
    if (bug == Bug.NONE || bug == Bug.WATCHES_ONCE || bug == Bug.SKIPS_WHAT_IT_MISSED) {
      options.noReconnect().connectionListener(new Ends(feed));
    }
    Connection connection = Nats.connect(options.build());
    boolean well = false;
    try {
      Link link = link(connection, feed);
      well = true;
      return link;
    } finally {
      if (!well) {
        connection.close();
      }
    }
  }

  private Link link(Connection connection, Feed feed) throws IOException {
    KeyValue keys = connection.keyValue(bucket);
    boolean isFirst = connected.compareAndSet(false, true);
    boolean skips = bug == Bug.SKIPS_WHAT_IT_MISSED;
    boolean watchesLater = bug == Bug.WATCHES_AFTER_IT_HAS_READ;
    if (!watchesLater && (isFirst || bug != Bug.WATCHES_ONCE)) {
      watch(keys, feed);
    }
    return new Link() {
      private boolean watched = !watchesLater;
      private boolean skipped = !skips || isFirst;

      @Override
      public RemoteState read(Sink sink) throws IOException {
        if (!skipped) {
          skipped = true;
          return RemoteState.unchanged();
        }
        RemoteState state = SeededKvSource.this.read(keys);
        if (!watched) {
          watch(keys, feed);
          watched = true;
        }
        return state;
      }

      @Override
      public void close() {
        try {
          connection.close();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  /** Tells that a connection ended. */
  private record Ends(Feed feed) implements ConnectionListener {
    @Override
    @SuppressWarnings("deprecation")
    public void connectionEvent(Connection connection, ConnectionListener.Events event) {
      if (event == ConnectionListener.Events.DISCONNECTED
          || event == ConnectionListener.Events.CLOSED) {
        feed.lost(new IOException("the connection ended"));
      }
    }
  }

  private RemoteState read(KeyValue keys) throws IOException {
    try {
      KeyValueEntry entry = keys.get(key);
      Map<String, String> tree = entry == null ? Map.of() : Map.of(key, entry.getValueAsString());
      return RemoteState.of(Document.of((ObjectNode) Nodes.of(tree, Scalar.Template.NONE)));
    } catch (JetStreamApiException e) {
      throw new IOException(e);
    }
  }

  private void watch(KeyValue keys, Feed feed) throws IOException {
    KeyValueWatcher watcher =
        new KeyValueWatcher() {
          @Override
          public void watch(KeyValueEntry entry) {
            feed.changed();
          }

          @Override
          public void endOfData() {}
        };
    try {
      keys.watch(key, watcher, KeyValueWatchOption.UPDATES_ONLY);
    } catch (JetStreamApiException | InterruptedException e) {
      throw new IOException(e);
    }
  }
}
