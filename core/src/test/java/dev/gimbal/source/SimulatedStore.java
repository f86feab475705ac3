package dev.gimbal.source;

import dev.gimbal.format.Document;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A store in memory, whose connections break, with threads of its own that tell what changes. Each
 * revision writes one of a few keys and the revision itself, so that a state says which it is.
 */
public final class SimulatedStore {

  private static final int KEYS = 5;

  /** How a store tells changes. */
  public enum Kind {
    /** Each with its revision, again from an older one while it is remembered. */
    DELTAS,
    /** That there is one, perhaps once for several. */
    NOTICES
  }

  private record Write(long revision, int key) {}

  private final Kind kind;

  /** How many changes are remembered for who resumes. */
  private final int history;

  private final Random random;
  private final TreeMap<Long, Write> log = new TreeMap<>();
  private final Map<String, Long> values = new HashMap<>();
  private final Map<Connection, Boolean> connections = new ConcurrentHashMap<>();
  private long revision;

  private final LongAdder looks = new LongAdder();
  private final List<Map<String, Long>> states = new ArrayList<>();

  /** Whether a connection hears of changes only after its first reading: a bug. */
  public boolean subscribesLate;

  /** Runs between a reading and its end. */
  public Runnable duringRead = () -> {};

  public SimulatedStore(Kind kind, int history, long seed) {
    this.kind = kind;
    this.history = history;
    this.random = new Random(seed);
    states.add(Map.of());
  }

  /** Writes the next revision. */
  public synchronized long write() {
    Write write = new Write(++revision, random.nextInt(KEYS));
    values.put("k" + write.key, revision);
    values.put("revision", revision);
    states.add(Map.copyOf(values));
    log.put(revision, write);
    if (log.size() > history) {
      log.pollFirstEntry();
    }
    return revision;
  }

  /** What there was at a revision. */
  public synchronized Map<String, Long> state(long at) {
    return states.get((int) at);
  }

  /** How often connections looked for something to tell. */
  public long looks() {
    return looks.sum();
  }

  private synchronized long revision() {
    return revision;
  }

  private synchronized Document document() {
    Map<String, Node> children = new HashMap<>();
    values.forEach((key, value) -> children.put(key, Scalar.number(Long.toString(value))));
    return Document.of(ObjectNode.of(children));
  }

  /** The next write after a revision, or null: none yet, or forgotten (then it says so). */
  private synchronized Write after(long from) throws IOException {
    if (from < revision && !log.containsKey(from + 1)) {
      throw new IOException("revision " + (from + 1) + " is compacted");
    }
    return log.get(from + 1);
  }

  private synchronized boolean remembers(long from) {
    return from >= revision || log.containsKey(from + 1);
  }

  /** Breaks all connections. */
  public void breakAll() {
    connections.keySet().forEach(connection -> connection.broken = true);
  }

  /** How many connections are open. */
  public int open() {
    return connections.size();
  }

  /** How many connections tell changes. */
  public int telling() {
    return (int) connections.keySet().stream().filter(one -> one.teller.isAlive()).count();
  }

  public Remote remote() {
    return Connection::new;
  }

  /** One connection, with a thread that tells. */
  private final class Connection implements Link {
    private final Feed feed;
    private final boolean resumed;
    private final Thread teller = new Thread(this::tell, "store-teller");
    private volatile boolean broken;
    private volatile boolean closed;

    /** The last revision told. */
    private long told;

    Connection(Feed feed) {
      this.feed = feed;
      Revision last = feed.resumeAfter();
      resumed = kind == Kind.DELTAS && last != null && remembers(last.order());
      told = resumed ? last.order() : revision();
      connections.put(this, true);
      teller.setDaemon(true);
      if (!subscribesLate) {
        teller.start();
      }
    }

    private void tell() {
      try {
        while (!closed) {
          if (broken) {
            throw new IOException("connection reset");
          }
          tellNext();
        }
      } catch (IOException e) {
        feed.lost(e);
      }
    }

    private void tellNext() throws IOException {
      looks.increment();
      if (kind == Kind.NOTICES) {
        long now = revision();
        if (now > told) {
          told = now;
          feed.changed();
        }
      } else {
        Write next;
        try {
          next = after(told);
        } catch (IOException compacted) {
          told = revision();
          feed.changed();
          return;
        }
        if (next != null) {
          told = next.revision;
          feed.patch(
              Revision.of(told),
              Patch.builder().set("k" + next.key, told).set("revision", told).build());
        }
      }
      LockSupport.parkNanos(20_000);
    }

    @Override
    public RemoteState read(Sink sink) throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
      RemoteState state;
      synchronized (SimulatedStore.this) {
        state = RemoteState.of(Revision.of(revision), document());
      }
      duringRead.run();
      if (subscribesLate && teller.getState() == Thread.State.NEW) {
        told = revision();
        teller.start();
      }
      return state;
    }

    @Override
    public boolean isResumed() {
      return resumed;
    }

    @Override
    public void close() {
      closed = true;
      connections.remove(this);
    }
  }
}
