package dev.gimbal.traces;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One source and the world outside of it, as in {@code Engine.tla}: the world changes, a session
 * subscribes, takes the signal, reads and says what it read; it loses its connection and comes
 * back; another read is overtaken.
 */
final class Outside implements Source {

  static final String FIRST = "a";

  private final String name;
  private final boolean comeBack;

  /** What the world holds, what the session was told; all under this object's monitor. */
  private int revision;

  private boolean subscribed;
  private boolean signal;
  private boolean still;
  private boolean ended;

  /** Written by open, before the load begins. */
  private @Nullable Sink sink;

  Outside(String name, boolean comeBack) {
    this.name = name;
    this.comeBack = comeBack;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Sink to) {
    sink = to;
    to.document(Revision.of(0), document(0));
    return this::end;
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** A document with the value of a revision twice; some go with some of the other source only. */
  private Document document(int of) {
    int value = comeBack ? of % 2 : of;
    Map<String, Object> tree = new HashMap<>();
    tree.put("w", Map.of(name, Map.of("l", value, "r", value)));
    if (!name.equals(FIRST)) {
      tree.put("check" + name, value == 1 ? "${gate}" : "none");
    } else if (value == 0) {
      tree.put("gate", "open");
    }
    return Document.of((ObjectNode) Nodes.of(tree, Scalar.Template.ALL));
  }

  // ---- the world

  /** Changes, unless it is still. */
  void change() throws Exception {
    Tape.call(
        "change",
        name,
        () -> {
          synchronized (this) {
            if (still) {
              return null;
            }
            revision++;
            signal = subscribed;
            notifyAll();
            return revision;
          }
        });
  }

  /** Lets the session read, or gives up after a while. */
  synchronized void awaitRead() throws InterruptedException {
    long deadline = System.nanoTime() + 100_000_000;
    while (signal && !ended && System.nanoTime() < deadline) {
      wait(1);
    }
  }

  /** Nothing changes from now on. */
  synchronized void still() {
    still = true;
    notifyAll();
  }

  // ---- the session

  /** What a session does, until the world is still and nothing is left to read, or it is closed. */
  void session(SplittableRandom random, int faults) throws Exception {
    subscribe();
    int left = faults;
    while (awaitSignal()) {
      int read = read();
      Pause.some(random);
      if (left > 0 && random.nextInt(4) == 0) {
        left--;
        fail();
        Pause.some(random);
        subscribe();
      } else {
        say("document", read);
      }
    }
  }

  private void subscribe() throws Exception {
    Tape.call(
        "subscribe",
        name,
        () -> {
          synchronized (this) {
            subscribed = true;
            signal = true;
            return true;
          }
        });
  }

  private synchronized boolean awaitSignal() throws InterruptedException {
    while (!ended && !signal && !still) {
      wait();
    }
    return !ended && signal;
  }

  private int read() throws Exception {
    return Tape.call(
        "read",
        name,
        () -> {
          synchronized (this) {
            signal = false;
            notifyAll();
            return revision;
          }
        });
  }

  private void say(String as, int read) throws Exception {
    Tape.call(
        as,
        name,
        () -> {
          sink.document(Revision.of(read), document(read));
          return read;
        });
  }

  private void fail() throws Exception {
    Tape.call(
        "fail",
        name,
        () -> {
          synchronized (this) {
            subscribed = false;
            signal = false;
          }
          sink.failed(new ConfigException(ErrorCode.SOURCE_FAILED, "out of reach"));
          return true;
        });
  }

  /** Reads beside the session and says it late. */
  void overtaken(SplittableRandom random) throws Exception {
    Integer read =
        Tape.call(
            "reloadRead",
            name,
            () -> {
              synchronized (this) {
                return subscribed ? revision : null;
              }
            });
    if (read != null) {
      Pause.some(random);
      say("reloadDocument", read);
    }
  }
}
