package dev.gimbal.source.etcd;

import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Remote;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.store.StoreChange;
import dev.gimbal.source.store.StoreReader;
import io.etcd.jetcd.api.ResponseHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cluster, over all connections of one session. A connection is one to one server;
 * when it is lost, the next server has its turn.
 *
 * <p>Where the server still has what came after the revision that was handed over last, the watch
 * goes on behind it and nothing is read. Otherwise the watch begins now, and then the keys are
 * read. Both look at the history: another cluster, or one that was set back, is read anew.
 */
final class EtcdRemote implements Remote {

  private final EtcdOptions options;
  private final Sink sink;
  private final EtcdThreads threads;
  private final StoreReader reader;
  private final EtcdRange range;
  private final @Nullable EtcdLease lease;
  private final UnaryOperator<EtcdWatch.Listener> hearing;

  // Used by one connecting or reading at a time:
  private int turn;
  private @Nullable EtcdHistory history;

  /** Of the server that is connected to, as it was before the keys are read. */
  private EtcdHistory.@Nullable Log log;

  /** Whether the history is another one than that of the state that was handed over last. */
  private boolean otherHistory;

  /** Whether a watch told what cannot be. Written by watches, too. */
  private volatile boolean doubted;

  EtcdRemote(EtcdOptions options, Sink sink) {
    this(options, sink, UnaryOperator.identity());
  }

  /**
   * @param hearing stands between the watch of each connection and what is made of it
   */
  EtcdRemote(EtcdOptions options, Sink sink, UnaryOperator<EtcdWatch.Listener> hearing) {
    this.options = options;
    this.hearing = hearing;
    this.sink = sink;
    this.threads = new EtcdThreads(options.shownName(), sink.tasks());
    this.reader = new StoreReader(options.keys(), sink, options.shownName(), options.place());
    this.range = EtcdRange.of(options.keys());
    this.lease =
        options.lease() == null ? null : new EtcdLease(options, options.lease(), sink.tasks());
    this.turn = (int) (sink.tasks().random() * options.endpoints().size());
  }

  EtcdOptions options() {
    return options;
  }

  StoreReader reader() {
    return reader;
  }

  EtcdRange range() {
    return range;
  }

  @Nullable EtcdLease lease() {
    return lease;
  }

  /** Tries the servers in their order; another connect goes on behind the one tried last. */
  @Override
  public Link connect(Feed feed) throws IOException, InterruptedException {
    List<EtcdOptions.Endpoint> all = options.endpoints();
    List<EtcdOptions.Endpoint> order = new ArrayList<>(all.subList(turn, all.size()));
    order.addAll(all.subList(0, turn));
    EtcdServers servers =
        new EtcdServers(
            order,
            options.times().connect(),
            (endpoint, limit) -> {
              turn = (all.indexOf(endpoint) + 1) % all.size();
              return connect(endpoint, limit, feed);
            });
    return servers.choose();
  }

  private Link connect(EtcdOptions.Endpoint endpoint, Duration limit, Feed feed)
      throws IOException, InterruptedException {
    EtcdOptions limited = options.withTimes(new EtcdOptions.Times(limit, options.times().whole()));
    EtcdConnection connection = EtcdConnection.open(limited, endpoint, threads);
    boolean stands = false;
    try {
      Deadline deadline = Deadline.after(limit, sink.tasks());
      connection.login(deadline.left());
      Revision after = null;
      if (goesOn(connection, feed, deadline)) {
        after = reader.connected(feed);
      } else {
        reader.connectedToRead(feed);
        doubted = false; // nothing is gone on with until the keys were read
      }
      if (otherHistory) {
        reader.restart();
      }
      EtcdWatch watch =
          EtcdWatch.begin(
              connection,
              range,
              after == null ? 0 : after.order() + 1,
              options,
              deadline,
              sink.tasks(),
              hearing.apply(listener(feed)));
      if (lease != null) {
        lease.connected(connection);
      }
      stands = true;
      return new EtcdLink(this, connection, watch, feed, after != null);
    } finally {
      if (!stands) {
        connection.close();
      }
    }
  }

  /** Whether the server has all that came after what was handed over. */
  private boolean goesOn(EtcdConnection connection, Feed feed, Deadline deadline)
      throws IOException, InterruptedException {
    EtcdHistory before = history;
    // Such a reading has all that was read anywhere before, and so has the log behind it.
    ResponseHeader now =
        before == null ? null : Objects.requireNonNull(range.probe(connection, 0, deadline.left()));
    EtcdHistory.Log found = EtcdHistory.Log.of(connection, deadline.left());
    log = found;
    if (before == null || now == null) {
      return false;
    }
    Revision handed = feed.resumeAfter();
    otherHistory |= !before.goesOn(now, handed) || !before.goesOn(found);
    history = otherHistory ? EtcdHistory.of(now) : before;
    if (otherHistory || doubted || handed == null) {
      return false;
    }
    ResponseHeader after = range.probe(connection, handed.order(), deadline.left());
    history = after == null ? before : before.then(after, found);
    return after != null;
  }

  private EtcdWatch.Listener listener(Feed to) {
    return new EtcdWatch.Listener() {
      @Override
      public void changed(long revision, List<StoreChange> changes) {
        reader.change(to, Revision.of(revision), changes);
      }

      @Override
      public void doubted() {
        doubted = true;
      }

      @Override
      public void lost(IOException why) {
        to.lost(why);
      }
    };
  }

  RemoteState read(EtcdConnection connection, Feed feed) throws IOException, InterruptedException {
    EtcdRange.Read read =
        range.read(
            connection,
            options.pageSize(),
            options.times().whole(),
            (at, count, bytes) -> reader.requireWithin(Revision.of(at), count, bytes));
    EtcdHistory before = history;
    if (before != null && !before.goesOn(read.header(), otherHistory ? null : feed.resumeAfter())) {
      throw new IOException(connection.endpoint() + ": it is another store now");
    }
    history =
        (before == null ? EtcdHistory.of(read.header()) : before)
            .then(read.header(), Objects.requireNonNull(log));
    RemoteState state = reader.read(Revision.of(read.revision()), read.values());
    otherHistory &= state.kind() == RemoteState.Kind.FAILED;
    return state;
  }

  /** Gives the lease back, and ends the threads once the connection ends with its link. */
  void close() {
    try {
      if (lease != null) {
        lease.close();
      }
    } finally {
      threads.close();
    }
  }
}
