package dev.gimbal.testing.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection: reads from one end, holds what it read as long as the rules say,
 * and writes to the other end. The end of what comes, and a reset, are held in the same line. Only
 * the thread of the loop uses it.
 */
final class ProxyFlow {

  /** Never is due by itself. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int MOST_HELD = 1 << 20;
  private static final int PORTIONS_A_SECOND = 20;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private enum Kind {
    BYTES,
    END,
    RESET
  }

  /** What came, and when. */
  private record Arrival(Kind kind, ByteBuffer bytes, long nanos) {}

  private final SocketChannel from;
  private final SocketChannel to;
  private final ProxyState.Rules rules;
  private final Deque<Arrival> line = new ArrayDeque<>();
  private int held;

  /** Nothing more is read. */
  private boolean isReadToEnd;

  /** Everything was passed on, or cannot be any more. */
  private boolean isDone;

  /** The other end does not take more at present. */
  private boolean isFull;

  private long lastWrite;
  private int lastWritten;

  ProxyFlow(SocketChannel from, SocketChannel to, ProxyState.Rules rules) {
    this.from = from;
    this.to = to;
    this.rules = rules;
  }

  boolean wantsToRead() {
    return !isReadToEnd && held < MOST_HELD;
  }

  boolean wantsToWrite() {
    return isFull;
  }

  boolean isDone() {
    return isDone;
  }

  /** Takes what has come. */
  void read(ByteBuffer buffer, long now) {
    buffer.clear();
    try {
      int count = from.read(buffer);
      if (count < 0) {
        arrived(new Arrival(Kind.END, NOTHING, now));
      } else if (count > 0) {
        buffer.flip();
        ByteBuffer copy = ByteBuffer.allocate(count).put(buffer).flip();
        line.add(new Arrival(Kind.BYTES, copy, now));
        hold(count);
      }
    } catch (IOException e) {
      arrived(new Arrival(Kind.RESET, NOTHING, now)); // what reading says of a reset
    }
  }

  /** The end that it reads from does not take anything any more: it was reset. */
  void resetByWriting(long now) {
    if (!isReadToEnd) {
      arrived(new Arrival(Kind.RESET, NOTHING, now));
    }
  }

  private void arrived(Arrival last) {
    isReadToEnd = true;
    line.add(last);
  }

  private void hold(int more) {
    held += more;
    rules.held(more);
  }

  /** The writable end is so again. */
  void writable() {
    isFull = false;
  }

  /** Forgets what it holds; nothing more is read or written. */
  void drop() {
    hold(-held);
    line.clear();
    isReadToEnd = true;
    isDone = true;
  }

  /** What passing on has come to. */
  enum Outcome {
    GOES_ON,
    RESET_CAME,
    WRITE_FAILED
  }

  /** Passes on what is due. */
  Outcome pass(long now) {
    while (!isDone && !isFull && dueIn(now) <= 0) {
      Arrival first = line.getFirst();
      switch (first.kind) {
        case RESET -> {
          return Outcome.RESET_CAME;
        }
        case END -> {
          isDone = true;
          line.clear();
          try {
            to.shutdownOutput();
          } catch (IOException e) {
            return Outcome.WRITE_FAILED;
          }
        }
        case BYTES -> {
          try {
            write(first.bytes, now);
          } catch (IOException e) {
            return Outcome.WRITE_FAILED;
          }
          if (!first.bytes.hasRemaining()) {
            line.removeFirst();
          }
        }
      }
    }
    return Outcome.GOES_ON;
  }

  private void write(ByteBuffer bytes, long now) throws IOException {
    int portion =
        (int) Math.min(bytes.remaining(), Math.max(1, rules.bytesPerSecond / PORTIONS_A_SECOND));
    int limit = bytes.limit();
    bytes.limit(bytes.position() + portion);
    int written = to.write(bytes);
    bytes.limit(limit);
    isFull = written < portion;
    if (written > 0) {
      lastWrite = now;
      lastWritten = written;
      hold(-written);
      rules.passed(written);
    }
  }

  /** In how many nanoseconds something is due; 0 or less if now; {@link #NEVER}. */
  long dueIn(long now) {
    if (line.isEmpty() || rules.isShut || isFull || isDone) {
      return NEVER;
    }
    Arrival first = line.getFirst();
    long delay = rules.delayNanos - (now - first.nanos);
    return first.kind == Kind.BYTES ? Math.max(delay, throttledFor(now)) : delay;
  }

  private long throttledFor(long now) {
    if (rules.bytesPerSecond == Long.MAX_VALUE || lastWritten == 0) {
      return 0;
    }
    double pause = (double) lastWritten * SECOND_NANOS / rules.bytesPerSecond;
    return (long) pause - (now - lastWrite);
  }
}
