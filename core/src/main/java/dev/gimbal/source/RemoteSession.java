package dev.gimbal.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Tasks.Cancellable;
import dev.gimbal.tree.Patch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a layer of a {@link Remote}: connects, reads, takes changes, and connects again, with waits
 * that grow, when the connection is lost. A store that gives notice only, and one that tells
 * changes with revisions, are both served; so is one that is read every while.
 *
 * <p>Concurrency: one worker at a time connects and reads; the fields here say what it does next,
 * and nothing foreign is called with their monitor held. Whatever goes to the sink goes in {@link
 * Steps}, in order: a reading first, and then the changes that waited for it.
 *
 * <p>Ordering: a subscription stands before the first reading, and changes that come meanwhile
 * wait. A change is handed over only on top of the latest reading that was asked for, and only if
 * it is newer. So a gap in what the store tells never shows: the layer goes from one state of the
 * store to a later one.
 */
final class RemoteSession implements Session {

  /** How many changes wait at most; if there are more, the state is read again instead. */
  static final int MAX_WAITING = 1024;

  private final RemoteOptions options;
  private final Remote remote;
  private final Sink sink;
  private final Steps steps;

  /** The steps' own. */
  private final RemoteAnswers answers;

  private final Refusals refusals;

  /** The connection that is made or there; null between two. */
  @GuardedBy("this")
  private @Nullable Line line;

  /** What {@link #line} came to; null while it is made. */
  @GuardedBy("this")
  private @Nullable Link link;

  /** Connections that nobody needs any more, until they are closed. */
  @GuardedBy("this")
  private final Set<Link> discarded = new HashSet<>();

  @GuardedBy("this")
  private boolean connectWanted = true;

  @GuardedBy("this")
  private boolean readWanted;

  /** How many readings and attempts to connect have begun. */
  @GuardedBy("this")
  private long readings;

  /** Failures since the store last answered. */
  @GuardedBy("this")
  private int failures;

  /** Whether the sink has the state that the next change changes. */
  @GuardedBy("this")
  private boolean live;

  /** Whether the last reading came to nothing, so that the next change is read. */
  @GuardedBy("this")
  private boolean failedToRead;

  /** Changes that wait for a reading, or for their step. */
  @GuardedBy("this")
  private final Queue<Change> waiting = new ArrayDeque<>();

  /** Whether a worker is at work, or on its way. */
  @GuardedBy("this")
  private boolean working;

  /** The next reading or attempt. */
  @GuardedBy("this")
  private @Nullable Cancellable timer;

  @GuardedBy("this")
  private boolean closed;

  private record Change(Revision revision, Patch patch) {}

  private RemoteSession(RemoteOptions options, Remote remote, Sink sink) {
    this.options = options;
    this.remote = remote;
    this.sink = sink;
    this.steps = Steps.of(options.name());
    this.answers = new RemoteAnswers(options, sink);
    this.refusals = new Refusals(sink);
  }

  static Session open(RemoteOptions options, Remote remote, Sink sink) {
    RemoteSession session = new RemoteSession(options, remote, sink);
    session.wake();
    return session;
  }

  /** Reads again, over a new connection if there is none. */
  @Override
  public void reload(Sink to) {
    Asker asker = new Asker(to);
    try {
      if (ask(asker)) {
        wake();
        asker.await();
      }
    } finally {
      asker.release();
      steps.run(() -> answers.withdraw(asker));
    }
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) {
    options.edit(open(), edit, check);
  }

  private synchronized @Nullable Link open() {
    return link;
  }

  /** Whether somebody will answer. */
  private boolean ask(Asker asker) {
    long begun = begun();
    steps.run(() -> answers.ask(asker, begun));
    synchronized (this) {
      readWanted = true;
      connectWanted |= line == null;
      return !closed; // who closes lets askers go afterwards
    }
  }

  private synchronized long begun() {
    return readings;
  }

  @Override
  public void close() {
    Cancellable set;
    List<Link> open;
    synchronized (this) {
      closed = true;
      set = timer;
      takeLink();
      open = List.copyOf(discarded);
    }
    try {
      if (set != null) {
        set.cancel();
      }
      open.forEach(Link::close);
    } finally {
      steps.run(answers::dropAskers);
    }
  }

  /** Takes the connection away, with what it has told. */
  @GuardedBy("this")
  private @Nullable Link takeLink() {
    Link taken = link;
    if (taken != null) {
      discarded.add(taken);
    }
    line = null;
    link = null;
    live = false;
    failedToRead = false;
    waiting.clear();
    return taken;
  }

  /** Closes a connection from a thread that it does not need to end. */
  private void discard(@Nullable Link old) {
    if (old == null) {
      return;
    }
    Runnable end =
        () -> {
          old.close();
          closed(old);
        };
    try {
      sink.tasks().execute(options.name(), end);
    } catch (RuntimeException | Error noThread) {
      end.run();
    }
  }

  private synchronized void closed(Link old) {
    discarded.remove(old);
  }

  // ---- the worker

  /** Makes sure that a worker looks what there is to do. */
  private void wake() {
    synchronized (this) {
      if (working) {
        return;
      }
      working = true;
    }
    boolean taken = false;
    try {
      sink.tasks().execute(options.name(), this::work);
      taken = true;
    } finally {
      stoppedUnless(taken);
    }
  }

  private synchronized void stoppedUnless(boolean well) {
    working &= well;
  }

  private void work() {
    boolean ended = false;
    try {
      for (Runnable next = next(); next != null; next = next()) {
        next.run();
      }
      ended = true;
    } finally {
      if (!ended) {
        stoppedUnless(false);
      }
    }
  }

  /** What is to be done now. When there is nothing, null, and the worker has stopped. */
  private synchronized @Nullable Runnable next() {
    Line present = line;
    Link open = link;
    if (!closed && present == null && connectWanted) {
      Line made = new Line();
      line = made;
      connectWanted = false;
      readWanted = false;
      long number = ++readings;
      return () -> connect(made, number);
    }
    if (!closed && present != null && open != null && readWanted) {
      readWanted = false;
      live = false;
      failedToRead = false;
      long number = ++readings;
      return () -> read(present, open, number);
    }
    working = false;
    return null;
  }

  private void connect(Line made, long number) {
    try {
      Link opened = remote.connect(made);
      boolean resumed = opened.isResumed();
      if (!keep(made, opened, resumed)) {
        opened.close();
      } else if (resumed) {
        refusals.forget(); // what is told now begins before it
        steps.run(() -> hand(made, number, true, () -> answers.well(number)));
        later(made, options.period());
      }
    } catch (InterruptedException | IOException e) {
      lost(made, e);
    } catch (RuntimeException | AssertionError | VirtualMachineError | LinkageError e) {
      lost(made, RemoteUnavailableException.unexpected(e));
    }
  }

  /** Whether the connection is wanted. One that is not resumed begins with a reading. */
  private synchronized boolean keep(Line made, Link opened, boolean resumed) {
    if (line != made) {
      return false;
    }
    link = opened;
    readWanted |= !resumed;
    failures = resumed ? 0 : failures;
    return true;
  }

  private void read(Line from, Link open, long number) {
    Duration next = options.period();
    try {
      RemoteState state = refusals.read(open);
      next = state.next() == null ? next : state.next();
      boolean good = state.kind() != RemoteState.Kind.FAILED;
      steps.run(() -> hand(from, number, good, () -> answers.hand(number, state)));
    } catch (ConfigException malformed) {
      steps.run(() -> hand(from, number, false, () -> answers.fail(number, malformed)));
    } catch (InterruptedException | IOException e) {
      lost(from, e);
      return;
    } catch (RuntimeException | AssertionError | VirtualMachineError | LinkageError e) {
      lost(from, RemoteUnavailableException.unexpected(e));
      return;
    }
    answered();
    later(from, next == null ? null : RemoteOptions.spread(next, sink.tasks().random()));
  }

  private synchronized void answered() {
    failures = 0;
  }

  private void lost(Line from, Exception why) {
    int before;
    Link old;
    synchronized (this) {
      if (line != from) {
        return;
      }
      old = takeLink();
      before = failures++;
    }
    discard(old);
    Duration wait = options.backoff(before, sink.tasks().random());
    if (why instanceof RemoteUnavailableException busy) {
      Duration asked = busy.retryAfter();
      wait = asked == null || asked.compareTo(wait) < 0 ? wait : asked;
    }
    steps.run(() -> answers.fail(Long.MAX_VALUE, options.unreachable(why)));
    later(null, wait);
  }

  /** Reads again, or connects, after a while. Of a connection that was lost it says nothing. */
  private void later(@Nullable Line of, @Nullable Duration after) {
    if (after == null || !sink.watching()) {
      return;
    }
    Cancellable set = sink.tasks().schedule(options.name(), after, this::due);
    Cancellable old;
    synchronized (this) {
      boolean late = closed || of != null && of != line;
      old = late ? set : timer;
      timer = late ? timer : set;
    }
    if (old != null) {
      old.cancel();
    }
  }

  private void due() {
    synchronized (this) {
      connectWanted |= line == null;
      readWanted = true;
    }
    wake();
  }

  // ---- the steps

  /**
   * Tells what a reading came to, and then the changes that waited for it, unless another reading
   * is to come first.
   */
  private void hand(Line from, long number, boolean good, Runnable answer) {
    synchronized (this) {
      if (line != from) {
        return;
      }
    }
    answer.run();
    boolean again = false;
    Link old = null;
    synchronized (this) {
      if (line == from && number == readings && !readWanted) {
        live = good;
        failedToRead = !good;
        again = !good && !waiting.isEmpty();
        readWanted = again;
        if (again) {
          waiting.clear(); // what is read has them
        }
        old = sink.watching() ? null : takeLink();
      }
    }
    discard(old);
    if (again) {
      wake();
    }
    drain();
  }

  private void drain() {
    long read = begun();
    for (Change next = nextChange(); next != null; next = nextChange()) {
      ConfigException why = answers.change(next.revision, next.patch);
      if (why != null) {
        refused(why, read);
      }
      read = begun();
    }
  }

  /**
   * What the refused change changes is read, and nothing is handed over on top of it before.
   *
   * @param read how many readings had begun when it was handed over
   */
  private void refused(ConfigException why, long read) {
    synchronized (this) {
      if (read == readings) {
        refusals.ofChange(why); // else a state that is being read has it
      }
      if (link != null) {
        readFirst();
      }
    }
    wake();
  }

  private synchronized @Nullable Change nextChange() {
    return live ? waiting.poll() : null;
  }

  // ---- whoever tells what happens in the store

  private void changed(Line from) {
    synchronized (this) {
      if (line != from) {
        return;
      }
      readFirst();
    }
    wake();
  }

  /** Changes wait from now on until the state is read. */
  @GuardedBy("this")
  private void readFirst() {
    readWanted = true;
    live = false;
  }

  private void patch(Line from, Change change) {
    boolean read;
    synchronized (this) {
      if (line != from) {
        return;
      }
      read = waiting.size() == MAX_WAITING || !live && (failedToRead || !working);
      if (read) {
        waiting.clear(); // what is read has them
        readFirst();
      } else {
        waiting.add(change);
      }
    }
    if (read) {
      wake();
    } else {
      steps.run(this::drain);
    }
  }

  /** What one connection tells. */
  private final class Line implements Feed {

    @Override
    public void changed() {
      RemoteSession.this.changed(this);
    }

    @Override
    public void patch(Revision revision, Patch patch) {
      RemoteSession.this.patch(this, new Change(revision, patch));
    }

    @Override
    public void lost(IOException why) {
      RemoteSession.this.lost(this, why);
    }

    @Override
    public @Nullable Revision resumeAfter() {
      return answers.last();
    }
  }
}
