package dev.gimbal.source.store;

import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Remote;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A store with transactions and revisions, and a source of it whose client is slow at random: what
 * it reads and what it is told come in any order that a network allows. Used by one thread.
 */
final class ModelStore implements Source {

  /** What the source does wrong. */
  enum Bug {
    NONE,
    /** What is told while the keys are read is lost. */
    LOSES_WHAT_IS_TOLD_MEANWHILE,
    /** It is told changes only after it has read. */
    READS_BEFORE_IT_WATCHES,
    /** After a cut it goes on with what comes next. */
    RESUMES_FROM_NOW,
    /** After a cut it reads, and puts what is told before on what it knew. */
    READS_BUT_GOES_ON_WITH_WHAT_IT_KNEW
  }

  private static final String PREFIX = "/app/";
  private static final byte[] MALFORMED = {(byte) 0xFF};
  private static final String[] NAMES = {"a", "b", "a/b", "a/0", "a/1", "c/d/e", "c/d"};

  private final Random random;
  private final Bug bug;
  private final StoreKeys keys = StoreKeys.tree(PREFIX, '/');
  final TreeMap<String, byte[]> held = new TreeMap<>();
  private final List<List<StoreChange>> history = new ArrayList<>();

  private StoreReader reader;
  private Feed feed;

  /** The number of the last transaction that the client was told. */
  private int told;

  private boolean reading;

  /** From its start on values may be malformed: a start would fail. */
  boolean hasStarted;

  /** From then on nobody writes. */
  private boolean isQuiet;

  /** Whether it tells changes after a revision; if not, keys are read after each cut. */
  private final boolean resumes;

  ModelStore(Random random, Bug bug) {
    this.random = random;
    this.bug = bug;
    this.resumes =
        switch (bug) {
          case RESUMES_FROM_NOW -> true;
          case READS_BUT_GOES_ON_WITH_WHAT_IT_KNEW -> false;
          default -> random.nextBoolean();
        };
    commit();
  }

  private long revision() {
    return history.size();
  }

  /** Writes some keys at once; two of them always say the same. */
  void commit() {
    Map<String, byte[]> next = new HashMap<>();
    byte[] pair = Integer.toString(history.size()).getBytes(StandardCharsets.UTF_8);
    next.put(PREFIX + "pair/x", pair);
    next.put(PREFIX + "pair/y", pair);
    for (int i = random.nextInt(3); i > 0; i--) {
      String key = PREFIX + NAMES[random.nextInt(NAMES.length)];
      next.put(key, random.nextBoolean() ? null : value());
    }
    List<StoreChange> changes = new ArrayList<>();
    next.forEach(
        (key, value) -> {
          changes.add(new StoreChange(key, value));
          if (value == null) {
            held.remove(key);
          } else {
            held.put(key, value);
          }
        });
    history.add(changes);
  }

  /** A value, at times one that is no text. */
  private byte[] value() {
    return hasStarted && random.nextInt(20) == 0
        ? MALFORMED
        : new byte[] {(byte) ('0' + random.nextInt(4))};
  }

  /** Gives keys whose value is no text one that is; the last that is written. */
  void mend() {
    isQuiet = true;
    List<StoreChange> changes = new ArrayList<>();
    held.replaceAll(
        (key, value) -> {
          if (value == MALFORMED) {
            changes.add(new StoreChange(key, new byte[] {'0'}));
          }
          return value == MALFORMED ? new byte[] {'0'} : value;
        });
    history.add(changes);
  }

  /** Tells the client the next transaction, if there is one and it is connected. */
  boolean tell() {
    if (feed == null || told >= history.size()) {
      return false;
    }
    List<StoreChange> next = history.get(told++);
    if (reading && bug == Bug.LOSES_WHAT_IS_TOLD_MEANWHILE) {
      return true;
    }
    reader.change(feed, Revision.of(told), next);
    return true;
  }

  void cut() {
    Feed old = feed;
    feed = null;
    if (old != null) {
      old.lost(new IOException("cut"));
    }
  }

  void notice() {
    if (feed != null) {
      feed.changed();
    }
  }

  private void anything() {
    for (int i = random.nextInt(4); i > 0; i--) {
      if (!isQuiet && random.nextBoolean()) {
        commit();
      } else {
        tell();
      }
    }
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public Session open(Sink sink) {
    reader = new StoreReader(keys, sink, "model", "model");
    Remote remote = this::connect;
    return RemoteOptions.of("model", "model").open(remote, sink);
  }

  private Revision begin(Feed to) {
    if (resumes) {
      return reader.connected(to);
    }
    if (bug == Bug.READS_BUT_GOES_ON_WITH_WHAT_IT_KNEW) {
      reader.connected(to);
    } else {
      reader.connectedToRead(to);
    }
    return null;
  }

  private Link connect(Feed to) {
    Revision after = begin(to);
    boolean forgets = bug == Bug.RESUMES_FROM_NOW;
    boolean late = bug == Bug.READS_BEFORE_IT_WATCHES;
    told = after == null || forgets ? history.size() : (int) after.order();
    feed = late ? null : to;
    return new Link() {
      @Override
      public RemoteState read(Sink sink) {
        reading = true;
        anything();
        long at = revision();
        Map<String, byte[]> read = new HashMap<>(held);
        anything();
        reading = false;
        RemoteState state = reader.read(Revision.of(at), read);
        if (late) {
          feed = to;
          told = history.size();
        }
        return state;
      }

      @Override
      public boolean isResumed() {
        return after != null;
      }

      @Override
      public void close() {
        if (feed == to) {
          feed = null;
        }
      }
    };
  }
}
