package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.KeyTree;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source that does what a test says, on the test's thread, and tells what was done with it.
 *
 * <p>What it is told before a Config opens it decides its first answer; if it is told nothing, it
 * does not answer. After it was closed it still hands over what it is told, which the Config
 * ignores.
 *
 * <p>Safe for use by many threads; what several threads tell it at once is handed over in the order
 * of its revisions or ignored by the Config.
 *
 * @since 0.1.0
 */
public final class ControllableSource implements Source {

  /** NEW -> OPEN open(); OPEN -> CLOSED Session.close(). */
  private enum Phase {
    NEW,
    OPEN,
    CLOSED
  }

  /** What the source has to say, to any sink. */
  @FunctionalInterface
  private interface Answer {
    void give(Sink sink);
  }

  private final String name;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition goOn = lock.newCondition();

  @GuardedBy("lock")
  private Phase phase = Phase.NEW;

  /** Where it hands over since it was opened. */
  @GuardedBy("lock")
  private @Nullable Sink sink;

  /** What a Config that asks gets to know; null before the test said something. */
  @GuardedBy("lock")
  private @Nullable Answer state;

  /** The tree that the Config holds of it, for patches. */
  @GuardedBy("lock")
  private ObjectNode tree = ObjectNode.EMPTY;

  @GuardedBy("lock")
  private long order;

  @GuardedBy("lock")
  private int reloads;

  @GuardedBy("lock")
  private boolean openHangs;

  @GuardedBy("lock")
  private boolean closeHangs;

  @GuardedBy("lock")
  private int hanging;

  /**
   * A source that has nothing to say yet.
   *
   * @param name unique in one Config
   */
  public ControllableSource(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  // ---- what the source says

  /**
   * Its whole state. The map's own keys are paths in text form, keys of maps inside are literal.
   *
   * @throws IllegalArgumentException for a value that a tree cannot hold
   * @throws ConfigException GIM-001 for a key that is not a path
   */
  public ControllableSource document(Map<String, ?> values) {
    Document document = Document.of(treeOf(values));
    return tell(document.tree(), null, document);
  }

  /** Its whole state, with a revision of the test's choice. Later calls count on from there. */
  public ControllableSource document(Revision revision, Document document) {
    return tell(document.tree(), revision, document);
  }

  /** Changes to its state, handed over as a patch. {@code changes} runs on the calling thread. */
  public ControllableSource patch(Consumer<Patch.Builder> changes) {
    Patch.Builder builder = Patch.builder();
    changes.accept(builder);
    Patch patch = builder.build();
    Answer now;
    Sink to;
    lock.lock();
    try {
      tree = Nodes.apply(tree, patch);
      Revision revision = Revision.of(++order);
      Document whole = Document.of(tree);
      state = any -> any.document(revision, whole);
      now = any -> any.patch(revision, patch);
      to = sink;
    } finally {
      lock.unlock();
    }
    return hand(to, now);
  }

  /** It answered, and there is nothing. */
  public ControllableSource absent() {
    ConfigException why = problem(ErrorCode.SOURCE_ABSENT, "the test says that there is nothing");
    return tell(ObjectNode.EMPTY, any -> any.absent(why));
  }

  /** It could not be read. */
  public ControllableSource failed(String message) {
    return failed(problem(ErrorCode.SOURCE_FAILED, message));
  }

  /** It could not be read, or what was read is malformed: the code says which. */
  public ControllableSource failed(ConfigException why) {
    return tell(null, any -> any.failed(why));
  }

  /** It is well, but what it holds is odd. A Config that asks again still gets its last state. */
  public ControllableSource degraded(String message) {
    ConfigException why = problem(ErrorCode.SOURCE_FAILED, message);
    return hand(sink(), any -> any.degraded(why));
  }

  /** Lets any next document in, whatever its revision. */
  public ControllableSource reset() {
    return hand(sink(), Sink::reset);
  }

  /** Changes its whole state and tells nobody: what a reload finds. */
  public ControllableSource prepare(Map<String, ?> values) {
    Document document = Document.of(treeOf(values));
    lock.lock();
    try {
      remember(document.tree(), null, document);
    } finally {
      lock.unlock();
    }
    return this;
  }

  private ControllableSource tell(ObjectNode newTree, @Nullable Revision own, Document document) {
    Answer answer;
    Sink to;
    lock.lock();
    try {
      answer = remember(newTree, own, document);
      to = sink;
    } finally {
      lock.unlock();
    }
    return hand(to, answer);
  }

  @GuardedBy("lock")
  private Answer remember(ObjectNode newTree, @Nullable Revision own, Document document) {
    Revision revision = own == null ? Revision.of(order + 1) : own;
    order = revision.order();
    tree = newTree;
    Answer answer = any -> any.document(revision, document);
    state = answer;
    return answer;
  }

  private ControllableSource tell(@Nullable ObjectNode newTree, Answer answer) {
    Sink to;
    lock.lock();
    try {
      tree = newTree == null ? tree : newTree;
      state = answer;
      to = sink;
    } finally {
      lock.unlock();
    }
    return hand(to, answer);
  }

  /** Hands over without the lock: a Config may do anything meanwhile. */
  private ControllableSource hand(@Nullable Sink to, Answer answer) {
    if (to != null) {
      answer.give(to);
    }
    return this;
  }

  private static ObjectNode treeOf(Map<String, ?> values) {
    KeyTree keys = new KeyTree();
    values.forEach(
        (key, value) -> keys.put(ConfigPath.parse(key), Nodes.of(value, Scalar.Template.ALL)));
    return keys.toNode();
  }

  private ConfigException problem(ErrorCode code, String message) {
    return new ConfigException(Problem.at(code, Origin.of(name), message));
  }

  // ---- how it misbehaves

  /** From now on {@link #open} blocks, interrupted or not, until {@link #letGo}. */
  public ControllableSource hangInOpen() {
    return hang(true, false);
  }

  /** From now on its session's {@code close} blocks, interrupted or not, until {@link #letGo}. */
  public ControllableSource hangInClose() {
    return hang(false, true);
  }

  /** Ends all blocking, present and future. */
  public ControllableSource letGo() {
    lock.lock();
    try {
      openHangs = false;
      closeHangs = false;
      goOn.signalAll();
    } finally {
      lock.unlock();
    }
    return this;
  }

  private ControllableSource hang(boolean open, boolean close) {
    lock.lock();
    try {
      openHangs |= open;
      closeHangs |= close;
    } finally {
      lock.unlock();
    }
    return this;
  }

  // ---- what was done with it

  /** Whether a Config has opened it and not closed it. */
  public boolean isOpen() {
    return phase() == Phase.OPEN;
  }

  /** Whether a Config has closed it; true as soon as closing begins. */
  public boolean isClosed() {
    return phase() == Phase.CLOSED;
  }

  /** How often it was asked to read again. */
  public int reloads() {
    lock.lock();
    try {
      return reloads;
    } finally {
      lock.unlock();
    }
  }

  /** How many threads are blocked inside it. */
  public int hanging() {
    lock.lock();
    try {
      return hanging;
    } finally {
      lock.unlock();
    }
  }

  private Phase phase() {
    lock.lock();
    try {
      return phase;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Sink sink() {
    lock.lock();
    try {
      return sink;
    } finally {
      lock.unlock();
    }
  }

  // ---- Source

  @Override
  public String name() {
    return name;
  }

  /**
   * Gives the first answer, if there is one.
   *
   * @throws IllegalStateException when a Config has opened this source before
   */
  @Override
  public Session open(Sink to) {
    Answer first;
    lock.lock();
    try {
      if (phase != Phase.NEW) {
        throw new IllegalStateException(
            "source \"" + name + "\": it belongs to another Config already");
      }
      phase = Phase.OPEN;
      hanging++;
      while (openHangs) {
        goOn.awaitUninterruptibly();
      }
      hanging--;
      sink = to;
      first = state;
    } finally {
      lock.unlock();
    }
    if (first != null) {
      first.give(to);
    }
    return new ControlledSession();
  }

  private final class ControlledSession implements Session {

    @Override
    public void reload(Sink to) {
      Answer answer;
      lock.lock();
      try {
        reloads++;
        answer = state;
      } finally {
        lock.unlock();
      }
      if (answer == null) {
        to.failed(problem(ErrorCode.SOURCE_FAILED, "the test has not said anything yet"));
      } else {
        answer.give(to);
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        phase = Phase.CLOSED;
        hanging++;
        while (closeHangs) {
          goOn.awaitUninterruptibly();
        }
        hanging--;
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public String toString() {
    return "controllable " + name;
  }
}
