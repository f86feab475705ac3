package dev.gimbal.traces;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes down the calls of one load, thread by thread, with a clock that all threads share: a call
 * that ended before another began has the smaller numbers. The engine's classes call it from the
 * code that {@link Instrumented} puts into them.
 */
public final class Tape {

  private static final Object[] NONE = {};

  /**
   * Where calls go; null while nothing is taken down. Written by who records, read by any thread.
   */
  private static volatile @Nullable Tape current;

  private final AtomicLong clock = new AtomicLong();
  private final ConcurrentMap<Thread, Track> tracks = new ConcurrentHashMap<>();

  /** The calls of one thread; its own until the end. */
  private static final class Track {
    final List<Call> roots = new ArrayList<>();
    final Deque<Call> open = new ArrayDeque<>();
  }

  Tape() {}

  static void insert(Tape tape) {
    current = tape;
  }

  static void remove() {
    current = null;
  }

  /** How late it is by the clock of the tape that is in; 0 without one. */
  static long now() {
    Tape tape = current;
    return tape == null ? 0 : tape.clock.get();
  }

  /** A method begins. */
  public static void enter(String method, @Nullable Object self, Object[] args) {
    Tape tape = current;
    if (tape != null) {
      tape.begin(method, self, args);
    }
  }

  /** A method ends. */
  public static void exit(String method, @Nullable Object result, @Nullable Throwable thrown) {
    Tape tape = current;
    if (tape != null) {
      tape.end(method, result, thrown);
    }
  }

  /** Something of the load itself. */
  static <T> T call(String name, Object arg, Callable<T> action) throws Exception {
    enter(name, null, new Object[] {arg});
    T result = null;
    Throwable thrown = null;
    try {
      result = action.call();
      return result;
    } catch (Throwable e) {
      thrown = e;
      throw e;
    } finally {
      exit(name, result, thrown);
    }
  }

  private void begin(String method, @Nullable Object self, @Nullable Object[] args) {
    Track track = tracks.computeIfAbsent(Thread.currentThread(), thread -> new Track());
    Call call = new Call(method, self, args == null ? NONE : args, clock.incrementAndGet());
    (track.open.isEmpty() ? track.roots : track.open.peek().children).add(call);
    track.open.push(call);
  }

  private void end(String method, @Nullable Object result, @Nullable Throwable thrown) {
    long now = clock.incrementAndGet();
    Track track = tracks.get(Thread.currentThread());
    if (track == null || track.open.isEmpty()) {
      return; // it began before the tape
    }
    Call call = track.open.pop();
    if (!call.is(method)) {
      throw new IllegalStateException(method + " ends inside " + call.method);
    }
    call.result = result;
    call.thrown = thrown;
    call.end = now;
  }

  /** The calls of each thread that called nothing else around them, in their order. */
  List<List<Call>> roots() {
    return tracks.values().stream().map(track -> track.roots).toList();
  }
}
