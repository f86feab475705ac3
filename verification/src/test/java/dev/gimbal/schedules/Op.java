package dev.gimbal.schedules;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One operation of a schedule. Its numbers say all about it, so that it does the same when others
 * are left out.
 *
 * @param kind what it does
 * @param which picks among what there is: a source, a path, a task
 * @param seed makes its data and its behaviour
 */
record Op(Kind kind, int which, long seed) {

  /** What an operation does, and how often it comes. */
  enum Kind {
    RUN(70),
    ADVANCE(3),
    DOCUMENT(14),
    PATCH(10),
    ABSENT(2),
    FAILED(2),
    RESET(2),
    STALE(2),
    ODD(2),
    DEGRADED(1),
    MALFORMED(1),
    LATE_ANSWER(2),
    SAY_LATER(4),
    SAY_TIMED(2),
    PUT(7),
    DROP(3),
    MEMORY_PATCH(3),
    MISFIT(1),
    ADD(3),
    REMOVE(3),
    RELOAD(2),
    DECLARE(1),
    KEEP(4),
    WATCH(5),
    WATCH_SINCE(4),
    POLL(9),
    STOP(2),
    SUBSCRIBE(8),
    UNSUBSCRIBE(3),
    UNSUBSCRIBE_ELSEWHERE(3),
    ON_STATUS(1),
    CLOSE(0),
    CLOSE_ELSEWHERE(0),
    AT_YIELD(14);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /** What may happen at any moment of the engine's own work: it waits for nothing. */
  private static final List<Kind> LIGHT =
      List.of(
          Kind.DOCUMENT,
          Kind.DOCUMENT,
          Kind.PATCH,
          Kind.PATCH,
          Kind.ABSENT,
          Kind.FAILED,
          Kind.RESET,
          Kind.STALE,
          Kind.ODD,
          Kind.DEGRADED,
          Kind.MALFORMED,
          Kind.LATE_ANSWER,
          Kind.KEEP,
          Kind.WATCH,
          Kind.WATCH_SINCE,
          Kind.POLL,
          Kind.STOP,
          Kind.SUBSCRIBE,
          Kind.UNSUBSCRIBE);

  /** A schedule: operations, among them the close that may come at any time. */
  static List<Op> schedule(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 5 + random.nextInt(95);
    List<Op> ops = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) { // somebody who watches from the start
      Kind first = random.nextInt(4) == 0 ? Kind.WATCH : Kind.SUBSCRIBE;
      ops.add(new Op(first, random.nextInt(64), random.nextLong()));
    }
    for (int i = 0; i < size; i++) {
      ops.add(new Op(kind(random), random.nextInt(64), random.nextLong()));
    }
    if (random.nextInt(3) == 0) {
      Kind close = random.nextBoolean() ? Kind.CLOSE : Kind.CLOSE_ELSEWHERE;
      ops.add(whereToClose(random, ops), new Op(close, 0, random.nextLong()));
    }
    return ops;
  }

  /** Anywhere, often right after what may be slow, so that it happens inside. */
  private static int whereToClose(SplittableRandom random, List<Op> ops) {
    int at = random.nextInt(ops.size());
    boolean anywhere = random.nextBoolean();
    for (int i = at; i < ops.size() && !anywhere; i++) {
      switch (ops.get(i).kind()) {
        case ADD, REMOVE, RELOAD -> {
          return i + 1;
        }
        default -> {}
      }
    }
    return at;
  }

  private static Kind kind(SplittableRandom random) {
    int all = 0;
    for (Kind kind : Kind.values()) {
      all += kind.weight;
    }
    int at = random.nextInt(all);
    for (Kind kind : Kind.values()) {
      at -= kind.weight;
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("unreachable");
  }

  /** Whether a source says something. */
  boolean says() {
    return switch (kind) {
      case DOCUMENT, PATCH, ABSENT, FAILED, RESET, STALE, ODD, DEGRADED, MALFORMED, LATE_ANSWER ->
          true;
      default -> false;
    };
  }

  /** The operation that waits for a moment inside the engine. */
  Op light() {
    SplittableRandom random = new SplittableRandom(seed);
    return new Op(LIGHT.get(random.nextInt(LIGHT.size())), which, random.nextLong());
  }

  @Override
  public String toString() {
    String what =
        switch (kind) {
          case DOCUMENT, RESET, STALE, ODD, SAY_LATER, SAY_TIMED, ADD ->
              " " + Trees.text(Data.document(seed));
          case PATCH, MEMORY_PATCH -> " " + Data.changes(seed);
          case PUT, DROP -> " " + Data.change(seed);
          case KEEP, WATCH, SUBSCRIBE -> " " + Data.path(which);
          case AT_YIELD -> " " + light();
          default -> "";
        };
    return kind + "(" + which + ", " + seed + "L)" + what;
  }
}
