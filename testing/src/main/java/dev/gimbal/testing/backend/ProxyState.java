package dev.gimbal.testing.backend;

import dev.gimbal.testing.backend.TcpProxy.Direction;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What a proxy does to connections, and what it has counted. The thread of its loop writes it; any
 * thread reads what is volatile.
 */
final class ProxyState {

  /** Times of a clock can be compared as long as they are not more than 292 years apart. */
  static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

  /** Of one direction. */
  static final class Rules {
    boolean isShut;
    long delayNanos;
    long bytesPerSecond = Long.MAX_VALUE;

    volatile long passed;
    volatile long held;

    void heal() {
      isShut = false;
      delayNanos = 0;
      bytesPerSecond = Long.MAX_VALUE;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void passed(int bytes) {
      passed += bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void held(int more) {
      held += more;
    }
  }

  final LongSupplier nanoTime;
  volatile InetSocketAddress target;
  volatile long connections;
  volatile int open;

  private final Map<Direction, Rules> rules = new EnumMap<>(Direction.class);

  ProxyState(InetSocketAddress target, LongSupplier nanoTime) {
    this.target = target;
    this.nanoTime = nanoTime;
    for (Direction each : Direction.values()) {
      rules.put(each, new Rules());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void connected() {
    connections++;
  }

  Rules rules(Direction direction) {
    return Objects.requireNonNull(rules.get(direction));
  }
}
