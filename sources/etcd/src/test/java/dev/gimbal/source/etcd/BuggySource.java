package dev.gimbal.source.etcd;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Remote;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.RemoteUnavailableException;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.store.StoreChange;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The source with a bug that a test must find. */
final class BuggySource implements Source {

  /** What is wrong with it. */
  enum Bug {
    /** Nothing. */
    NONE,
    /** It watches from a while after it has read: what comes until then is missed. */
    WATCHES_LATE,
    /** It goes on with the old state over each new connection, whatever was missed. */
    NEVER_READS_AGAIN,
    /** It tells the keys of a transaction one by one. */
    SPLITS_TRANSACTIONS,
    /** It does not close connections that it does not need any more. */
    KEEPS_CONNECTIONS,
    /** It does not ask again once a server has refused it. */
    GIVES_UP
  }

  private final EtcdOptions options;
  private final Bug bug;
  private final Queue<Link> links = new ConcurrentLinkedQueue<>();

  /** How many changes came while it did not watch. */
  private final AtomicInteger missed = new AtomicInteger();

  /** What a server that was given up said. Used by one connecting at a time. */
  private volatile RemoteUnavailableException refused;

  BuggySource(EtcdSource source, Bug bug) {
    this.options = source.options();
    this.bug = bug;
  }

  @Override
  public String name() {
    return options.shownName();
  }

  @Override
  public Session open(Sink sink) {
    AtomicBoolean isRead = new AtomicBoolean();
    EtcdRemote remote = new EtcdRemote(options, sink, to -> hearing(to, isRead));
    Remote buggy =
        feed -> {
          isRead.set(false);
          boolean again = feed.resumeAfter() != null;
          Link link = connect(remote, feed);
          links.add(link);
          return new BuggyLink(link, bug, again, isRead, missed);
        };
    return EtcdSession.over(options.remote().open(buggy, sink), remote);
  }

  private Link connect(Remote remote, Feed feed) throws IOException, InterruptedException {
    RemoteUnavailableException before = refused;
    if (before != null) {
      throw before;
    }
    try {
      return remote.connect(feed);
    } catch (RemoteUnavailableException e) {
      refused = bug == Bug.GIVES_UP ? e : null;
      throw e;
    }
  }

  /** Whether no connection but the first had to read the keys. */
  boolean hasReadOnce() {
    return !links.isEmpty() && links.stream().skip(1).allMatch(Link::isResumed);
  }

  /** Closes what it has kept. */
  void closeKept() {
    links.forEach(Link::close);
  }

  private EtcdWatch.Listener hearing(EtcdWatch.Listener to, AtomicBoolean isRead) {
    return new EtcdWatch.Listener() {
      @Override
      public void changed(long revision, List<StoreChange> changes) {
        if (bug == Bug.WATCHES_LATE && !isRead.get()) {
          missed.incrementAndGet();
          return;
        }
        if (bug == Bug.SPLITS_TRANSACTIONS) {
          for (int i = 0; i < changes.size(); i++) {
            to.changed(revision + i, List.of(changes.get(i)));
          }
          return;
        }
        to.changed(revision, changes);
      }

      @Override
      public void doubted() {
        to.doubted();
      }

      @Override
      public void lost(IOException why) {
        to.lost(why);
      }
    };
  }

  private record BuggyLink(
      Link link, Bug bug, boolean again, AtomicBoolean isRead, AtomicInteger missed)
      implements Link {

    @Override
    public RemoteState read(Sink sink) throws IOException, InterruptedException {
      RemoteState state = link.read(sink);
      if (bug == Bug.WATCHES_LATE) {
        awaitQuiet();
      }
      isRead.set(true);
      return state;
    }

    /** Until no change came for longer than a slow machine takes to make the next. */
    private void awaitQuiet() throws InterruptedException {
      int before = -1;
      while (before != missed.get()) {
        before = missed.get();
        Thread.sleep(300);
      }
    }

    @Override
    public boolean isResumed() {
      return bug == Bug.NEVER_READS_AGAIN && again || link.isResumed();
    }

    @Override
    public void edit(Edit edit, Consumer<Document> check) throws IOException, InterruptedException {
      link.edit(edit, check);
    }

    @Override
    public void close() {
      if (bug != Bug.KEEPS_CONNECTIONS) {
        link.close();
      }
    }
  }
}
